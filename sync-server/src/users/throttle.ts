import { MINUTE_MS, msOf, type Instant } from '#domain/time/instant.ts';

const WINDOW_MS = 15 * MINUTE_MS;
const LOCKED_MS = 15 * MINUTE_MS;
const REMEMBERED = 20_000;

/** Wrong passwords that are borne in 15 minutes before a wait of 15 minutes. */
const BORNE = {
  /** one name from one address: CJIS AC-7 */
  pair: 5,
  /** one name from addresses it never signed in from */
  name: 20,
  /** one address with names that never signed in from it: a whole office may share an address */
  address: 50,
  /** all strangers together, so that guessing from everywhere cannot keep the hashing busy */
  strangers: 300
};

/**
 * Counts wrong passwords (CJIS AC-7): after five in 15 minutes a name waits 15 minutes at that address. Guesses at one name from many
 * addresses, at many names from one, and at anything from anywhere are counted too, but only where name and address have not met
 * before: who has signed in here bears their own mistakes alone, whatever strangers do. A name that does not exist behaves the same.
 */
export class Throttle {
  readonly #pairs = new Tries(BORNE.pair);
  readonly #names = new Tries(BORNE.name);
  readonly #addresses = new Tries(BORNE.address);
  readonly #strangers = new Tries(BORNE.strangers);
  readonly #acquainted = new Set<string>();

  /** Seconds to wait before the next try; 0: go ahead. */
  secondsToWait(name: string, address: string, now: Instant): number {
    const until = Math.max(...this.#countersOf(name, address).map(([tries, key]) => tries.lockedUntil(key)));
    return Math.max(0, Math.ceil((until - msOf(now)) / 1000));
  }

  wrong(name: string, address: string, now: Instant): void {
    for (const [tries, key] of this.#countersOf(name, address)) tries.wrong(key, msOf(now));
  }

  right(name: string, address: string): void {
    const pair = pairOf(name, address);
    this.#pairs.forgive(pair);
    this.#acquainted.add(pair);
  }

  #countersOf(name: string, address: string): (readonly [Tries, string])[] {
    const pair = pairOf(name, address);
    if (this.#acquainted.has(pair)) return [[this.#pairs, pair]];
    return [
      [this.#pairs, pair],
      [this.#names, name.toLowerCase()],
      [this.#addresses, address],
      [this.#strangers, '']
    ];
  }
}

const pairOf = (name: string, address: string): string => `${name.toLowerCase()}\0${address}`;

/** Wrong tries by key, within the window. */
class Tries {
  readonly #byKey = new Map<string, { wrongAt: number[]; lockedUntil: number }>();

  constructor(private readonly borne: number) {}

  lockedUntil(key: string): number {
    return this.#byKey.get(key)?.lockedUntil ?? 0;
  }

  wrong(key: string, now: number): void {
    const tries = this.#byKey.get(key) ?? { wrongAt: [], lockedUntil: 0 };
    tries.wrongAt = [...tries.wrongAt.filter((at) => at > now - WINDOW_MS), now];
    if (tries.wrongAt.length >= this.borne) {
      tries.lockedUntil = now + LOCKED_MS;
      tries.wrongAt = [];
    }
    // Re-inserted, so that the oldest is the first to be forgotten when somebody tries endless names.
    this.#byKey.delete(key);
    this.#byKey.set(key, tries);
    const oldest = this.#byKey.keys().next().value;
    if (this.#byKey.size > REMEMBERED && oldest !== undefined) this.#byKey.delete(oldest);
  }

  forgive(key: string): void {
    this.#byKey.delete(key);
  }
}
