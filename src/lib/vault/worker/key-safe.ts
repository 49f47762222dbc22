import { KEY_BUCKET, KEY_DATABASE } from '../locations.ts';
import { storageBuckets } from './storage-buckets.ts';

const TABLE = 'keys';

/**
 * A second place for the keys that this tablet is known by. A key that cannot be taken out of the browser can lie in an IndexedDB
 * alone; this one is in a storage bucket of its own, so that it survives when the first is damaged or emptied. A browser without
 * buckets has no second place, and a tablet that lost its key there is enrolled again (decision 25).
 */
export class KeySafe {
  private constructor(private readonly database: IDBDatabase | null) {}

  static async open(): Promise<KeySafe> {
    try {
      const bucket = await storageBuckets()?.open(KEY_BUCKET, { durability: 'strict' });
      return new KeySafe(bucket === undefined ? null : await opened(bucket.indexedDB));
    } catch {
      return new KeySafe(null);
    }
  }

  async keyOf(deviceId: string): Promise<CryptoKey | undefined> {
    const found = await this.#ask<unknown>('readonly', (table) => table.get(deviceId));
    return found instanceof CryptoKey ? found : undefined;
  }

  /** Keeps exactly these keys. */
  async keep(keys: ReadonlyMap<string, CryptoKey>): Promise<void> {
    await this.#ask('readwrite', (table) => {
      table.clear();
      for (const [deviceId, key] of keys) table.put(key, deviceId);
      return table.count();
    });
  }

  #ask<T>(mode: IDBTransactionMode, question: (table: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
    const { database } = this;
    if (database === null) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      const work = database.transaction(TABLE, mode, { durability: 'strict' });
      const request = question(work.objectStore(TABLE));
      work.oncomplete = () => {
        resolve(request.result);
      };
      work.onabort = () => {
        reject(work.error ?? new Error('the keys were not kept'));
      };
    });
  }
}

function opened(factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = factory.open(KEY_DATABASE, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore(TABLE);
    };
    asked.onsuccess = () => {
      resolve(asked.result);
    };
    asked.onerror = () => {
      reject(asked.error ?? new Error('the keys cannot be reached'));
    };
  });
}
