/** So long the worker of a page that was just left is waited for; it is gone within moments, on a busy machine within seconds. */
const PATIENCE_MS = 10_000;
const ASKS_EVERY_MS = 50;

/**
 * Does something to a file that must be held by nobody else. The worker of the page before may hold it for a moment longer than it holds
 * the lock of the vault (the browser lets go of the two one after the other), so it is tried again until it is free. Throws what the
 * browser says otherwise, and when patience is at an end.
 */
export async function onceFree<T>(work: () => Promise<T>): Promise<T> {
  for (let triesLeft = PATIENCE_MS / ASKS_EVERY_MS; ; triesLeft--) {
    try {
      return await work();
    } catch (error) {
      const isHeld = error instanceof DOMException && error.name === 'NoModificationAllowedError';
      if (!isHeld || triesLeft === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, ASKS_EVERY_MS));
    }
  }
}

/** The file, opened for this worker alone. */
export const openedAlone = (file: FileSystemFileHandle): Promise<FileSystemSyncAccessHandle> =>
  onceFree(() => file.createSyncAccessHandle());
