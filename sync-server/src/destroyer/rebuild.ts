import type { DesignDocument, Store, StoredDocument } from '#server/store/store.ts';
import { DESTROYER } from '../register/databases.ts';
import { copyDocuments } from './copy.ts';
import { documentsOf } from './inventory.ts';
import { verifyGone } from './verify.ts';

const COPIED = '_local/copied';
const PAGE = 200;

/**
 * Destroys some records of a box before their time (426.4(b)): the rest is copied aside, the box is dropped whole, made again and filled
 * from the copy. Deleting would leave bytes and ids behind. Killed at any step it is finished by saying it again: what stays is at
 * every moment whole in one of both boxes.
 */
export async function rebuildWithout(
  store: Store,
  { database, designs }: { readonly database: string; readonly designs: readonly DesignDocument[] },
  goes: (document: StoredDocument) => boolean
): Promise<void> {
  const aside = `rebuild-${database}`;
  if (!(await isWhole(store, aside))) {
    await store.drop(aside);
    await store.create(aside, []);
    await copyAll(store, database, aside, (document) => !goes(document));
    await store.putLocal(aside, { _id: COPIED });
  }
  await store.drop(database);
  await verifyGone(store, database);
  await store.create(database, designs);
  await copyAll(store, aside, database, () => true);
  await store.drop(aside);
  await verifyGone(store, aside);
}

async function isWhole(store: Store, aside: string): Promise<boolean> {
  return (await store.exists(aside)) && (await store.getLocal(aside, COPIED)) !== undefined;
}

async function copyAll(
  store: Store,
  from: string,
  to: string,
  stays: (document: StoredDocument) => boolean
): Promise<void> {
  const route = { from, to, by: DESTROYER };
  let page: StoredDocument[] = [];
  for await (const document of documentsOf(store, from)) {
    if (!stays(document)) continue;
    page.push(document);
    if (page.length < PAGE) continue;
    await copyDocuments(store, page, route);
    page = [];
  }
  await copyDocuments(store, page, route);
}
