import type { StorageUse } from '../protocol.ts';

/** estimate() takes some milliseconds, a read comes every second at most: asked afresh no more often than this. */
const FRESH_FOR_MS = 5_000;

/**
 * How full the browser's storage is, with the browser's true answer about persistence. Chromium 156 answers a quota of 10 GiB
 * beyond the use, whatever the true one is (measured): there the share never rises, and a full storage shows only when a
 * write fails. So this is for warning early where the browser tells; the journal's append is what decides.
 */
export class Storage {
  #last: { readonly use: StorageUse; readonly atMs: number } | null = null;

  constructor(private readonly monotonicMs: () => number) {}

  async use(): Promise<StorageUse> {
    const nowMs = this.monotonicMs();
    if (this.#last !== null && nowMs - this.#last.atMs < FRESH_FOR_MS) return this.#last.use;
    const [{ usage = 0, quota = 0 }, persisted] = await Promise.all([
      navigator.storage.estimate(),
      navigator.storage.persisted()
    ]);
    const use = { usedBytes: usage, quotaBytes: quota, persisted, share: quota === 0 ? 0 : usage / quota };
    this.#last = { use, atMs: nowMs };
    return use;
  }

  /** The next question asks the browser again: something large was destroyed, or the disk was full. */
  forget(): void {
    this.#last = null;
  }
}
