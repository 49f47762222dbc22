import type { Page } from '@playwright/test';
import { TOOLBOX_NAME } from '#lib/vault/locations.ts';

/** What the toolbox of the first version was made of. IndexedDB counts ten to each version of Dexie. */
const FIRST_VERSION = 10;
const FIRST_STORES: readonly OlderStore[] = [
  { name: 'boxes', keyPath: 'boxId', indexes: [] },
  { name: 'enrollments', keyPath: 'deviceId', indexes: ['enrolledAt'] },
  { name: 'finishing', keyPath: 'boxId', indexes: [] },
  { name: 'destructions', keyPath: 'id', indexes: [], counts: true },
  { name: 'kept', keyPath: 'key', indexes: [] }
];

interface OlderStore {
  readonly name: string;
  readonly keyPath: string;
  readonly indexes: readonly string[];
  readonly counts?: boolean;
}

/** Takes the tablet's toolbox back to the first version that was ever used, rows and all. The vault must not be running. */
export async function makeToolboxOlder(page: Page): Promise<void> {
  await page.evaluate(
    async ({ name, version, stores }) => {
      const done = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
        });
      const now = await done(indexedDB.open(name));
      const work = now.transaction(stores.map((store) => store.name));
      const rows = await Promise.all(
        stores.map(async (store) => ({ store, rows: await done(work.objectStore(store.name).getAll()) }))
      );
      now.close();
      await done(indexedDB.deleteDatabase(name));
      const opening = indexedDB.open(name, version);
      opening.onupgradeneeded = () => {
        for (const { store, rows: kept } of rows) {
          const made = opening.result.createObjectStore(store.name, {
            keyPath: store.keyPath,
            autoIncrement: store.counts ?? false
          });
          for (const index of store.indexes) made.createIndex(index, index);
          for (const row of kept) made.put(row);
        }
      };
      (await done(opening)).close();
    },
    { name: TOOLBOX_NAME, version: FIRST_VERSION, stores: FIRST_STORES }
  );
}

/** Whether the toolbox was still of the first version when this page began. */
export async function wasToolboxOlder(page: Page): Promise<boolean> {
  const databases = await page.evaluate(() => window.hand.databasesAtStart);
  return databases.some(({ name, version }) => name === TOOLBOX_NAME && version === FIRST_VERSION);
}
