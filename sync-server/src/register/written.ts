import type { Store, StoredDocument, UserContext } from '#server/store/store.ts';

/** A fault of ours: the engine would not take a record that we made. */
export class NotWritten extends Error {
  override readonly name = 'NotWritten';
}

/** The record inside a stored document: what the engine added is left out. It was checked when it went in. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows what it stored there
export function recordIn<T>(document: StoredDocument): T {
  const record: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(document)) {
    if (field === '_id' || !field.startsWith('_')) record[field] = value;
  }
  return record as T;
}

/**
 * Writes the record, over the one that is there if need be, trying again when another writer came between.
 * Throws NotWritten when a design document refuses it.
 */
export async function save(
  store: Store,
  database: string,
  record: { readonly _id: string },
  by: UserContext
): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    const before = await store.get(database, record._id);
    const document = before?._rev === undefined ? { ...record } : { ...record, _rev: before._rev };
    const outcome = await store.put(database, document, by);
    if (outcome.kind === 'written') return;
    if (outcome.kind === 'refused') throw new NotWritten(`The store refused a record: ${outcome.code}.`);
  }
  throw new NotWritten('The record kept changing while it was being written.');
}

/** Writes the record only when there is none of its id. */
export async function saveNew(
  store: Store,
  database: string,
  record: { readonly _id: string },
  by: UserContext
): Promise<'written' | 'taken'> {
  const outcome = await store.put(database, { ...record }, by);
  if (outcome.kind === 'refused') throw new NotWritten(`The store refused a record: ${outcome.code}.`);
  return outcome.kind === 'written' ? 'written' : 'taken';
}

/** Deletes a row that holds no collected data (a session, a code); a box of reads is dropped, never emptied. */
export async function remove(store: Store, database: string, id: string, by: UserContext): Promise<void> {
  const before = await store.get(database, id);
  if (before?._rev === undefined) return;
  await store.put(database, { _id: id, _rev: before._rev, _deleted: true }, by);
}
