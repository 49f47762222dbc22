/**
 * Sealing: the tablet can write what it cannot read back. A box's key is made here, leaves only wrapped for the server
 * (HPKE), and dies with the worker; DESIGN 4, FIELD-NOTES 3 (a "non-extractable" key kept in IndexedDB lies in clear on the
 * disk, so none is kept).
 */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { packContent, sealedContext, sealedId, type SealedContent, type SealedRecord } from '#domain/records/sealed.ts';
import { fromBase64, toBase64 } from './base64.ts';

const INFO = new TextEncoder().encode('platekeeper box key v1');
const IV_BYTES = 12;

/** The server's key that everything is sealed for: its id and the raw P-256 point, base64. */
export interface SealingKey {
  readonly id: string;
  readonly publicKey: string;
}

export type Seal = (seq: number, content: SealedContent) => Promise<SealedRecord>;

/** A fresh key for one box, wrapped for the server; answers the function that seals the box's records with it. */
export async function sealFor(server: SealingKey, deviceId: string, boxId: string): Promise<Seal> {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt']);
  const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
  const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64(server.publicKey).buffer);
  const aad = new TextEncoder().encode(`${deviceId}|${boxId}`);
  const wrapped = await suite.seal({ recipientPublicKey, info: INFO.buffer }, raw.buffer, aad.buffer);
  raw.fill(0);
  const [encapsulated, wrappedKey] = [toBase64(new Uint8Array(wrapped.enc)), toBase64(new Uint8Array(wrapped.ct))];

  return async (seq, content) => {
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
}
