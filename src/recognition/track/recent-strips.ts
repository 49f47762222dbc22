import type { GrayImage } from '../luma.ts';

/** How long a settled plate's strip is kept, in memory, in case a hotlist match wants the second reader's word. */
const KEPT_MS = 30_000;

export interface KeptStrip {
  readonly plate: string;
  readonly strip: GrayImage | undefined;
  readonly atMs: number;
}

/** The strips of the last half minute's reads. */
export class RecentStrips {
  readonly #strips = new Map<number, KeptStrip>();

  keep(passId: number, strip: KeptStrip): void {
    this.#strips.set(passId, strip);
  }

  of(passId: number): KeptStrip | undefined {
    return this.#strips.get(passId);
  }

  forgetOld(nowMs: number): void {
    for (const [passId, { atMs }] of this.#strips) if (nowMs - atMs > KEPT_MS) this.#strips.delete(passId);
  }

  forgetAll(): void {
    this.#strips.clear();
  }
}
