import { createHash } from 'node:crypto';
import { TreeRoot } from '#domain/ledger/tree-root.ts';
import type { Certificate, DestroyedCounts } from '#domain/records/certificate.ts';
import type { Store, StoredDocument } from '#server/store/store.ts';

const PAGE = 1000;

/** What is in a box before it goes: counted, and committed to by one root. */
export interface Inventory {
  readonly counts: DestroyedCounts;
  readonly devices: Certificate['devices'];
  readonly root: string;
}

export const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

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

/** Looks through a box. `deviceOf` names the tablet of a period as the certificate may name it. */
export async function inventoryOf(
  store: Store,
  database: string,
  salt: string,
  deviceOf: (periodId: string) => Promise<string>
): Promise<Inventory> {
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
  const devices = new Map<string, number>();
  for (const [periodId, reads] of periods) {
    const device = await deviceOf(periodId);
    devices.set(device, (devices.get(device) ?? 0) + reads);
  }
  return {
    counts,
    devices: [...devices].map(([device, reads]) => ({ device, reads })).sort((a, b) => (a.device < b.device ? -1 : 1)),
    root: Buffer.from(tree.root()).toString('hex')
  };
}
