import type { Outcome } from '#lib/access/api.ts';
import { COMMON } from '../words/common.ts';

/** Something a desk screen shows from the server: asked for when the screen opens, and again when it changed. */
export class Question<T> {
  #value = $state.raw<T | null>(null);
  #problem = $state.raw<string | null>(null);
  readonly #ask: () => Promise<Outcome<T>>;

  constructor(ask: () => Promise<Outcome<T>>) {
    this.#ask = ask;
  }

  /** The last good answer; null before there is one. */
  get value(): T | null {
    return this.#value;
  }
  /** Why there is no newer answer, as a sentence. */
  get problem(): string | null {
    return this.#problem;
  }

  async ask(): Promise<void> {
    const outcome = await this.#ask();
    if (outcome.kind === 'ok') {
      this.#value = outcome.value;
      this.#problem = null;
    } else this.#problem = outcome.kind === 'refused' ? outcome.refusal.sentence : COMMON.unreachable;
  }
}
