import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import {
  checkChainHead,
  NO_ENTRIES,
  wordsOf,
  type ChainHead,
  type TabletAction,
  type TabletEntry
} from '#domain/ledger/tablet-chain.ts';
import type { Instant } from '#domain/time/instant.ts';
import {
  checkSealedEntry,
  ENTRIES_A_REQUEST,
  ENTRY_INFO,
  entryContext,
  type SealedEntry,
  type SignedEntry
} from '#domain/wire/tablet-entries.ts';
import { fromBase64, toBase64 } from '../base64.ts';
import { frameOf, framesIn } from '../frames.ts';
import { AUDIT_FILE, AUDIT_FOLDER } from '../locations.ts';
import { openedAlone } from './once-free.ts';
import { isOutOfSpace, OutOfSpace } from './out-of-space.ts';
import type { KeptEnrollment } from './kept-enrollment.ts';
import type { Toolbox } from './toolbox.ts';

/** What is said of an act; number, time and chain are added here. */
export type TabletAct = Pick<TabletEntry, 'action' | 'memberId'> & Partial<Pick<TabletEntry, 'object' | 'count'>>;

interface ChainParts {
  readonly toolbox: Toolbox;
  readonly now: () => Instant;
}

/** A frame of the file: an entry that waits, or the head alone once all before it are at headquarters. */
interface Frame {
  readonly head: ChainHead;
  readonly sealed: SealedEntry | null;
}

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const bytes = (written: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(written);

/**
 * The audit trail of this tablet: a hash chain, signed with the tablet's key, sealed for the audit key. An entry is flushed to
 * its file before the act it speaks of takes effect; it goes when headquarters has it. Decision 12.
 */
export class AuditChain {
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly handle: FileSystemSyncAccessHandle,
    private readonly parts: ChainParts,
    private waiting: SealedEntry[],
    private head: ChainHead,
    private length: number
  ) {}

  /** Opens the file; of the two places that remember the head, the one further on counts. */
  static async at(root: FileSystemDirectoryHandle, parts: ChainParts): Promise<AuditChain> {
    const folder = await root.getDirectoryHandle(AUDIT_FOLDER, { create: true });
    const handle = await openedAlone(await folder.getFileHandle(AUDIT_FILE, { create: true }));
    const content = new Uint8Array(handle.getSize());
    handle.read(content, { at: 0 });
    const frames = framesIn(content).payloads.flatMap((payload) => frameIn(payload) ?? []);
    const heads = [...frames.map(({ head }) => head), (await parts.toolbox.auditHead()) ?? NO_ENTRIES];
    const head = heads.reduce((a, b) => (b.seq > a.seq ? b : a), NO_ENTRIES);
    const waiting = frames.flatMap(({ sealed }) => (sealed === null ? [] : [sealed]));
    return new AuditChain(handle, parts, waiting, head, content.length);
  }

  /** Writes an entry down, flushes it and gives its number; null: this tablet has no key to sign with. Throws OutOfSpace; what it speaks of must not be shown or done then. */
  note(act: TabletAct): Promise<number | null> {
    return this.#inTurn(async () => {
      const enrollment = await this.parts.toolbox.enrollment();
      if (enrollment?.auditKey === undefined || enrollment.deviceKey === undefined) return null;
      const entry: TabletEntry = {
        kind: 'tabletEntry',
        schema: 1,
        deviceId: enrollment.deviceId,
        seq: this.head.seq + 1,
        previous: this.head.hash,
        at: this.parts.now(),
        memberId: act.memberId,
        action: act.action,
        object: act.object ?? null,
        count: act.count ?? null
      };
      const words = bytes(wordsOf(entry));
      const head = { seq: entry.seq, hash: hexOf(await crypto.subtle.digest('SHA-256', words)) };
      const sealed = await seal(entry, words, enrollment.auditKey, enrollment.deviceKey);
      this.#append({ head, sealed });
      this.head = head;
      this.waiting.push(sealed);
      await this.parts.toolbox.keep('auditHead', head);
      return entry.seq;
    });
  }

  /** The oldest entries that headquarters does not have yet, as many as travel at once. */
  pending(): readonly SealedEntry[] {
    return this.waiting.slice(0, ENTRIES_A_REQUEST);
  }

  /** The number of the oldest entry that headquarters does not have, or of the next one. */
  get firstWaiting(): number {
    return this.waiting[0]?.seq ?? this.head.seq + 1;
  }

  /** Headquarters has everything up to a number: once nothing waits, the file holds the head alone. */
  taken(upTo: number): Promise<void> {
    return this.#inTurn(() => {
      this.waiting = this.waiting.filter(({ seq }) => seq > upTo);
      if (this.waiting.length > 0) return Promise.resolve();
      this.handle.truncate(0);
      this.length = 0;
      this.#append({ head: this.head, sealed: null });
      return Promise.resolve();
    });
  }

  /** A new enrollment has another key and another name: it begins a chain of its own. */
  beginAnew(): Promise<void> {
    return this.#inTurn(async () => {
      this.handle.truncate(0);
      this.handle.flush();
      this.length = 0;
      this.waiting = [];
      this.head = NO_ENTRIES;
      await this.parts.toolbox.keep('auditHead', NO_ENTRIES);
    });
  }

  #append(frame: Frame): void {
    const framed = frameOf(bytes(JSON.stringify(frame)));
    try {
      if (this.handle.write(framed, { at: this.length }) !== framed.length) throw new OutOfSpace();
      this.handle.flush();
      this.length += framed.length;
    } catch (error) {
      this.handle.truncate(this.length);
      this.handle.flush();
      throw isOutOfSpace(error) ? new OutOfSpace() : error;
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** Whether an act shows or begins something, and so must not happen without its entry. */
export const mustBeNoted = (action: TabletAction): boolean => action === 'look' || action === 'captureStart';

async function seal(
  entry: TabletEntry,
  words: Uint8Array<ArrayBuffer>,
  auditKey: NonNullable<KeptEnrollment['auditKey']>,
  deviceKey: CryptoKey
): Promise<SealedEntry> {
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, deviceKey, words);
  const signed: SignedEntry = { entry, signature: toBase64(new Uint8Array(signature)) };
  const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64(auditKey.publicKey).buffer);
  const aad = bytes(entryContext(entry.deviceId, entry.seq)).buffer;
  const content = bytes(JSON.stringify(signed)).buffer;
  const sealed = await suite.seal({ recipientPublicKey, info: bytes(ENTRY_INFO).buffer }, content, aad);
  return {
    seq: entry.seq,
    encapsulated: toBase64(new Uint8Array(sealed.enc)),
    body: toBase64(new Uint8Array(sealed.ct))
  };
}

function frameIn(payload: Uint8Array): Frame | null {
  const value = JSON.parse(new TextDecoder().decode(payload)) as Partial<Frame> | null;
  if (checkChainHead(value?.head) !== null) return null;
  return value?.sealed === null || checkSealedEntry(value?.sealed) === null ? (value as Frame) : null;
}

const hexOf = (buffer: ArrayBuffer): string =>
  [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
