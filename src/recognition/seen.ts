import type { Candidate } from '#domain/voting/observation.ts';
import type { Detection } from './detect/detect.ts';

/** A detection that was read: where a plate is in this frame and what it may say. */
export interface PlateLook extends Detection {
  readonly candidates: readonly Candidate[];
}

/** Everything seen in one picture, and how long it took. */
export interface Seen {
  readonly plateLooks: readonly PlateLook[];
  readonly detectMs: number;
  readonly readMs: number;
}
