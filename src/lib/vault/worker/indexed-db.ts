import { SECOND_BUCKET } from '../locations.ts';
import { storageBuckets } from './storage-buckets.ts';

/**
 * The IndexedDB to work with. Some damage to its files Chromium neither mends nor clears away: every open fails from then on
 * (measured: a lost manifest). A second one, in a bucket of its own, then takes its place for this worker; what was in the first is
 * rebuilt from the private files. Null where neither works.
 */
export async function workingIndexedDb(): Promise<{ readonly isSecond: boolean; readonly factory: IDBFactory } | null> {
  if (await works(indexedDB)) return { isSecond: false, factory: indexedDB };
  const factory = await storageBuckets()
    ?.open(SECOND_BUCKET)
    .then(
      (bucket) => bucket.indexedDB,
      () => undefined
    );
  if (factory === undefined || !(await works(factory))) return null;
  // PouchDB asks for the global one at each opening.
  Object.defineProperty(globalThis, 'indexedDB', { value: factory, configurable: true });
  return { isSecond: true, factory };
}

/** A list is all that is asked for: it opens the files and writes nothing. */
async function works(factory: IDBFactory): Promise<boolean> {
  return factory.databases().then(
    () => true,
    () => false
  );
}
