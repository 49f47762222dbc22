/** The question whether it is still the member who is there, put before a privileged act (CJIS IA-11). One prompt answers all who wait. */
export class ProofPrompt {
  #waiting = $state.raw<readonly ((proved: boolean) => void)[]>([]);

  get isAsked(): boolean {
    return this.#waiting.length > 0;
  }

  /** Asks; true: proved, the act may be repeated. */
  ask(): Promise<boolean> {
    return new Promise((resolve) => {
      this.#waiting = [...this.#waiting, resolve];
    });
  }

  answer(proved: boolean): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(proved);
  }
}
