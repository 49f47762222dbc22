import type { Instant } from '#domain/time/instant.ts';

/** Time, chance and identity: handed down from main.ts, so that a test can say what day it is. */
export interface Given {
  now(): Instant;
  newId(): string;
  randomBytes(count: number): Uint8Array;
}
