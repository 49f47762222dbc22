import { instantOf, type Instant } from '#domain/time/instant.ts';
import { frameOf, framesIn, type Frames } from '../frames.ts';
import { onceFree, openedAlone } from './once-free.ts';
import { isOutOfSpace, OutOfSpace } from './out-of-space.ts';
import { JOURNAL_ENDING, JOURNAL_FOLDER } from '../locations.ts';

/**
 * The journals: one file a box in the browser's private file system, append-only, flushed before a record counts as saved
 * (FIELD-NOTES 3: without flush a power cut loses every acknowledged record). The box that is written to keeps its file
 * open; sync access handles are exclusive, so no other tab can write.
 */
export class Journal {
  readonly #open = new Map<string, { readonly handle: FileSystemSyncAccessHandle; length: number }>();

  private constructor(private readonly folder: FileSystemDirectoryHandle) {}

  static async at(root: FileSystemDirectoryHandle): Promise<Journal> {
    return new Journal(await root.getDirectoryHandle(JOURNAL_FOLDER, { create: true }));
  }

  async boxIds(): Promise<string[]> {
    const ids: string[] = [];
    for await (const name of this.folder.keys())
      if (name.endsWith(JOURNAL_ENDING)) ids.push(name.slice(0, -JOURNAL_ENDING.length));
    return ids;
  }

  /** Opens the file of a box for writing. */
  async begin(boxId: string): Promise<void> {
    const file = await this.folder.getFileHandle(boxId + JOURNAL_ENDING, { create: true });
    const handle = await openedAlone(file);
    this.#open.set(boxId, { handle, length: handle.getSize() });
  }

  /** Appends and flushes. Throws OutOfSpace, and then the file is as it was before. */
  append(boxId: string, payload: Uint8Array): void {
    const file = this.#open.get(boxId);
    if (file === undefined) throw new JournalClosed();
    const frame = frameOf(payload);
    try {
      // A full disk shows as an error or as fewer bytes written than given.
      if (file.handle.write(frame, { at: file.length }) !== frame.length) throw new OutOfSpace();
      file.handle.flush();
      file.length += frame.length;
    } catch (error) {
      file.handle.truncate(file.length);
      file.handle.flush();
      throw isOutOfSpace(error) ? new OutOfSpace() : error;
    }
  }

  /** Ends writing to a box. */
  end(boxId: string): void {
    this.#open.get(boxId)?.handle.close();
    this.#open.delete(boxId);
  }

  /** What the journal of a box holds and when it was last written; null where there is none. */
  async read(boxId: string): Promise<(Frames & { readonly lastWrittenAt: Instant; readonly bytes: number }) | null> {
    const writing = this.#open.get(boxId);
    if (writing !== undefined) {
      const bytes = new Uint8Array(writing.length);
      writing.handle.read(bytes, { at: 0 });
      return { ...framesIn(bytes), lastWrittenAt: instantOf(Date.now()), bytes: bytes.length };
    }
    try {
      const file = await (await this.folder.getFileHandle(boxId + JOURNAL_ENDING)).getFile();
      const bytes = new Uint8Array(await file.arrayBuffer());
      return { ...framesIn(bytes), lastWrittenAt: instantOf(file.lastModified), bytes: bytes.length };
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  }

  /** Removes the file of a box; nothing happens where there is none. */
  async destroy(boxId: string): Promise<void> {
    this.end(boxId);
    await onceFree(() => this.folder.removeEntry(boxId + JOURNAL_ENDING)).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  }
}

/** A fault of ours: a record for a box that is not being written. */
export class JournalClosed extends Error {
  override readonly name = 'JournalClosed';
}

const isNotFound = (error: unknown): boolean => error instanceof DOMException && error.name === 'NotFoundError';
