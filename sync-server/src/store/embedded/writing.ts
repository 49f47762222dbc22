import { asKnownPerson, isStranger, STRANGER } from '../person.ts';
import { malformed } from '../malformed.ts';
import { refused, type Refusal } from '../refusal.ts';
import type { StoredDocument, UserContext, WriteOutcome } from '../store.ts';
import { keepAttachments, prepareAttachments, type PreparedAttachments } from './attachments.ts';
import type { OpenDatabase } from './open-database.ts';
import { bodyOf, findLeaf, knows, nextHash, pathOf, REVISIONS_KEPT, revOf, textOf, type Leaf } from './leaf.ts';
import { count } from './schema.ts';
import type { Sqlite } from './sqlite.ts';
import { validateAll } from './validate.ts';
import { indexChanges } from './index-rows.ts';

interface Prepared {
  readonly index: number;
  readonly leaf: Leaf;
  readonly shown: string;
  readonly before: Leaf | undefined;
  /** whether a living document is replaced */
  readonly there: boolean;
  readonly attachments: PreparedAttachments;
}

// Design functions are called for this many documents at a time: one time limit costs 90 microseconds to set, a call less than one.
const CHUNK = 250;

/** Writes documents in one transaction; each gets its own outcome. */
export function writeAll(
  database: OpenDatabase,
  documents: readonly StoredDocument[],
  by: UserContext,
  edits: 'new' | 'replicated'
): WriteOutcome[] {
  if (isStranger(by)) return documents.map((document) => refused(document._id, STRANGER));
  return database.db.transaction(() => {
    const outcomes: WriteOutcome[] = [];
    for (let from = 0; from < documents.length;) {
      const to = endOfChunk(documents, from);
      outcomes.push(...writeChunk(database, documents.slice(from, to), by, edits));
      from = to;
    }
    return outcomes;
  });
}

// A chunk never holds an id twice: the second write must see the first.
function endOfChunk(documents: readonly StoredDocument[], from: number): number {
  const seen = new Set<string>();
  let to = from;
  while (to < documents.length && to - from < CHUNK && !seen.has(documents[to]?._id ?? '')) {
    seen.add(documents[to]?._id ?? '');
    to += 1;
  }
  return to;
}

function writeChunk(
  database: OpenDatabase,
  documents: readonly StoredDocument[],
  by: UserContext,
  edits: 'new' | 'replicated'
): WriteOutcome[] {
  const outcomes: WriteOutcome[] = [];
  const prepared: Prepared[] = [];
  documents.forEach((document, index) => {
    const bad = malformed(document, edits);
    const next = bad ?? (edits === 'new' ? prepareNew(database, document) : prepareReplicated(database, document));
    if ('kind' in next) outcomes[index] = next;
    else if ('code' in next) outcomes[index] = refused(document._id, next);
    else prepared.push({ ...next, index });
  });
  const candidates = prepared.map((p) => ({
    newText: p.shown,
    oldText: p.before === undefined ? null : textOf(p.before, false)
  }));
  const verdicts = validateAll(
    database.functions,
    database.designs.validators,
    candidates,
    database.name,
    asKnownPerson(by)
  );
  const kept = prepared.filter((p, i) => {
    const refusal = verdicts[i] ?? null;
    outcomes[p.index] =
      refusal === null ? { kind: 'written', id: p.leaf.id, rev: revOf(p.leaf) } : refused(p.leaf.id, refusal);
    return refusal === null;
  });
  keepAll(database, kept);
  indexChanges(database, kept);
  return outcomes;
}

type Next = WriteOutcome | Refusal | Omit<Prepared, 'index'>;

function prepareNew(database: OpenDatabase, document: StoredDocument): Next {
  const found = findLeaf(database.db, document._id);
  const conflict: WriteOutcome = { kind: 'conflict', id: document._id };
  if (
    document._rev === undefined
      ? found !== undefined && !found.deleted
      : found === undefined || revOf(found) !== document._rev
  )
    return conflict;
  // A document made again after its deletion is new to the validators, as in CouchDB.
  const before = document._rev === undefined ? undefined : found;
  const generation = (found?.generation ?? 0) + 1;
  const attachments = prepareAttachments(document, before, generation);
  if ('code' in attachments) return attachments;
  const body = bodyOf(document);
  const deleted = document._deleted === true;
  const hash = nextHash(found?.revisions[0], deleted, body, attachments.stubs);
  const revisions = [hash, ...(found?.revisions ?? [])].slice(0, REVISIONS_KEPT);
  const leaf: Leaf = { id: document._id, generation, revisions, deleted, body, stubs: attachments.stubs };
  // Validators see the revision the writer had in hand, not the one the write will get.
  const shown = textOf({ ...leaf, generation: before?.generation ?? 0, revisions: before?.revisions ?? [] }, true);
  return { leaf, shown, before, there: found?.deleted === false, attachments };
}

// Documents here are never changed by two, so a branch beside the leaf is no honest replication: it is a conflict and is not kept.
function prepareReplicated(database: OpenDatabase, document: StoredDocument): Next {
  const found = findLeaf(database.db, document._id);
  const rev = document._rev ?? '';
  if (found !== undefined && knows(found, rev)) return { kind: 'written', id: document._id, rev };
  const path = pathOf(document);
  if (found !== undefined && path.ids[path.start - found.generation] !== found.revisions[0])
    return { kind: 'conflict', id: document._id };
  const attachments = prepareAttachments(document, found, path.start);
  if ('code' in attachments) return attachments;
  const leaf: Leaf = {
    id: document._id,
    generation: path.start,
    revisions: path.ids.slice(0, REVISIONS_KEPT),
    deleted: document._deleted === true,
    body: bodyOf(document),
    stubs: attachments.stubs
  };
  return { leaf, shown: textOf(leaf, true), before: found, there: found?.deleted === false, attachments };
}

function keepAll(database: OpenDatabase, kept: readonly Prepared[]): void {
  if (kept.length === 0) return;
  const { db } = database;
  const last = count(db, 'sequence', kept.length);
  kept.forEach((prepared, i) => {
    keep(db, prepared, last - kept.length + 1 + i);
  });
  const living = kept.reduce((sum, { leaf, there }) => sum + (leaf.deleted ? 0 : 1) - (there ? 1 : 0), 0);
  if (living !== 0) count(db, 'living', living);
}

function keep(db: Sqlite, { leaf, before, attachments }: Prepared, sequence: number): void {
  db.run(
    `INSERT INTO documents (id, generation, revisions, deleted, body, stubs, sequence) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET generation = excluded.generation, revisions = excluded.revisions,
       deleted = excluded.deleted, body = excluded.body, stubs = excluded.stubs, sequence = excluded.sequence`,
    leaf.id,
    leaf.generation,
    JSON.stringify(leaf.revisions),
    leaf.deleted ? 1 : 0,
    leaf.body,
    Object.keys(leaf.stubs).length > 0 ? JSON.stringify(leaf.stubs) : null,
    sequence
  );
  keepAttachments(db, leaf.id, before, attachments);
}
