import { webcrypto } from 'node:crypto';
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { packContent, sealedContext, sealedId, type SealedContent, type SealedRecord } from '#domain/records/sealed.ts';
import { fromBase64, toBase64 } from '../keys/bytes.ts';
import { BOX_KEY_INFO, type SealingPublicKey } from '../keys/sealing-key.ts';

const text = (written: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(written));

/** Seals records of one box as a tablet does: with it the demo's invented reads take the real way in. */
export class Sealer {
  #seq = 0;

  private constructor(
    private readonly box: Pick<SealedRecord, 'deviceId' | 'boxId' | 'sealedFor' | 'encapsulated' | 'wrappedKey'>,
    private readonly key: webcrypto.CryptoKey
  ) {}

  static async forBox(deviceId: string, boxId: string, server: SealingPublicKey): Promise<Sealer> {
    const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
    const raw = webcrypto.getRandomValues(new Uint8Array(32));
    const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64(server.publicKey).buffer);
    const wrapped = await suite.seal(
      { recipientPublicKey, info: text(BOX_KEY_INFO).buffer },
      raw.buffer,
      text(`${deviceId}|${boxId}`).buffer
    );
    const box = {
      deviceId,
      boxId,
      sealedFor: server.id,
      encapsulated: toBase64(new Uint8Array(wrapped.enc)),
      wrappedKey: toBase64(new Uint8Array(wrapped.ct))
    };
    return new Sealer(box, await webcrypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt']));
  }

  /** The next record of the box. */
  seal(content: SealedContent): Promise<SealedRecord> {
    return this.sealBytes(packContent(content));
  }

  async sealBytes(content: Uint8Array): Promise<SealedRecord> {
    const seq = ++this.#seq;
    const { deviceId, boxId } = this.box;
    const iv = webcrypto.getRandomValues(new Uint8Array(12));
    const additionalData = text(sealedContext({ deviceId, boxId, seq }));
    const body = await webcrypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData },
      this.key,
      new Uint8Array(content)
    );
    return {
      _id: sealedId(boxId, seq),
      kind: 'sealed',
      schema: 1,
      ...this.box,
      seq,
      iv: toBase64(iv),
      body: toBase64(new Uint8Array(body))
    };
  }
}
