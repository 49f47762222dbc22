import { closed, oneOf, text, type Check } from '#domain/check/check.ts';
import { base64, uuid } from '#domain/check/common.ts';
import { listAge } from '#domain/policy/list-age.ts';
import { checkHotlistVersion, type HotlistVersion } from '#domain/records/hotlist.ts';
import type { Instant } from '#domain/time/instant.ts';
import { signedPayload } from '../../replication/signed.ts';
import { fromBase64, toBase64 } from '../base64.ts';
import { LISTS_ENDING, LISTS_FOLDER } from '../locations.ts';
import { openOwnKey, wrapForOfficer, type OfficerWrap, type OwnKey } from '../officer-key.ts';
import { onceFree, openedAlone } from './once-free.ts';

const IV_BYTES = 12;
const LENGTH_BYTES = 4;
const MOST_HEAD_BYTES = 65_536;

/** What lies beside the sealed lines: the server's signed word on them, and their key, wrapped for the officer on duty. */
interface ListHead {
  readonly kind: 'sealedList';
  readonly schema: 1;
  readonly signed: string;
  readonly iv: string;
  readonly own: OwnKey;
}

const checkListHead: Check<ListHead> = closed<ListHead>({
  kind: oneOf('sealedList'),
  schema: oneOf(1),
  signed: text({ min: 20, max: 20_000 }),
  iv: base64(16),
  own: closed<OwnKey>({
    boxId: uuid,
    memberId: uuid,
    encapsulated: base64(400),
    wrappedKey: base64(400)
  })
});

/** A list as it is on the tablet. */
export interface StoredList {
  readonly version: HotlistVersion;
  /** whose key opens it */
  readonly memberId: string;
}

/**
 * Hotlists on the disk: criminal justice information, so that their lines lie sealed with a key that only the officer on duty opens (CJIS SC-28;
 * LAW 2.3). One file a version; it goes with its follower, and at the latest when the list is too old to be matched (LAW A22).
 */
export class SealedLists {
  private constructor(
    private readonly root: FileSystemDirectoryHandle,
    private readonly signingKey: () => Promise<Readonly<Record<string, string>> | null>
  ) {}

  static at(
    root: FileSystemDirectoryHandle,
    signingKey: () => Promise<Readonly<Record<string, string>> | null>
  ): SealedLists {
    return new SealedLists(root, signingKey);
  }

  /** Seals and keeps a version; older ones of its source go. Nothing is kept where there is no officer to seal it for. */
  async keep(
    signed: string,
    version: HotlistVersion,
    lines: Uint8Array<ArrayBuffer>,
    wrap: OfficerWrap | null
  ): Promise<void> {
    if (wrap === null) return;
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']);
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const additionalData = new TextEncoder().encode(version._id);
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, lines);
    const raw = await crypto.subtle.exportKey('raw', key);
    const own = await wrapForOfficer(wrap, version._id, raw);
    new Uint8Array(raw).fill(0);
    const head: ListHead = { kind: 'sealedList', schema: 1, signed, iv: toBase64(iv), own };
    const folder = await this.root.getDirectoryHandle(LISTS_FOLDER, { create: true });
    const file = await folder.getFileHandle(version._id + LISTS_ENDING, { create: true });
    const handle = await openedAlone(file);
    try {
      const first = headBytes(head);
      handle.truncate(0);
      handle.write(first, { at: 0 });
      handle.write(new Uint8Array(sealed), { at: first.length });
      handle.flush();
    } finally {
      handle.close();
    }
    for (const other of await this.stored())
      if (other.version.source.sourceId === version.source.sourceId && other.version._id !== version._id)
        await this.erase(other.version._id);
  }

  /** The versions that are here and that the enrolled server signed; their lines stay sealed. */
  async stored(): Promise<StoredList[]> {
    const found: StoredList[] = [];
    for (const versionId of await this.#versionIds()) {
      const head = (await this.#read(versionId, 'head'))?.head;
      const version = head === undefined ? null : await this.#versionIn(head);
      if (head !== undefined && version !== null) found.push({ version, memberId: head.own.memberId });
    }
    return found;
  }

  /** The lines of a version by the officer's key; null: it is not here, is somebody else's, or was changed. */
  async open(
    versionId: string,
    officer: { readonly memberId: string; readonly key: CryptoKey } | null
  ): Promise<Uint8Array<ArrayBuffer> | null> {
    const file = officer === null ? null : await this.#read(versionId, 'whole');
    if (officer === null || file === null || file.head.own.memberId !== officer.memberId) return null;
    const key = await openOwnKey(file.head.own, officer.key);
    if (key === null) return null;
    const additionalData = new TextEncoder().encode(versionId);
    try {
      const lines = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: fromBase64(file.head.iv), additionalData },
        key,
        file.sealed
      );
      return new Uint8Array(lines);
    } catch {
      return null;
    }
  }

  /** Erases lists that are too old to be matched, and whatever is damaged. Answers how many went. */
  async sweep(now: Instant): Promise<number> {
    const good = new Set(
      (await this.stored())
        .filter(({ version }) => listAge(version.asOf, now) !== 'off')
        .map(({ version }) => version._id)
    );
    let erased = 0;
    for (const versionId of await this.#versionIds()) {
      if (good.has(versionId)) continue;
      await this.erase(versionId);
      erased++;
    }
    return erased;
  }

  async erase(versionId: string): Promise<void> {
    const folder = await this.#folder();
    if (folder !== null) await onceFree(() => folder.removeEntry(versionId + LISTS_ENDING)).catch(() => undefined);
  }

  async #versionIn(head: ListHead): Promise<HotlistVersion | null> {
    const key = await this.signingKey();
    return key === null ? null : signedPayload(head.signed, key, checkHotlistVersion);
  }

  /** A file, or its beginning alone: a list is many megabytes, and who asks which ones are here needs none of its lines. */
  async #read(
    versionId: string,
    much: 'head' | 'whole'
  ): Promise<{ readonly head: ListHead; readonly sealed: Uint8Array<ArrayBuffer> } | null> {
    const folder = await this.#folder();
    const handle = await folder?.getFileHandle(versionId + LISTS_ENDING).catch(() => null);
    if (handle == null) return null;
    const file = await handle.getFile();
    const bytes = new Uint8Array(await (much === 'head' ? file.slice(0, MOST_HEAD_BYTES) : file).arrayBuffer());
    if (bytes.length < LENGTH_BYTES) return null;
    const end = LENGTH_BYTES + new DataView(bytes.buffer).getUint32(0);
    try {
      const head: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, end)));
      return checkListHead(head) === null ? { head: head as ListHead, sealed: bytes.subarray(end) } : null;
    } catch {
      return null;
    }
  }

  async #versionIds(): Promise<string[]> {
    const ids: string[] = [];
    const folder = await this.#folder();
    if (folder === null) return ids;
    for await (const name of folder.keys()) ids.push(name.slice(0, -LISTS_ENDING.length));
    return ids;
  }

  async #folder(): Promise<FileSystemDirectoryHandle | null> {
    return this.root.getDirectoryHandle(LISTS_FOLDER).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotFoundError') return null;
      throw error;
    });
  }
}

/** The length of the head, and the head; what follows is sealed. */
function headBytes(head: ListHead): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(head));
  const bytes = new Uint8Array(LENGTH_BYTES + text.length);
  new DataView(bytes.buffer).setUint32(0, text.length);
  bytes.set(text, LENGTH_BYTES);
  return bytes;
}
