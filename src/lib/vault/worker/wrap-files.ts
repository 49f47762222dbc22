import { uuid } from '#domain/check/common.ts';
import { frameOf, framesIn } from '../frames.ts';
import { OFFICERS_ENDING, OFFICERS_FOLDER } from '../locations.ts';
import { officerWrapIn, type OfficerWrap } from '../officer-key.ts';
import { onceFree, openedAlone } from './once-free.ts';

/**
 * The officers' wrapped keys, one small file each in the browser's private files: a row that IndexedDB deletes stays on the
 * disk for long (FIELD-NOTES 3), while a file can be written over, flushed and removed.
 */
export class WrapFiles {
  constructor(private readonly root: FileSystemDirectoryHandle) {}

  /** The wrap of an officer; null: there is none, or it is damaged and counts as none. */
  async read(memberId: string): Promise<OfficerWrap | null> {
    const folder = await this.#folder(false);
    const handle = await folder?.getFileHandle(nameOf(memberId)).catch(() => null);
    if (handle == null) return null;
    const [payload] = framesIn(new Uint8Array(await (await handle.getFile()).arrayBuffer())).payloads;
    if (payload === undefined) return null;
    return officerWrapIn(JSON.parse(new TextDecoder().decode(payload)));
  }

  async write(wrap: OfficerWrap): Promise<void> {
    const folder = await this.#folder(true);
    const file = await folder?.getFileHandle(nameOf(wrap.memberId), { create: true });
    if (file === undefined) return;
    const handle = await openedAlone(file);
    try {
      handle.truncate(0);
      handle.write(frameOf(new TextEncoder().encode(JSON.stringify(wrap))), { at: 0 });
      handle.flush();
    } finally {
      handle.close();
    }
  }

  /** Writes over the file, flushes, removes it. Nothing happens where there is none. */
  async erase(memberId: string): Promise<void> {
    const folder = await this.#folder(false);
    const file = await folder?.getFileHandle(nameOf(memberId)).catch(() => null);
    if (folder === null || file == null) return;
    const handle = await openedAlone(file);
    handle.write(crypto.getRandomValues(new Uint8Array(handle.getSize())), { at: 0 });
    handle.flush();
    handle.close();
    await onceFree(() => folder.removeEntry(nameOf(memberId)));
  }

  /** Members who have a file here. */
  async memberIds(): Promise<string[]> {
    const folder = await this.#folder(false);
    const found: string[] = [];
    if (folder === null) return found;
    for await (const name of folder.keys()) {
      const memberId = name.slice(0, -OFFICERS_ENDING.length);
      if (uuid(memberId) === null) found.push(memberId);
    }
    return found;
  }

  async #folder(create: boolean): Promise<FileSystemDirectoryHandle | null> {
    return this.root.getDirectoryHandle(OFFICERS_FOLDER, { create }).catch((error: unknown) => {
      if (!create && error instanceof DOMException && error.name === 'NotFoundError') return null;
      throw error;
    });
  }
}

const nameOf = (memberId: string): string => memberId + OFFICERS_ENDING;
