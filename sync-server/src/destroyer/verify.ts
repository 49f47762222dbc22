import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '#server/store/store.ts';

/** A dropped box is still there: destruction has failed, loudly. */
export class NotDestroyed extends Error {
  override readonly name = 'NotDestroyed';
}

// CouchDB moves a file aside and removes it a moment later; the embedded engine is done when it answers.
const LOOKS = 40;
const BETWEEN_LOOKS_MS = 250;

/** Looks whether a dropped box is gone from the engine and from its folder, where that can be seen. Throws NotDestroyed. */
export async function verifyGone(store: Store, database: string): Promise<void> {
  if (await store.exists(database)) throw new NotDestroyed('A box is still there after it was dropped.');
  for (let look = 0; look < LOOKS; look++) {
    const files = await store.filesOf(database);
    if (files === null || files.length === 0) return;
    await pause(BETWEEN_LOOKS_MS);
  }
  throw new NotDestroyed('Files of a dropped box are still on the disk.');
}
