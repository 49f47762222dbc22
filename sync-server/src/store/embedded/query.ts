import { NoSuchView, type StoredDocument, type ViewQuery, type ViewRow } from '../store.ts';
import { decodeKey, encodeKey } from './collation.ts';
import type { PublishedView } from './published.ts';
import { DesignFault } from '../design-fault.ts';
import { documentOf, findLeaf } from './leaf.ts';
import type { OpenDatabase } from './open-database.ts';

type IndexRow = [document: string, key: Uint8Array, value: string];

interface Range {
  readonly from: Buffer;
  readonly to: Buffer;
  readonly toInclusive: boolean;
}

// Below every key, and above every key: no tag of the collation is 0xff.
const LOWEST = Buffer.from([0x00]);
const HIGHEST = Buffer.from([0xff]);
// The key of a reduced row that stands for everything.
const ALL = encodeKey(null);

/** Answers a view query from the index. Throws NoSuchView. */
export function queryView(database: OpenDatabase, design: string, name: string, query: ViewQuery): ViewRow[] {
  const view = database.designs.views.find((v) => v.design === design && v.name === name);
  if (view === undefined) throw new NoSuchView(`${design}/${name}`);
  const rows = query.reduce === true ? reduced(database, view, query) : mapped(database, view, query);
  const skip = query.skip ?? 0;
  return rows.slice(skip, query.limit === undefined ? undefined : skip + query.limit);
}

function mapped(database: OpenDatabase, view: PublishedView, query: ViewQuery): ViewRow[] {
  const enough = query.limit === undefined ? -1 : (query.skip ?? 0) + query.limit;
  return ranges(query).flatMap((range) =>
    rowsIn(database, view, range, query.descending === true, enough).map(([id, key, value]): ViewRow => {
      const row = { id, key: decodeKey(key), value: JSON.parse(value) as unknown };
      const doc = query.includeDocs === true ? documentHere(database, id) : undefined;
      return doc === undefined ? row : { ...row, doc };
    })
  );
}

function reduced(database: OpenDatabase, view: PublishedView, query: ViewQuery): ViewRow[] {
  if (view.reduce === undefined) throw new DesignFault('The view has no reduce.');
  if (view.reduce === '_count' && query.group !== true && query.keys === undefined)
    return counted(database, view, query);
  const groups: { key: unknown; bytes: Buffer; value: number }[] = [];
  for (const range of ranges(query)) {
    let group: (typeof groups)[number] | undefined;
    for (const [, key, value] of rowsIn(database, view, range, query.descending === true, -1)) {
      // Without groups everything adds to one row; with keys each key is a group of its own.
      const bytes = query.group === true || query.keys !== undefined ? Buffer.from(key) : ALL;
      if (group?.bytes.equals(bytes) !== true) groups.push((group = { key: decodeKey(bytes), bytes, value: 0 }));
      group.value += view.reduce === '_count' ? 1 : numberIn(value);
    }
  }
  return groups.map(({ key, value }) => ({ id: null, key, value }));
}

// Counting in SQLite costs a fraction of reading the rows: headquarters counts sixty boxes in one search.
function counted(database: OpenDatabase, view: PublishedView, query: ViewQuery): ViewRow[] {
  const value = ranges(query).reduce(
    (sum, range) => sum + countIn(database, view, range, query.descending === true),
    0
  );
  return value === 0 ? [] : [{ id: null, key: null, value }];
}

function numberIn(value: string): number {
  const parsed = JSON.parse(value) as unknown;
  if (typeof parsed !== 'number') throw new DesignFault('_sum needs numbers.');
  return parsed;
}

// As in CouchDB a range is given in the direction of reading: with `descending` it starts at the high end.
function ranges(query: ViewQuery): Range[] {
  if (query.keys !== undefined) return query.keys.map(exactly);
  if ('key' in query && query.key !== undefined) return [exactly(query.key)];
  const start = query.startKey === undefined ? undefined : encodeKey(query.startKey);
  const end = query.endKey === undefined ? undefined : encodeKey(query.endKey);
  const descending = query.descending === true;
  return [
    {
      from: start ?? (descending ? HIGHEST : LOWEST),
      to: end ?? (descending ? LOWEST : HIGHEST),
      toInclusive: query.inclusiveEnd !== false
    }
  ];
}

function exactly(key: unknown): Range {
  const at = encodeKey(key);
  return { from: at, to: at, toInclusive: true };
}

function countIn(database: OpenDatabase, view: PublishedView, range: Range, descending: boolean): number {
  const [from, to] = comparisons(range, descending);
  const row = database.db.get<[number]>(
    `SELECT count(*) FROM rows WHERE view = ? AND key ${from} ? AND key ${to} ?`,
    view.number,
    range.from,
    range.to
  );
  return row?.[0] ?? 0;
}

function comparisons(range: Range, descending: boolean): [from: string, to: string] {
  return descending ? ['<=', range.toInclusive ? '>=' : '>'] : ['>=', range.toInclusive ? '<=' : '<'];
}

function rowsIn(
  database: OpenDatabase,
  view: PublishedView,
  range: Range,
  descending: boolean,
  limit: number
): IndexRow[] {
  const [from, to] = comparisons(range, descending);
  const order = descending ? 'DESC' : 'ASC';
  return database.db.all<IndexRow>(
    `SELECT document, key, value FROM rows WHERE view = ? AND key ${from} ? AND key ${to} ?
     ORDER BY key ${order}, document ${order}, part ${order} LIMIT ?`,
    view.number,
    range.from,
    range.to,
    limit
  );
}

function documentHere(database: OpenDatabase, id: string): StoredDocument | undefined {
  const leaf = findLeaf(database.db, id);
  return leaf === undefined || leaf.deleted ? undefined : documentOf(leaf);
}
