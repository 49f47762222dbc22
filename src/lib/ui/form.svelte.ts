import { tick } from 'svelte';
import type { Check, Problem } from '#domain/check/check.ts';
import type { Outcome } from '#lib/access/api.ts';
import { COMMON } from './words/common.ts';

/**
 * One form on its way to the server: checked with the rule that stands at the server's door too, sent once, and what went
 * wrong said beside the field or above the button.
 */
export class Form {
  #problem = $state.raw<Problem | null>(null);
  #refusal = $state.raw<string | null>(null);
  #busy = $state.raw(false);
  #done = $state.raw(false);

  get busy(): boolean {
    return this.#busy;
  }
  /** True after the last submission was accepted, until the next one. */
  get done(): boolean {
    return this.#done;
  }
  /** What the server said against it, or that it could not be reached. */
  get refusal(): string | null {
    return this.#refusal;
  }

  /** The error of a field: a sentence of its own, or one that begins with its label; null: fine. */
  errorOf(field: string, label: string): string | null {
    const found = this.#problem;
    if (found === null || (found.path !== field && !found.path.startsWith(`${field}.`))) return null;
    return found.message.endsWith('.') ? found.message : `${label} ${found.message}.`;
  }

  /** Refuses a field for a reason that only the page knows. */
  refuse(field: string, message: string): void {
    this.clear();
    this.#problem = { path: field, message };
    focusOn(field);
  }

  clear(): void {
    this.#problem = null;
    this.#refusal = null;
    this.#done = false;
  }

  /**
   * Sends a proper value and answers with what came back; undefined when it was not proper, refused or not delivered.
   * `fieldOf` says which field a refusal of the server is about, by its code; any other is said above the button.
   */
  async submit<T, R>(
    value: T,
    check: Check<T>,
    send: (value: T) => Promise<Outcome<R>>,
    fieldOf: Readonly<Record<string, string>> = {}
  ): Promise<R | undefined> {
    if (this.#busy) return undefined;
    this.clear();
    const problem = check(value);
    if (problem !== null) {
      this.#problem = problem;
      focusOn(problem.path);
      return undefined;
    }
    this.#busy = true;
    const outcome = await send(value);
    this.#busy = false;
    if (outcome.kind === 'ok') {
      this.#done = true;
      return outcome.value;
    }
    if (outcome.kind === 'unreachable') this.#refusal = COMMON.unreachable;
    else {
      const { code, sentence } = outcome.refusal;
      const field = fieldOf[code];
      if (field === undefined) this.#refusal = sentence;
      else this.refuse(field, sentence);
    }
    return undefined;
  }
}

/** The keyboard goes where the mistake is, once that is shown. Fields are named by their path in the request. */
function focusOn(path: string): void {
  void tick().then(() => document.querySelector<HTMLElement>(`[name="${CSS.escape(path)}"]`)?.focus());
}
