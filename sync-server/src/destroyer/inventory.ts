import { TreeRoot } from '#domain/ledger/tree-root.ts';
import type { Certificate, DestroyedCounts } from '#domain/records/certificate.ts';
import type { Store, StoredDocument } from '#server/store/store.ts';
import { sha256 } from '../keys/bytes.ts';
import type { BoxParts } from '../parts.ts';
import { rowOf } from '../register/rows.ts';

const PAGE = 1000;

/** What is in a box before it goes: counted, and committed to by one root. */
export interface Inventory {
  readonly counts: DestroyedCounts;
  /** reads a period of use */
  readonly periods: ReadonlyMap<string, number>;
  readonly root: string;
}

/**
 * The salted hash of a record as it lay in its box. The revision follows from the content and the pictures, so it commits to
 * both; the salt keeps everybody from trying.
 */
export function recordHash(salt: string, document: StoredDocument): Uint8Array {
  return sha256(Buffer.from(`${salt}\n${document._id}\n${document._rev ?? ''}`));
}

/** Every document of a database, in order of id, a page at a time. */
export async function* documentsOf(store: Store, database: string): AsyncGenerator<StoredDocument> {
  let last: string | undefined;
  for (;;) {
    const page = await store.all(database, { ...(last === undefined ? {} : { startId: last }), limit: PAGE + 1 });
    // The page begins with the document the one before ended with.
    const fresh = page.filter((document) => document._id !== last);
    yield* fresh;
    if (page.length <= PAGE) return;
    last = page.at(-1)?._id;
  }
}

/** Looks through a box, a page at a time. */
export async function inventoryOf(store: Store, database: string, salt: string): Promise<Inventory> {
  const tree = new TreeRoot(sha256);
  const counts = { reads: 0, hits: 0, pictures: 0, setAside: 0 };
  const periods = new Map<string, number>();
  for await (const document of documentsOf(store, database)) {
    if (document['kind'] === 'holdScope') continue;
    tree.add(recordHash(salt, document));
    if (document['kind'] === 'hit') counts.hits += 1;
    if (document['kind'] === 'sealed') counts.setAside += 1;
    if (document['kind'] !== 'read') continue;
    counts.reads += 1;
    counts.pictures += Object.keys(document._attachments ?? {}).length;
    const periodId = String(document['periodId']);
    periods.set(periodId, (periods.get(periodId) ?? 0) + 1);
  }
  return { counts, periods, root: Buffer.from(tree.root()).toString('hex') };
}

/** Reads a tablet, under the name that only this agency can resolve: the tablet's own id stays inside. */
export async function sharesOfDevices(
  { store, tags }: Pick<BoxParts, 'store' | 'tags'>,
  periods: ReadonlyMap<string, number>
): Promise<Certificate['devices']> {
  const devices = new Map<string, number>();
  for (const [periodId, reads] of periods) {
    const period = await rowOf(store, 'period', periodId);
    const device = tags.id('certificateDevice', period?.deviceId ?? '');
    devices.set(device, (devices.get(device) ?? 0) + reads);
  }
  return [...devices].map(([device, reads]) => ({ device, reads })).sort((a, b) => (a.device < b.device ? -1 : 1));
}
