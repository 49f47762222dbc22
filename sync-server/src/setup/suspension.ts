import type { Instant } from '#domain/time/instant.ts';
import type { Store } from '#server/store/store.ts';
import { ACCOUNTS, GATEWAY } from '../register/databases.ts';
import { remove, save } from '../register/written.ts';

const ID = 'suspension';

/** Since when all use is suspended (13.824 subd. 6(b)); null: it is not. What was read before that was read lawfully. */
export async function suspendedSince(store: Store): Promise<Instant | null> {
  const document = await store.get(ACCOUNTS, ID);
  return typeof document?.['since'] === 'string' ? document['since'] : null;
}

export async function keepSuspension(store: Store, suspended: boolean, now: Instant): Promise<void> {
  if (!suspended) return remove(store, ACCOUNTS, ID, GATEWAY);
  if ((await suspendedSince(store)) === null)
    await save(store, ACCOUNTS, { _id: ID, kind: 'suspension', since: now } as { _id: string }, GATEWAY);
}
