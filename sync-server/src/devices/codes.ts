import { HOUR_MS, instantOf, MINUTE_MS, msOf, type Instant } from '#domain/time/instant.ts';
import type { Store } from '#server/store/store.ts';
import type { Given } from '../given.ts';
import { sha256Hex } from '../keys/bytes.ts';
import { ACCOUNTS, GATEWAY } from '../register/databases.ts';
import { recordIn, saveNew } from '../register/written.ts';

const LIFE_MS = 10 * MINUTE_MS;
const DEMO_LIFE_MS = 24 * HOUR_MS;

interface StoredCode {
  readonly _id: string;
  readonly kind: 'enrollmentCode';
  readonly madeBy: string;
  /** the tablet it enrolls again, under its name and number; null: a new one */
  readonly deviceId: string | null;
  readonly expiresAt: Instant;
  readonly reusable: boolean;
  readonly usedAt: Instant | null;
}

// Without the characters that people mistake for one another when they read a code aloud.
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A code a person can type: three groups of four, 58 bits. */
export function typeableCode(given: Given): string {
  const letters = [...given.randomBytes(48)].filter((byte) => byte < 240).map((byte) => ALPHABET[byte % 30] ?? '');
  return letters.length < 12
    ? typeableCode(given)
    : [0, 4, 8].map((at) => letters.slice(at, at + 4).join('')).join('-');
}

const idOf = (code: string): string => `code:${sha256Hex(code.toUpperCase())}`;

/** Makes an enrollment code: single use and ten minutes; in the demo a day long and for as many tablets as one likes. */
export async function issueCode(
  store: Store,
  given: Given,
  { madeBy, deviceId, demo }: { readonly madeBy: string; readonly deviceId: string | null; readonly demo: boolean }
): Promise<{ readonly code: string; readonly expiresAt: Instant }> {
  const code = typeableCode(given);
  const expiresAt = instantOf(msOf(given.now()) + (demo ? DEMO_LIFE_MS : LIFE_MS));
  const stored: StoredCode = {
    _id: idOf(code),
    kind: 'enrollmentCode',
    madeBy,
    deviceId,
    expiresAt,
    reusable: demo && deviceId === null,
    usedAt: null
  };
  await saveNew(store, ACCOUNTS, stored, GATEWAY);
  return { code, expiresAt };
}

/** Whether this code may be used now, and who made it. */
export async function findCode(store: Store, given: Given, code: string): Promise<StoredCode | undefined> {
  const document = await store.get(ACCOUNTS, idOf(code));
  if (document === undefined) return undefined;
  const stored = recordIn<StoredCode>(document);
  return stored.usedAt === null && msOf(given.now()) < msOf(stored.expiresAt) ? stored : undefined;
}

/** Uses a code up. False when somebody else was faster: the store lets one of two win. */
export async function useCode(store: Store, given: Given, code: StoredCode): Promise<boolean> {
  if (code.reusable) return true;
  const document = await store.get(ACCOUNTS, code._id);
  if (document?._rev === undefined || document['usedAt'] !== null) return false;
  const outcome = await store.put(ACCOUNTS, { ...code, usedAt: given.now(), _rev: document._rev }, GATEWAY);
  return outcome.kind === 'written';
}
