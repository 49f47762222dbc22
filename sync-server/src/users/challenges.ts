import { MINUTE_MS, msOf } from '#domain/time/instant.ts';
import type { Given } from '../given.ts';
import { toBase64Url } from '../keys/bytes.ts';

const LIFE_MS = 5 * MINUTE_MS;
const REMEMBERED = 10_000;

/** What a challenge was made for; it counts for nothing else. */
export type ChallengeFor = 'signIn' | `prove ${string}` | `add ${string}`;

/** Challenges that passkeys sign: 256 bits, five minutes, each for one use and one purpose (CJIS IA-2(8)). In memory: a restart asks anew. */
export class Challenges {
  readonly #open = new Map<string, { readonly purpose: ChallengeFor; readonly endsAtMs: number }>();

  constructor(private readonly given: Given) {}

  make(purpose: ChallengeFor): Uint8Array<ArrayBuffer> {
    const challenge = new Uint8Array(this.given.randomBytes(32));
    this.#open.set(toBase64Url(challenge), { purpose, endsAtMs: msOf(this.given.now()) + LIFE_MS });
    const oldest = this.#open.keys().next().value;
    if (this.#open.size > REMEMBERED && oldest !== undefined) this.#open.delete(oldest);
    return challenge;
  }

  /** Uses a challenge up. False: unknown, too old, used, or made for something else. */
  take(challenge: string, purpose: ChallengeFor): boolean {
    const known = this.#open.get(challenge);
    this.#open.delete(challenge);
    return known?.purpose === purpose && msOf(this.given.now()) < known.endsAtMs;
  }
}
