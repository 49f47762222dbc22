const LOCK = 'platekeeper-vault';
/** After a reload the worker of the page before may still be dying. */
const PATIENCE_MS = 5_000;

/** Takes the vault for this worker until it ends; false when another tab keeps it for five seconds. */
export function becomeSingleOwner(): Promise<boolean> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(LOCK, { signal: AbortSignal.timeout(PATIENCE_MS) }, () => {
        resolve(true);
        // Held for as long as this worker lives.
        return new Promise<never>(() => {});
      })
      .catch((error: unknown) => {
        if (error instanceof DOMException && (error.name === 'TimeoutError' || error.name === 'AbortError'))
          resolve(false);
        else reject(error instanceof Error ? error : new Error('the lock of the vault failed'));
      });
  });
}
