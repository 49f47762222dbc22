/**
 * Every write to IndexedDB in this worker is flushed before it counts as done. PouchDB asks for nothing, and then Chromium does not
 * flush: at a power cut all of it is gone (FIELD-NOTES 3).
 */
export function makeIndexedDbStrict(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    return transaction.call(this, stores, mode, mode === 'readwrite' ? { durability: 'strict', ...options } : options);
  };
}
