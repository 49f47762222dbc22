/** The buckets of Chromium's storage, each with an IndexedDB of its own; TypeScript does not know them yet. */
export interface StorageBuckets {
  open(name: string, options?: { readonly durability?: 'strict' }): Promise<{ readonly indexedDB: IDBFactory }>;
}

/** undefined: this browser has none. */
export const storageBuckets = (): StorageBuckets | undefined =>
  (navigator as { readonly storageBuckets?: StorageBuckets }).storageBuckets;
