import type { Store } from '#server/store/store.ts';
import { sha256Hex } from '../keys/bytes.ts';
import { ACCOUNTS, GATEWAY } from '../register/databases.ts';
import { recordIn, save } from '../register/written.ts';

interface Credential {
  readonly _id: string;
  readonly kind: 'credential';
  readonly memberId: string;
  readonly passwordHash: string;
}

// Hashed, so that an id tells no name.
const idOf = (memberId: string): string => `credential:${sha256Hex(memberId).slice(0, 32)}`;

/** Keeps the hash of a member's password; nothing else of it is anywhere. */
export async function keepPassword(store: Store, memberId: string, passwordHash: string): Promise<void> {
  const credential: Credential = { _id: idOf(memberId), kind: 'credential', memberId, passwordHash };
  await save(store, ACCOUNTS, credential, GATEWAY);
}

export async function passwordHashOf(store: Store, memberId: string): Promise<string | undefined> {
  const document = await store.get(ACCOUNTS, idOf(memberId));
  return document === undefined ? undefined : recordIn<Credential>(document).passwordHash;
}
