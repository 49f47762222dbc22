import type { StoredDocument, WriteOutcome } from '../store.ts';
import { bodyOf } from './leaf.ts';
import type { Sqlite } from './sqlite.ts';

/** `_local/x` for `x` and for `_local/x`. */
export function localId(id: string): string {
  return id.startsWith('_local/') ? id : `_local/${id}`;
}

export function readLocal(db: Sqlite, id: string): StoredDocument | undefined {
  const row = db.get<[number, string]>('SELECT revision, body FROM locals WHERE id = ?', localId(id));
  if (row === undefined) return undefined;
  return { _id: localId(id), _rev: `0-${row[0]}`, ...(JSON.parse(row[1]) as Record<string, unknown>) };
}

/** Writes a local document. As in CouchDB the last writer wins: a checkpoint is a hint that is checked against the documents. */
export function writeLocal(db: Sqlite, document: StoredDocument): WriteOutcome {
  const id = localId(document._id);
  if (document._deleted === true) {
    db.run('DELETE FROM locals WHERE id = ?', id);
    return { kind: 'written', id, rev: '0-0' };
  }
  const revision = Number(/^0-(\d+)$/.exec(document._rev ?? '')?.[1] ?? 0) + 1;
  db.run('INSERT OR REPLACE INTO locals (id, revision, body) VALUES (?, ?, ?)', id, revision, bodyOf(document));
  return { kind: 'written', id, rev: `0-${revision}` };
}
