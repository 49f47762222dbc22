import { MINUTE_MS, msOf, type Instant } from '#domain/time/instant.ts';

const WRONG_ALLOWED = 5;
const WINDOW_MS = 15 * MINUTE_MS;
const LOCKED_MS = 15 * MINUTE_MS;
const REMEMBERED = 20_000;

interface Tries {
  wrongAt: number[];
  lockedUntil: number;
}

/**
 * Counts wrong passwords for a name from an address: after five in 15 minutes that pair waits 15 minutes (CJIS AC-7). Other
 * people, and the same person elsewhere, are unharmed; a name that does not exist behaves the same.
 */
export class Throttle {
  readonly #tries = new Map<string, Tries>();

  /** Seconds to wait before the next try; 0: go ahead. */
  secondsToWait(name: string, address: string, now: Instant): number {
    const tries = this.#tries.get(keyOf(name, address));
    return tries === undefined ? 0 : Math.max(0, Math.ceil((tries.lockedUntil - msOf(now)) / 1000));
  }

  wrong(name: string, address: string, now: Instant): void {
    const key = keyOf(name, address);
    const tries = this.#tries.get(key) ?? { wrongAt: [], lockedUntil: 0 };
    tries.wrongAt = [...tries.wrongAt.filter((at) => at > msOf(now) - WINDOW_MS), msOf(now)];
    if (tries.wrongAt.length >= WRONG_ALLOWED) {
      tries.lockedUntil = msOf(now) + LOCKED_MS;
      tries.wrongAt = [];
    }
    // Re-inserted, so that the oldest pair is the first to be forgotten when somebody tries endless names.
    this.#tries.delete(key);
    this.#tries.set(key, tries);
    const oldest = this.#tries.keys().next().value;
    if (this.#tries.size > REMEMBERED && oldest !== undefined) this.#tries.delete(oldest);
  }

  right(name: string, address: string): void {
    this.#tries.delete(keyOf(name, address));
  }
}

const keyOf = (name: string, address: string): string => `${name.toLowerCase()}\0${address}`;
