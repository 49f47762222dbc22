/** A request over a healthy link carries this much; more would only make the others at headquarters wait longer. */
const MOST_BYTES = 1_000_000;
/** What 40 kbit/s carry within one request's patience. */
const LEAST_BYTES = 250_000;
const MOST_RECORDS = 200;

/**
 * How much one request carries. Half of it after one that did not arrive, a quarter more after one that did: a slow rural link gets through
 * in small steps, a good one in few. A step that is too large for the link would never arrive, however often it is tried.
 */
export class Pace {
  #bytes = MOST_BYTES;

  /** Bytes that the next request should carry at most. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How many records of a box the next request should carry: one at least. */
  recordsOf({ records, bytes }: { readonly records: number; readonly bytes: number }): number {
    const meanBytes = Math.max(1, bytes / Math.max(1, records));
    return Math.min(MOST_RECORDS, Math.max(1, Math.round(this.#bytes / meanBytes)));
  }

  arrived(): void {
    this.#bytes = Math.min(MOST_BYTES, this.#bytes * 1.25);
  }

  failed(): void {
    this.#bytes = Math.max(LEAST_BYTES, this.#bytes / 2);
  }
}
