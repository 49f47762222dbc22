import type { OpenDatabase } from './open-database.ts';
import type { PublishedView } from './published.ts';
import { encodeKey } from './collation.ts';
import { DesignFault } from '../design-fault.ts';
import { runner } from './functions.ts';
import { LEAF_COLUMNS, leafOf, textOf, type Leaf } from './leaf.ts';

// All map functions of a database in one call: setting a time limit costs more than mapping a hundred documents. One that throws gives
// no rows for that document, as in CouchDB.
const MAP = runner(`
  return JSON.stringify(input.map(function (document) {
    Object.freeze(document);
    return f.map(function (map) {
      rows = [];
      try { map(document); } catch (e) { return []; }
      return rows;
    });
  }));
`);

const CHUNK = 200;

/** A document as it is now, and as it was when it was indexed last. */
export interface Change {
  readonly leaf: Leaf;
  readonly before: Leaf | undefined;
}

/**
 * Replaces the rows of these documents in every view of the database. The old rows are found by mapping the old document again, so a
 * map function must give the same rows for the same document, as CouchDB asks of it too; that spares an index as large as the rows.
 */
export function indexChanges(database: OpenDatabase, changes: readonly Change[]): void {
  const { db, designs } = database;
  const replaced = changes.flatMap(({ before }) => (before === undefined ? [] : [before]));
  for (const [view, key, document] of rowsFor(database, designs.views, replaced))
    db.run('DELETE FROM rows WHERE view = ? AND key = ? AND document = ?', view, key, document);
  addRows(
    database,
    designs.views,
    changes.map(({ leaf }) => leaf)
  );
}

/** Fills views that were just published from the documents that are here already. */
export function fillViews(database: OpenDatabase, views: readonly PublishedView[]): void {
  let after = '';
  for (;;) {
    const rows = database.db.all<Parameters<typeof leafOf>[0]>(
      `SELECT ${LEAF_COLUMNS} FROM documents WHERE id > ? ORDER BY id LIMIT ${CHUNK}`,
      after
    );
    const leaves = rows.map(leafOf);
    addRows(database, views, leaves);
    const last = leaves.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

type Row = [view: number, key: Buffer, document: string, part: number, value: string];

function rowsFor(database: OpenDatabase, views: readonly PublishedView[], leaves: readonly Leaf[]): Row[] {
  const living = leaves.filter((leaf) => !leaf.deleted);
  if (living.length === 0 || views.length === 0) return [];
  const maps = '[' + views.map((view) => `(${view.map}\n)`).join() + ']';
  const input = '[' + living.map((leaf) => textOf(leaf, false)).join() + ']';
  const emitted = database.functions.run(maps, MAP, input) as [unknown, unknown][][][];
  if (emitted.length !== living.length) throw new DesignFault('A map function lost documents.');
  return living.flatMap(({ id }, i) =>
    views.flatMap(({ number }, j) =>
      (emitted[i]?.[j] ?? []).map(([key, value], part): Row => [
        number,
        encodeKey(key),
        id,
        part,
        JSON.stringify(value)
      ])
    )
  );
}

// One statement for all rows, in the order of the index: a call into the engine costs more than a row.
function addRows(database: OpenDatabase, views: readonly PublishedView[], leaves: readonly Leaf[]): void {
  const rows = rowsFor(database, views, leaves).sort((a, b) => a[0] - b[0] || Buffer.compare(a[1], b[1]));
  if (rows.length === 0) return;
  database.db.run(
    `INSERT INTO rows (view, key, document, part, value)
     SELECT value ->> 0, unhex(value ->> 1), value ->> 2, value ->> 3, value ->> 4 FROM json_each(?)`,
    JSON.stringify(rows.map(([view, key, document, part, value]) => [view, key.toString('hex'), document, part, value]))
  );
}
