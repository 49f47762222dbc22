import type { Store } from '#server/store/store.ts';
import type { Given } from '../given.ts';
import { sha256Hex, toBase64Url } from '../keys/bytes.ts';
import { ACCOUNTS, GATEWAY } from '../register/databases.ts';
import { saveNew } from '../register/written.ts';

const idOf = (token: string): string => `token:${sha256Hex(token)}`;

/** Makes the token of a tablet: 256 bits, kept here as a hash only. */
export async function issueToken(store: Store, given: Given, deviceId: string): Promise<string> {
  const token = toBase64Url(given.randomBytes(32));
  await saveNew(store, ACCOUNTS, { _id: idOf(token), kind: 'deviceToken', deviceId } as { _id: string }, GATEWAY);
  return token;
}

/** The device a token belongs to. Whether it is still accepted, the register says. */
export async function deviceOfToken(store: Store, token: string | undefined): Promise<string | undefined> {
  if (token === undefined || !/^[A-Za-z0-9_-]{43}$/.test(token)) return undefined;
  const document = await store.get(ACCOUNTS, idOf(token));
  return typeof document?.['deviceId'] === 'string' ? document['deviceId'] : undefined;
}
