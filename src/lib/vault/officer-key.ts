/**
 * An officer's own key on one tablet. Boxes captured on duty are wrapped for its public half, so that a locked tablet can go
 * on writing; the private half lies on the disk under a key that only the password (and the passkey, where there is one)
 * gives, and is in memory while the officer is there. Decision 11.
 */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { closed, list, nullable, number, oneOf, text, type Check } from '#domain/check/check.ts';
import { base64, uuid } from '#domain/check/common.ts';
import { SHIPPED_KEY_COST, type KeyCost } from '#domain/policy/key-cost.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { stretch } from './stretch/stretch.ts';

const KEK_INFO = 'platekeeper officer key v1';
const PASSKEY_KEK_INFO = 'platekeeper officer key by passkey v1';
const OWN_BOX_INFO = 'platekeeper own box key v1';
const SALT_BYTES = 16;
const IV_BYTES = 12;

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const bytes = (written: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(written);

/** The private half under a key that a password gives. */
interface PasswordWrap {
  readonly salt: string;
  readonly memoryKiB: number;
  readonly passes: number;
  readonly iv: string;
  readonly wrappedKey: string;
}

/** The private half under a key that the secret of a passkey gives (WebAuthn PRF). */
interface PasskeyWrap {
  readonly credentialId: string;
  readonly salt: string;
  readonly iv: string;
  readonly wrappedKey: string;
}

/** What lies on the disk of an officer's key. */
export interface OfficerWrap {
  readonly kind: 'officerWrap';
  readonly schema: 2;
  readonly memberId: string;
  readonly deviceId: string;
  /** raw P-256 point, base64 */
  readonly publicKey: string;
  /** null: the officer has signed in here with passkeys alone */
  readonly password: PasswordWrap | null;
  readonly passkeys: readonly PasskeyWrap[];
}

/** What an officer opens the own key with. */
export type Opener =
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'passkey'; readonly credentialId: string; readonly secret: Uint8Array<ArrayBuffer> };

const MOST_PASSKEYS = 20;
const wrapped = { salt: base64(40), iv: base64(16), wrappedKey: text({ min: 20, max: 400 }) };
const passwordWrap = {
  ...wrapped,
  memoryKiB: number({ min: 0, max: 4_194_304, integer: true }),
  passes: number({ min: 0, max: 100, integer: true })
};
const named = { kind: oneOf('officerWrap'), memberId: uuid, deviceId: uuid, publicKey: base64(200) };

const checkOfficerWrap: Check<OfficerWrap> = closed<OfficerWrap>({
  ...named,
  schema: oneOf(2),
  password: nullable(closed<PasswordWrap>(passwordWrap)),
  passkeys: list(
    closed<PasskeyWrap>({
      ...wrapped,
      credentialId: text({ min: 8, max: 1400, pattern: /^[A-Za-z0-9_-]+$/, what: 'the id of a passkey' })
    }),
    { max: MOST_PASSKEYS }
  )
});

/** The first shape: a password and nothing beside it. */
type OfficerWrap1 = Omit<OfficerWrap, 'schema' | 'password' | 'passkeys'> & PasswordWrap & { readonly schema: 1 };
const checkOfficerWrap1: Check<OfficerWrap1> = closed<OfficerWrap1>({ ...named, ...passwordWrap, schema: oneOf(1) });

/** The wrap in what was read from the disk, brought up to this shape; null: it is none. */
export function officerWrapIn(value: unknown): OfficerWrap | null {
  if (checkOfficerWrap1(value) === null) {
    const { salt, memoryKiB, passes, iv, wrappedKey, ...rest } = value as OfficerWrap1;
    return { ...rest, schema: 2, password: { salt, memoryKiB, passes, iv, wrappedKey }, passkeys: [] };
  }
  return checkOfficerWrap(value) === null ? (value as OfficerWrap) : null;
}

/** The key of one box, wrapped for the officer who captures. */
export interface OwnKey {
  readonly boxId: string;
  readonly memberId: string;
  readonly encapsulated: string;
  readonly wrappedKey: string;
}

/** Makes a key for an officer, to be opened with what signed in. */
export async function makeOfficerKey(
  memberId: string,
  deviceId: string,
  opener: Opener
): Promise<{ readonly wrap: OfficerWrap; readonly key: CryptoKey }> {
  const pair = await suite.kem.generateKeyPair();
  const bare: OfficerWrap = {
    kind: 'officerWrap',
    schema: 2,
    memberId,
    deviceId,
    publicKey: toBase64(new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey))),
    password: null,
    passkeys: []
  };
  return { wrap: await withOpener(bare, pair.privateKey, opener), key: pair.privateKey };
}

/** The wrap with one more thing that opens the key, in the place of an earlier one of the same password or passkey. */
export async function withOpener(wrap: OfficerWrap, key: CryptoKey, opener: Opener): Promise<OfficerWrap> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const kek = await kekOf(opener, salt, SHIPPED_KEY_COST);
  const raw = new Uint8Array(await suite.kem.serializePrivateKey(key));
  const additionalData = contextOf(wrap, opener);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, kek, raw);
  raw.fill(0);
  const made = { salt: toBase64(salt), iv: toBase64(iv), wrappedKey: toBase64(new Uint8Array(sealed)) };
  if (opener.kind === 'password') return { ...wrap, password: { ...made, ...SHIPPED_KEY_COST } };
  const others = wrap.passkeys.filter(({ credentialId }) => credentialId !== opener.credentialId);
  return { ...wrap, passkeys: [...others, { ...made, credentialId: opener.credentialId }].slice(-MOST_PASSKEYS) };
}

/** Opens an officer's key; null: it is the wrong password or passkey. Throws KeyTooCheap for a password's wrap below the floor. */
export async function openOfficerKey(wrap: OfficerWrap, opener: Opener): Promise<CryptoKey | null> {
  const found =
    opener.kind === 'password'
      ? wrap.password
      : wrap.passkeys.find(({ credentialId }) => credentialId === opener.credentialId);
  if (found == null) return null;
  const kek = await kekOf(opener, fromBase64(found.salt), wrap.password ?? SHIPPED_KEY_COST);
  try {
    const raw = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: fromBase64(found.iv), additionalData: contextOf(wrap, opener) },
      kek,
      fromBase64(found.wrappedKey)
    );
    const key = await suite.kem.deserializePrivateKey(raw);
    new Uint8Array(raw).fill(0);
    return key;
  } catch {
    return null;
  }
}

/** Wraps the raw key of a box for the officer. */
export async function wrapForOfficer(
  wrap: Pick<OfficerWrap, 'memberId' | 'publicKey'>,
  boxId: string,
  raw: ArrayBuffer
): Promise<OwnKey> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64(wrap.publicKey).buffer);
  const aad = bytes(`${wrap.memberId}|${boxId}`).buffer;
  const wrapped = await suite.seal({ recipientPublicKey, info: bytes(OWN_BOX_INFO).buffer }, raw, aad);
  return {
    boxId,
    memberId: wrap.memberId,
    encapsulated: toBase64(new Uint8Array(wrapped.enc)),
    wrappedKey: toBase64(new Uint8Array(wrapped.ct))
  };
}

/** The key of a box by the officer's own; null: it was wrapped for somebody else, or changed. */
export async function openOwnKey(own: OwnKey, recipientKey: CryptoKey): Promise<CryptoKey | null> {
  try {
    const raw = await suite.open(
      { recipientKey, enc: fromBase64(own.encapsulated).buffer, info: bytes(OWN_BOX_INFO).buffer },
      fromBase64(own.wrappedKey).buffer,
      bytes(`${own.memberId}|${own.boxId}`).buffer
    );
    return await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
  } catch {
    return null;
  }
}

const contextOf = ({ deviceId, memberId }: OfficerWrap, opener: Opener): Uint8Array<ArrayBuffer> =>
  bytes(opener.kind === 'password' ? `${deviceId}|${memberId}` : `${deviceId}|${memberId}|${opener.credentialId}`);

// A password is stretched, so that a guess costs; the secret of a passkey is 256 bits of chance already.
async function kekOf(opener: Opener, salt: Uint8Array<ArrayBuffer>, cost: KeyCost): Promise<CryptoKey> {
  const secret =
    opener.kind === 'password' ? await stretch({ password: opener.password, salt, cost }) : opener.secret.slice();
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  secret.fill(0);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info: bytes(opener.kind === 'password' ? KEK_INFO : PASSKEY_KEK_INFO) },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt']
  );
}
