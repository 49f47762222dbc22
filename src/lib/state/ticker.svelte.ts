import { createSubscriber } from 'svelte/reactivity';

/** The time of day for screens: whoever reads `now` is shown anew each second, and nobody pays when no screen reads it. */
export class Ticker {
  readonly #subscribe: () => void;

  constructor(everyMs = 1000) {
    this.#subscribe = createSubscriber((update) => {
      const timer = setInterval(update, everyMs);
      return () => clearInterval(timer);
    });
  }

  /** Milliseconds since 1970. */
  get now(): number {
    this.#subscribe();
    return Date.now();
  }
}
