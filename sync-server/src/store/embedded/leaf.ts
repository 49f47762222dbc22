import { createHash } from 'node:crypto';
import type { RevisionPath } from '../malformed.ts';
import type { Attachment, StoredDocument } from '../store.ts';
import type { Sqlite } from './sqlite.ts';

/** The one revision of a document that is kept, with the names of those it replaced (newest first, itself included). */
export interface Leaf {
  readonly id: string;
  readonly generation: number;
  readonly revisions: readonly string[];
  readonly deleted: boolean;
  /** JSON of the fields that are not the engine's */
  readonly body: string;
  readonly stubs: Readonly<Record<string, Attachment>>;
}

// CouchDB remembers a thousand names too (`_revs_limit`).
export const REVISIONS_KEPT = 1000;

type LeafRow = [string, number, string, number, string, string | null];
export const LEAF_COLUMNS = 'id, generation, revisions, deleted, body, stubs';

export function leafOf(row: LeafRow): Leaf {
  return {
    id: row[0],
    generation: row[1],
    revisions: JSON.parse(row[2]) as string[],
    deleted: row[3] === 1,
    body: row[4],
    stubs: row[5] === null ? {} : (JSON.parse(row[5]) as Record<string, Attachment>)
  };
}

export function findLeaf(db: Sqlite, id: string): Leaf | undefined {
  const row = db.get<LeafRow>(`SELECT ${LEAF_COLUMNS} FROM documents WHERE id = ?`, id);
  return row === undefined ? undefined : leafOf(row);
}

export function revOf(leaf: Leaf): string {
  return `${leaf.generation}-${leaf.revisions[0]}`;
}

/** True when the leaf is this revision or came after it. */
export function knows(leaf: Leaf, rev: string): boolean {
  const [generation, hash] = split(rev);
  return leaf.revisions[leaf.generation - generation] === hash;
}

/** The path a replicated document brings; without `_revisions` its own revision alone. */
export function pathOf(document: StoredDocument): RevisionPath {
  const given = document['_revisions'] as RevisionPath | undefined;
  if (given !== undefined) return given;
  const [start, id] = split(document._rev ?? '');
  return { start, ids: [id] };
}

function split(rev: string): [number, string] {
  const dash = rev.indexOf('-');
  return [Number(rev.slice(0, dash)), rev.slice(dash + 1)];
}

/** The document as callers see it. */
export function documentOf(leaf: Leaf): StoredDocument {
  return {
    _id: leaf.id,
    _rev: revOf(leaf),
    ...(leaf.deleted ? { _deleted: true as const } : {}),
    ...(JSON.parse(leaf.body) as Record<string, unknown>),
    ...(Object.keys(leaf.stubs).length > 0 ? { _attachments: leaf.stubs } : {})
  };
}

/** The document as design functions see it, as JSON; `revisions` as CouchDB adds them for validators. */
export function textOf(leaf: Leaf, withRevisions: boolean): string {
  const revisions = withRevisions ? { _revisions: { start: leaf.generation, ids: leaf.revisions } } : {};
  const special = JSON.stringify({
    _id: leaf.id,
    ...(leaf.generation > 0 ? { _rev: revOf(leaf) } : {}),
    ...(leaf.deleted ? { _deleted: true } : {}),
    ...revisions,
    ...(Object.keys(leaf.stubs).length > 0 ? { _attachments: leaf.stubs } : {})
  });
  return leaf.body === '{}' ? special : `${special.slice(0, -1)},${leaf.body.slice(1)}`;
}

/** The fields that are the document's own, as JSON. */
export function bodyOf(document: StoredDocument): string {
  return JSON.stringify(Object.fromEntries(Object.entries(document).filter(([name]) => !name.startsWith('_'))));
}

/** A revision's name: like CouchDB's it follows from the content, so the same write gives the same revision everywhere. */
export function nextHash(before: string | undefined, deleted: boolean, body: string, stubs: Leaf['stubs']): string {
  const digests = Object.entries(stubs).map(([name, stub]) => [name, (stub as { digest?: string }).digest]);
  return createHash('md5')
    .update(JSON.stringify([deleted, before ?? null, digests]))
    .update(body)
    .digest('hex');
}
