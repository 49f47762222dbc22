import type { Store } from '#server/store/store.ts';
import { ACCOUNTS, GATEWAY } from '../register/databases.ts';
import { remove } from '../register/written.ts';

/** Upgrade step: before tablets proved their own key they had tokens, whose hashes lie here and open nothing any more. */
export async function dropOldTokens(store: Store): Promise<void> {
  for (const { _id } of await store.all(ACCOUNTS, { startId: 'token:', endId: 'token;' }))
    await remove(store, ACCOUNTS, _id, GATEWAY);
}
