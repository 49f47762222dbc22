import { canonicalBytes } from '#domain/ledger/canonical.ts';
import { isHeadDue } from '#domain/ledger/head-due.ts';
import { consistencyRanges, leafHash } from '#domain/ledger/merkle.ts';
import { headId, type AuditHead, type SignedAuditHead } from '#domain/records/audit-head.ts';
import { NO_ENTRY_BEFORE, type AuditEntry } from '#domain/records/audit.ts';
import type { Designs } from '#designs/kinds.ts';
import type { Store } from '#server/store/store.ts';
import type { Given } from '../given.ts';
import { sha256, sha256Hex } from '../keys/bytes.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { GATEWAY, LEDGER } from '../register/databases.ts';
import { recordIn, saveNew } from '../register/written.ts';
import { entriesFrom, lastSeq } from './entries.ts';
import { Tree } from './tree.ts';

/** The trail is not what was signed: an entry is missing, doubled or changed. Work goes on, and somebody must look. */
export class TrailBroken extends Error {
  override readonly name = 'TrailBroken';
}

export interface LedgerParts {
  readonly store: Store;
  readonly designs: Designs;
  readonly given: Given;
  readonly signing: SigningKey;
  readonly failed: (error: unknown) => void;
}

// Stands in the tree for an entry that is not there any more, so that those after it keep their places.
const MISSING = leafHash(sha256, new Uint8Array());

/** Signed heads over the tree of the audit trail, and the proofs that each continues the one before (426.5(e)). */
export class Ledger {
  #last: Uint8Array | undefined;
  #head: SignedAuditHead | undefined;

  private constructor(
    private readonly parts: LedgerParts,
    private readonly tree: Tree
  ) {}

  /** Opens the tree, appends the entries that came after its last tile, and compares with what was signed. */
  static async open(parts: LedgerParts): Promise<Ledger> {
    const { store, designs } = parts;
    await store.create(LEDGER, designs.ledger);
    // Months of earlier versions get the rules and views of this one.
    for (const month of await store.list('audit-')) await store.create(month, designs.audit);
    const ledger = new Ledger(parts, await Tree.open(store));
    ledger.#head = (await ledger.#heads({ descending: true, limit: 1 }))[0];
    const { size } = ledger.tree;
    if (size > 0) ledger.#last = await ledger.tree.range({ from: size - 1, to: size });
    await ledger.catchUp();
    await ledger.#compare();
    return ledger;
  }

  get size(): number {
    return this.tree.size;
  }

  /** The last head that was signed. */
  get head(): SignedAuditHead | undefined {
    return this.#head;
  }

  /** What the next entry says of its place. */
  get next(): Pick<AuditEntry, 'seq' | 'previous'> {
    return { seq: this.size + 1, previous: this.#last === undefined ? NO_ENTRY_BEFORE : hexOf(this.#last) };
  }

  /** Takes an entry that has just been written, in its place. */
  append(entry: AuditEntry): void {
    this.#push(leafHash(sha256, canonicalBytes(entry)));
  }

  /** Takes the entries that are in the store and not in the tree: after a start, or a write whose answer was lost. */
  async catchUp(): Promise<void> {
    const { store } = this.parts;
    const last = Math.max(await lastSeq(store), this.#head?.head.size ?? 0);
    for await (const entry of entriesFrom(store, this.size + 1, last)) {
      if (entry.seq <= this.size) this.#broken(`Entry ${String(entry.seq)} is there twice.`);
      while (entry.seq > this.size + 1) this.#missing();
      if (entry.seq === this.size + 1) this.append(entry);
    }
    while (last > this.size) this.#missing();
  }

  /** Writes complete tiles, and signs a head when one is due or asked for. */
  async sign(asked: 'whenDue' | 'now' = 'whenDue'): Promise<SignedAuditHead | undefined> {
    const { store, given, signing } = this.parts;
    await this.tree.save();
    const now = given.now();
    const isNew = this.size > (this.#head?.head.size ?? 0);
    if (!isNew || (asked === 'whenDue' && !isHeadDue(this.#head?.head, this.size, now))) return this.#head;
    const size = this.size;
    const head: AuditHead = {
      kind: 'auditHead',
      schema: 1,
      index: (this.#head?.head.index ?? 0) + 1,
      size,
      root: hexOf(await this.tree.root(size)),
      at: now,
      previous: this.#head === undefined ? null : sha256Hex(this.#head.jws)
    };
    const signed: SignedAuditHead = {
      _id: headId(head.index),
      kind: 'signedAuditHead',
      schema: 1,
      head,
      jws: await signing.sign(head)
    };
    const outcome = await saveNew(store, LEDGER, signed, GATEWAY);
    // Another call was faster: its head stands, and there is never a second one of its number.
    if (outcome === 'taken') [this.#head] = await this.#heads({ descending: true, limit: 1 });
    else this.#head = signed;
    return this.#head;
  }

  /** The proof that the tree of `to` entries continues that of `from`, in hexadecimal. */
  async consistency(from: number, to: number): Promise<string[]> {
    const proof: string[] = [];
    for (const range of consistencyRanges(from, to)) proof.push(hexOf(await this.tree.range(range)));
    return proof;
  }

  /** Every signed head, the first one first. */
  async *heads(): AsyncGenerator<SignedAuditHead> {
    for (let from = 1; ;) {
      const page = await this.#heads({ startId: headId(from), endId: 'head;', limit: 500 });
      yield* page;
      const last = page.at(-1);
      if (last === undefined) return;
      from = last.head.index + 1;
    }
  }

  async #heads(range: { startId?: string; endId?: string; descending?: boolean; limit: number }) {
    const bounds = range.descending === true ? { startId: 'head;', endId: 'head:' } : {};
    const documents = await this.parts.store.all(LEDGER, { ...bounds, ...range });
    return documents.map((document) => recordIn<SignedAuditHead>(document));
  }

  async #compare(): Promise<void> {
    const head = this.#head?.head;
    if (head !== undefined && hexOf(await this.tree.root(head.size)) !== head.root)
      this.#broken(`The trail is not what head ${String(head.index)} was signed over.`);
  }

  #missing(): void {
    this.#broken(`Entry ${String(this.size + 1)} is not there.`);
    this.#push(MISSING);
  }

  #push(leaf: Uint8Array): void {
    this.tree.append(leaf);
    this.#last = leaf;
  }

  #broken(what: string): void {
    this.parts.failed(new TrailBroken(what));
  }
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
