/** What may end in the middle of anything: after its last step nothing of it is ever heard again. */
export class Mortal {
  /** resolves when it has ended */
  readonly ended: Promise<void>;
  #stepsLeft = Infinity;
  #isOver = false;
  #tellEnd: () => void = () => undefined;

  constructor() {
    this.ended = new Promise((resolve) => {
      this.#tellEnd = resolve;
    });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Ends at the step after the next `steps`. */
  dieAfter(steps: number): void {
    this.#stepsLeft = steps;
  }

  end(): void {
    this.#isOver = true;
    this.#tellEnd();
  }

  /** One step, done whole; at the end only `inPart`, and then the answer never comes. */
  async step<T>(work: () => T | Promise<T>, inPart?: () => unknown): Promise<T> {
    const wasOver = this.#isOver;
    if (this.#isAtItsEnd()) {
      if (!wasOver) inPart?.();
      return new Promise<never>(() => undefined);
    }
    return work();
  }

  /** The same for a step that is done before it returns. Throws Ended. */
  stepNow<T>(work: () => T): T {
    if (this.#isAtItsEnd()) throw new Ended();
    return work();
  }

  #isAtItsEnd(): boolean {
    if (!this.#isOver && this.#stepsLeft-- <= 0) this.end();
    return this.#isOver;
  }
}

/** Thrown into what is over, where no promise can be left open. */
export class Ended extends Error {
  override readonly name = 'Ended';
}
