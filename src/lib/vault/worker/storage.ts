import { ROOM_FILE } from '../locations.ts';
import { STORAGE_STOPS_AT, STORAGE_WARNS_AT, type StorageUse } from '../protocol.ts';

/** Asking takes some milliseconds, a read comes every second at most: asked afresh no more often than this. */
const FRESH_FOR_MS = 5_000;
const MEGABYTE = 1_048_576;

/**
 * How full the browser's storage is, with the browser's true answer about persistence. Chromium 156 answers a quota of 10 GiB
 * beyond the use, whatever the true one is (measured), so nearness to the end is found by asking for room: a byte is written into an
 * empty file as far off as what is left at 80 and at 95 %, which the browser refuses where its true quota or the disk does not allow it.
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
    const stated = quota === 0 ? 0 : usage / quota;
    const share = Math.max(stated, await this.#shareByRoom(usage));
    const quotaBytes = share > stated ? Math.round(usage / share) : quota;
    const use = { usedBytes: usage, quotaBytes, persisted, share };
    this.#last = { use, atMs: nowMs };
    return use;
  }

  /** The next question asks the browser again: something large was destroyed, or the disk was full. */
  forget(): void {
    this.#last = null;
  }

  /**
   * Whether the disk really takes a megabyte: what the browser grants by its own count may be a minute old. For the moment after
   * a write failed; it costs a write.
   */
  async takesMore(): Promise<boolean> {
    this.forget();
    return writes(new Uint8Array(MEGABYTE), 0);
  }

  /** The used part as the room that is left tells it; 0 where there is more room than warrants a word. */
  async #shareByRoom(usage: number): Promise<number> {
    if (usage === 0 || (await hasRoom(leftAt(usage, STORAGE_WARNS_AT)))) return 0;
    let [from, to] = (await hasRoom(leftAt(usage, STORAGE_STOPS_AT)))
      ? [STORAGE_WARNS_AT, STORAGE_STOPS_AT]
      : [STORAGE_STOPS_AT, 1];
    for (let step = 0; step < 4; step++) {
      const middle = (from + to) / 2;
      if (await hasRoom(leftAt(usage, middle))) to = middle;
      else from = middle;
    }
    return from;
  }
}

/** Bytes that are left when `usage` is that share of the whole. */
const leftAt = (usage: number, share: number): number => Math.ceil(usage / share - usage);

/**
 * Whether the browser would take so many bytes more. The file is opened anew each time, because what an open one was once granted
 * it keeps.
 */
function hasRoom(bytes: number): Promise<boolean> {
  // One byte at the far end: making the file longer by truncate() is never refused (measured).
  return writes(new Uint8Array(1), bytes - 1);
}

let lastWrite: Promise<unknown> = Promise.resolve();

/** Writes into the empty file and empties it again; one after the other, because one at a time may hold it. */
function writes(bytes: Uint8Array<ArrayBuffer>, at: number): Promise<boolean> {
  const turn = lastWrite.then(() => writesNow(bytes, at));
  lastWrite = turn.catch(() => undefined);
  return turn;
}

/** A refused write throws, here or there, or says that it wrote fewer bytes. */
async function writesNow(bytes: Uint8Array<ArrayBuffer>, at: number): Promise<boolean> {
  let handle: FileSystemSyncAccessHandle | undefined;
  try {
    const root = await navigator.storage.getDirectory();
    const file = await root.getFileHandle(ROOM_FILE, { create: true });
    handle = await file.createSyncAccessHandle();
    const isWhole = handle.write(bytes, { at }) === bytes.length;
    if (bytes.length > 1) handle.flush();
    return isWhole;
  } catch (error) {
    // Somebody else is asking: that is no answer, and the journal's append decides.
    return error instanceof DOMException && error.name === 'NoModificationAllowedError';
  } finally {
    handle?.truncate(0);
    handle?.close();
  }
}
