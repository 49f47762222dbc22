import type { OpenDatabase } from './open-database.ts';
import type { PublishedView } from './published.ts';
import { encodeKey } from './collation.ts';
import { DesignFault } from '../design-fault.ts';
import { runner } from './functions.ts';
import { LEAF_COLUMNS, leafOf, textOf, type Leaf } from './leaf.ts';

// A map function that throws gives no rows for that document, as in CouchDB.
const MAP = runner(`
  return JSON.stringify(input.map(function (document) {
    rows = [];
    try { f(document); } catch (e) { return []; }
    return rows;
  }));
`);

const CHUNK = 200;

/** Replaces the rows of these documents in every view of the database. */
export function indexLeaves(database: OpenDatabase, leaves: readonly Leaf[]): void {
  if (database.designs.views.length === 0) return;
  for (const leaf of leaves) {
    if (leaf.generation > 1) database.db.run('DELETE FROM rows WHERE document = ?', leaf.id);
  }
  for (const view of database.designs.views) addRows(database, view, leaves);
}

/** Fills a view that was just published from the documents that are here already. */
export function fillView(database: OpenDatabase, view: PublishedView): void {
  let after = '';
  for (;;) {
    const rows = database.db.all<Parameters<typeof leafOf>[0]>(
      `SELECT ${LEAF_COLUMNS} FROM documents WHERE id > ? ORDER BY id LIMIT ${CHUNK}`,
      after
    );
    const leaves = rows.map(leafOf);
    addRows(database, view, leaves);
    const last = leaves.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

function addRows(database: OpenDatabase, view: PublishedView, leaves: readonly Leaf[]): void {
  const living = leaves.filter((leaf) => !leaf.deleted);
  if (living.length === 0) return;
  const input = '[' + living.map((leaf) => textOf(leaf, false)).join() + ']';
  const emitted = database.functions.run(view.map, MAP, input) as [unknown, unknown][][];
  if (emitted.length !== living.length) throw new DesignFault('A map function lost documents.');
  living.forEach((leaf, i) => {
    emitted[i]?.forEach(([key, value], part) => {
      database.db.run(
        'INSERT INTO rows (view, key, document, part, key_json, value_json) VALUES (?, ?, ?, ?, ?, ?)',
        view.number,
        encodeKey(key),
        leaf.id,
        part,
        JSON.stringify(key),
        JSON.stringify(value)
      );
    });
  });
}
