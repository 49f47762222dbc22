const RETRY_MS = 5_000;

/**
 * Boxes that have something new, one after the other: two pushes of one box never race, and the public log is numbered in
 * order. A box whose turn fails comes again; what is in it is safe in its inbox meanwhile.
 */
export class IngestQueue {
  readonly #waiting = new Set<string>();
  readonly #later = new Map<string, NodeJS.Timeout>();
  #working: Promise<void> | undefined;
  #closed = false;

  constructor(
    private readonly run: (boxId: string) => Promise<boolean>,
    private readonly failed: (error: unknown) => void
  ) {}

  /** Asks for a box's turn; asked twice before its turn, it has one. */
  add(boxId: string): void {
    if (this.#closed) return;
    this.#waiting.add(boxId);
    this.#working ??= this.#work();
  }

  /** Resolves when nothing waits for its turn now. */
  async idle(): Promise<void> {
    while (this.#working !== undefined) await this.#working;
  }

  /** Finishes the turn under way and takes no more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting.clear();
    for (const timer of this.#later.values()) clearTimeout(timer);
    await this.#working;
  }

  async #work(): Promise<void> {
    // A breath first, so that a push is answered before its ingest begins.
    await new Promise((resolve) => setImmediate(resolve));
    for (const boxId of this.#waiting) {
      this.#waiting.delete(boxId);
      try {
        if (await this.run(boxId)) this.#again(boxId);
      } catch (error) {
        this.failed(error);
        this.#again(boxId);
      }
    }
    this.#working = undefined;
  }

  #again(boxId: string): void {
    if (this.#closed || this.#later.has(boxId)) return;
    const timer = setTimeout(() => {
      this.#later.delete(boxId);
      this.add(boxId);
    }, RETRY_MS);
    timer.unref();
    this.#later.set(boxId, timer);
  }
}
