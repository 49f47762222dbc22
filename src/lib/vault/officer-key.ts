/**
 * An officer's own key on one tablet. Boxes captured on duty are wrapped for its public half, so that a locked tablet can go
 * on writing; the private half lies on the disk under a key that only the password (and the passkey, where there is one)
 * gives, and is in memory while the officer is there. Decision 11.
 */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { closed, number, oneOf, text, type Check } from '#domain/check/check.ts';
import { base64, uuid } from '#domain/check/common.ts';
import { SHIPPED_KEY_COST, type KeyCost } from '#domain/policy/key-cost.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { stretch } from './stretch/stretch.ts';

const KEK_INFO = 'platekeeper officer key v1';
const OWN_BOX_INFO = 'platekeeper own box key v1';
const SALT_BYTES = 16;
const IV_BYTES = 12;

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const bytes = (written: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(written);

/** What lies on the disk of an officer's key. */
export interface OfficerWrap {
  readonly kind: 'officerWrap';
  readonly schema: 1;
  readonly memberId: string;
  readonly deviceId: string;
  readonly salt: string;
  readonly memoryKiB: number;
  readonly passes: number;
  /** raw P-256 point, base64 */
  readonly publicKey: string;
  readonly iv: string;
  readonly wrappedKey: string;
}

export const checkOfficerWrap: Check<OfficerWrap> = closed<OfficerWrap>({
  kind: oneOf('officerWrap'),
  schema: oneOf(1),
  memberId: uuid,
  deviceId: uuid,
  salt: base64(40),
  memoryKiB: number({ min: 0, max: 4_194_304, integer: true }),
  passes: number({ min: 0, max: 100, integer: true }),
  publicKey: base64(200),
  iv: base64(16),
  wrappedKey: text({ min: 20, max: 400 })
});

/** The key of one box, wrapped for the officer who captures. */
export interface OwnKey {
  readonly boxId: string;
  readonly memberId: string;
  readonly encapsulated: string;
  readonly wrappedKey: string;
}

/** Makes a key for an officer under the password. */
export async function makeOfficerKey(
  memberId: string,
  deviceId: string,
  password: string
): Promise<{ readonly wrap: OfficerWrap; readonly key: CryptoKey }> {
  const pair = await suite.kem.generateKeyPair();
  const raw = new Uint8Array(await suite.kem.serializePrivateKey(pair.privateKey));
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const kek = await kekOf(password, salt, SHIPPED_KEY_COST);
  const additionalData = bytes(`${deviceId}|${memberId}`);
  const wrapped = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, kek, raw);
  raw.fill(0);
  const wrap: OfficerWrap = {
    kind: 'officerWrap',
    schema: 1,
    memberId,
    deviceId,
    salt: toBase64(salt),
    memoryKiB: SHIPPED_KEY_COST.memoryKiB,
    passes: SHIPPED_KEY_COST.passes,
    publicKey: toBase64(new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey))),
    iv: toBase64(iv),
    wrappedKey: toBase64(new Uint8Array(wrapped))
  };
  return { wrap, key: pair.privateKey };
}

/** Opens an officer's key; null: the password is wrong. Throws KeyTooCheap for a wrap below the floor. */
export async function openOfficerKey(wrap: OfficerWrap, password: string): Promise<CryptoKey | null> {
  const kek = await kekOf(password, fromBase64(wrap.salt), wrap);
  try {
    const raw = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: fromBase64(wrap.iv), additionalData: bytes(`${wrap.deviceId}|${wrap.memberId}`) },
      kek,
      fromBase64(wrap.wrappedKey)
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

async function kekOf(password: string, salt: Uint8Array<ArrayBuffer>, cost: KeyCost): Promise<CryptoKey> {
  const stretched = await stretch({ password, salt, cost });
  const secret = await crypto.subtle.importKey('raw', stretched, 'HKDF', false, ['deriveKey']);
  stretched.fill(0);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info: bytes(KEK_INFO) },
    secret,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt']
  );
}
