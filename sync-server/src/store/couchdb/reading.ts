import type { DatabaseInfo, StoredDocument, ViewQuery, ViewRow } from '../store.ts';
import { NoSuchView } from '../store.ts';
import { pathOf, type Couch, type Question } from './client.ts';
import { isAnswer } from './errors.ts';
import { designsIn, type Published } from './publish.ts';

/** Asks; undefined when the thing is not there. Throws NoSuchDatabase when the database is not. */
export async function askMaybe(couch: Couch, db: string, question: Omit<Question, 'db'>): Promise<unknown> {
  try {
    return await couch.ask({ db, ...question });
  } catch (error) {
    if (isAnswer(error, 404, db)) return undefined;
    throw error;
  }
}

export async function readInfo(couch: Couch, db: string): Promise<DatabaseInfo> {
  const info = (await askMaybe(couch, db, {})) as { doc_count: number; update_seq: string };
  const designs = await designsIn(couch, db);
  return { name: db, documents: info.doc_count - designs.length, updateSequence: info.update_seq };
}

interface IdRange {
  readonly startId?: string;
  readonly endId?: string;
  readonly limit?: number;
  readonly descending?: boolean;
}

// Design documents lie between these two ids, in the middle of the others.
const BEFORE_DESIGNS = '_design/';
const AFTER_DESIGNS = '_design0';

/** Documents by id, in two parts: those before the design documents and those after. */
export async function readAll(couch: Couch, db: string, range: IdRange): Promise<StoredDocument[]> {
  const up = range.descending !== true;
  const parts = [
    { startkey: range.startId, endkey: up ? BEFORE_DESIGNS : AFTER_DESIGNS },
    { startkey: up ? AFTER_DESIGNS : BEFORE_DESIGNS, endkey: range.endId }
  ];
  const inOrder = (a: string | undefined, b: string | undefined): boolean =>
    a === undefined || b === undefined || (up ? byteOrder(a, b) <= 0 : byteOrder(a, b) >= 0);
  const [first, second] = parts as [Bounds, Bounds];
  const head = {
    startkey: first.startkey,
    endkey: inOrder(range.endId, first.endkey) ? (range.endId ?? first.endkey) : first.endkey
  };
  const tail = {
    startkey: inOrder(second.startkey, range.startId) ? (range.startId ?? second.startkey) : second.startkey,
    endkey: second.endkey
  };
  const found: StoredDocument[] = [];
  for (const bounds of [head, tail]) {
    if (!inOrder(bounds.startkey, bounds.endkey)) continue;
    const left = range.limit === undefined ? undefined : range.limit - found.length;
    if (left !== undefined && left <= 0) break;
    const body = { ...bounds, include_docs: true, descending: !up, limit: left };
    const { rows } = (await askMaybe(couch, db, { path: '_all_docs', method: 'POST', body })) as {
      rows: { doc: StoredDocument }[];
    };
    found.push(...rows.map((row) => row.doc));
  }
  return found;
}

interface Bounds {
  readonly startkey: string | undefined;
  readonly endkey: string | undefined;
}

function byteOrder(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Asks a view. Keys travel in the body: an address is written into CouchDB's log, and a key can be a plate. */
export async function queryView(
  couch: Couch,
  db: string,
  published: Published,
  design: string,
  view: string,
  query: ViewQuery
): Promise<ViewRow[]> {
  const inForce = published[design];
  if (inForce === undefined) throw new NoSuchView(`${design}/${view}`);
  const path = pathOf(inForce, '_view', view);
  const answer = await askMaybe(couch, db, { path, method: 'POST', body: bodyOf(query) });
  if (answer === undefined) throw new NoSuchView(`${design}/${view}`);
  const { rows } = answer as { rows: { id?: string; key: unknown; value: unknown; doc?: StoredDocument | null }[] };
  return rows.map(({ id, key, value, doc }) => ({
    id: id ?? null,
    key,
    value,
    ...(doc === undefined || doc === null ? {} : { doc })
  }));
}

function bodyOf(query: ViewQuery): Record<string, unknown> {
  const reduce = query.reduce === true;
  return {
    key: query.key,
    keys: query.keys,
    start_key: query.startKey,
    end_key: query.endKey,
    inclusive_end: query.inclusiveEnd,
    descending: query.descending,
    limit: query.limit,
    skip: query.skip,
    reduce,
    ...(reduce
      ? { group: query.group === true || query.keys !== undefined }
      : { include_docs: query.includeDocs === true })
  };
}
