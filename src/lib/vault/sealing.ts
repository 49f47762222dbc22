/**
 * Sealing: the tablet can write what it cannot read back. A box's key is made here, leaves only wrapped (HPKE) for the server
 * and, until the period ends, for the officer who captures, and dies with the worker; DESIGN 4, FIELD-NOTES 3 (a "non-extractable" key kept in IndexedDB lies in clear on the
 * disk, so none is kept).
 */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import {
  packContent,
  sealedContext,
  sealedId,
  unpackContent,
  type SealedContent,
  type SealedRecord
} from '#domain/records/sealed.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { wrapForOfficer, type OfficerWrap, type OwnKey } from './officer-key.ts';

const INFO = new TextEncoder().encode('platekeeper box key v1');
const IV_BYTES = 12;

/** The server's key that everything is sealed for: its id and the raw P-256 point, base64. */
export interface SealingKey {
  readonly id: string;
  readonly publicKey: string;
}

export type Seal = (seq: number, content: SealedContent) => Promise<SealedRecord>;

/** What seals the records of one box, and the box's key as the officer on duty can open it; null: nobody has an own key. */
export interface BoxSeal {
  readonly seal: Seal;
  readonly ownKey: OwnKey | null;
}

/** A fresh key for one box, wrapped for the server and for the officer. */
export async function sealFor(
  server: SealingKey,
  deviceId: string,
  boxId: string,
  officer: OfficerWrap | null
): Promise<BoxSeal> {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt']);
  const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
  const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64(server.publicKey).buffer);
  const aad = new TextEncoder().encode(`${deviceId}|${boxId}`);
  const wrapped = await suite.seal({ recipientPublicKey, info: INFO.buffer }, raw.buffer, aad.buffer);
  const ownKey = officer === null ? null : await wrapForOfficer(officer, boxId, raw.buffer);
  raw.fill(0);
  const [encapsulated, wrappedKey] = [toBase64(new Uint8Array(wrapped.enc)), toBase64(new Uint8Array(wrapped.ct))];

  const seal: Seal = async (seq, content) => {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const additionalData = new TextEncoder().encode(sealedContext({ deviceId, boxId, seq }));
    const body = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData },
      key,
      new Uint8Array(packContent(content))
    );
    return {
      _id: sealedId(boxId, seq),
      kind: 'sealed',
      schema: 1,
      deviceId,
      boxId,
      seq,
      sealedFor: server.id,
      encapsulated,
      wrappedKey,
      iv: toBase64(iv),
      body: toBase64(new Uint8Array(body))
    };
  };
  return { seal, ownKey };
}

/** Opens a record with the key of its box; null: the key is another one, or the record was changed. */
export async function openRecord(record: SealedRecord, key: CryptoKey): Promise<SealedContent | null> {
  try {
    const packed = await crypto.subtle.decrypt(
      {
        name: 'AES-GCM',
        iv: fromBase64(record.iv),
        additionalData: new TextEncoder().encode(sealedContext(record))
      },
      key,
      fromBase64(record.body)
    );
    const unpacked = unpackContent(new Uint8Array(packed));
    return unpacked.kind === 'proper' ? unpacked.content : null;
  } catch {
    return null;
  }
}
