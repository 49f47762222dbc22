import type { Answer } from '#domain/records/hit.ts';

/** How long an answer can be taken back without a trace; the scanner writes it down a second later. */
export const UNDO_MS = 5_000;

/** The answer just given, for as long as it can be taken back. */
export class UndoOffer {
  #offered = $state.raw<{ readonly hitId: string; readonly answer: Answer; readonly untilMs: number } | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  get offered(): { readonly hitId: string; readonly answer: Answer; readonly untilMs: number } | null {
    return this.#offered;
  }

  offer(hitId: string, answer: Answer, nowMs: number): void {
    clearTimeout(this.#timer);
    this.#offered = { hitId, answer, untilMs: nowMs + UNDO_MS };
    this.#timer = setTimeout(() => this.withdraw(), UNDO_MS);
  }

  withdraw(): void {
    clearTimeout(this.#timer);
    this.#offered = null;
  }
}
