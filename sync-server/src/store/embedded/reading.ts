import type { DatabaseInfo, StoredDocument } from '../store.ts';
import { documentOf, findLeaf, knows, LEAF_COLUMNS, leafOf } from './leaf.ts';
import type { OpenDatabase } from './open-database.ts';

export function readInfo({ db, name }: OpenDatabase): DatabaseInfo {
  const value = (counter: string): number =>
    db.get<[number]>('SELECT value FROM counters WHERE name = ?', counter)?.[0] ?? 0;
  return { name, documents: value('living'), updateSequence: String(value('sequence')) };
}

export function readDocument({ db }: OpenDatabase, id: string): StoredDocument | undefined {
  const leaf = findLeaf(db, id);
  return leaf === undefined || leaf.deleted ? undefined : documentOf(leaf);
}

export interface IdRange {
  readonly startId?: string;
  readonly endId?: string;
  readonly limit?: number;
  readonly descending?: boolean;
}

/** Documents by id; with `descending` the range starts at its high end, as in CouchDB. */
export function readAll({ db }: OpenDatabase, range: IdRange): StoredDocument[] {
  const [from, to, order] = range.descending === true ? ['<=', '>=', 'DESC'] : ['>=', '<=', 'ASC'];
  const bounds: string[] = [];
  const values: string[] = [];
  if (range.startId !== undefined) {
    bounds.push(`AND id ${from} ?`);
    values.push(range.startId);
  }
  if (range.endId !== undefined) {
    bounds.push(`AND id ${to} ?`);
    values.push(range.endId);
  }
  return db
    .all<Parameters<typeof leafOf>[0]>(
      `SELECT ${LEAF_COLUMNS} FROM documents WHERE deleted = 0 ${bounds.join(' ')} ORDER BY id ${order} LIMIT ?`,
      ...values,
      range.limit ?? -1
    )
    .map((row) => documentOf(leafOf(row)));
}

/** Which of these revisions are not here. Throws nothing for ids never seen: all of theirs are missing. */
export function missingRevisions(
  { db }: OpenDatabase,
  revisions: Readonly<Record<string, readonly string[]>>
): Record<string, { readonly missing: readonly string[] }> {
  const answer: Record<string, { missing: readonly string[] }> = {};
  for (const [id, revs] of Object.entries(revisions)) {
    const leaf = findLeaf(db, id);
    const missing = leaf === undefined ? revs : revs.filter((rev) => !knows(leaf, rev));
    if (missing.length > 0) answer[id] = { missing };
  }
  return answer;
}
