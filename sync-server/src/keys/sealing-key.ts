import { webcrypto } from 'node:crypto';
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { sealedContext, type SealedRecord } from '#domain/records/sealed.ts';
import { fromBase64, sha256Hex, toBase64 } from './bytes.ts';
import { secretIn } from './key-file.ts';

/** What the wrapped key is bound to besides its box: tablet and server must write the same words. */
export const BOX_KEY_INFO = 'platekeeper box key v1';

// A copy: what the encoder gives may lie inside a larger buffer, and HPKE takes whole buffers.
const text = (written: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(written));
const makeSuite = (): CipherSuite =>
  new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** The public half, as a tablet gets it at enrollment. */
export interface SealingPublicKey {
  readonly id: string;
  /** raw P-256 point, base64 */
  readonly publicKey: string;
}

export type Opened =
  { readonly kind: 'opened'; readonly bytes: Uint8Array } | { readonly kind: 'notOurKey' | 'broken' };

/**
 * The server's half of the seal: HPKE base mode (P-256, HKDF-SHA256, AES-256-GCM) unwraps a box's key, AES-256-GCM opens the
 * record. A record moved to another device, box or place does not open.
 */
export class SealingKey {
  readonly #boxKeys = new Map<string, webcrypto.CryptoKey>();

  private constructor(
    readonly publicKey: SealingPublicKey,
    private readonly suite: CipherSuite,
    private readonly privateKey: webcrypto.CryptoKey
  ) {}

  static async load(path: string): Promise<SealingKey> {
    const suite = makeSuite();
    const written = await secretIn(path, async () => {
      const pair = await suite.kem.generateKeyPair();
      return JSON.stringify({
        privateKey: toBase64(new Uint8Array(await suite.kem.serializePrivateKey(pair.privateKey))),
        publicKey: toBase64(new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey)))
      });
    });
    const halves = JSON.parse(written) as { privateKey: string; publicKey: string };
    return new SealingKey(
      { id: sha256Hex(fromBase64(halves.publicKey)).slice(0, 16), publicKey: halves.publicKey },
      suite,
      await suite.kem.deserializePrivateKey(fromBase64(halves.privateKey).buffer)
    );
  }

  /** Opens one record; damage and other people's keys are outcomes, never exceptions. */
  async open(record: SealedRecord): Promise<Opened> {
    if (record.sealedFor !== this.publicKey.id) return { kind: 'notOurKey' };
    try {
      const key = await this.#boxKey(record);
      const opened = await webcrypto.subtle.decrypt(
        { name: 'AES-GCM', iv: fromBase64(record.iv), additionalData: text(sealedContext(record)) },
        key,
        fromBase64(record.body)
      );
      return { kind: 'opened', bytes: new Uint8Array(opened) };
    } catch {
      return { kind: 'broken' };
    }
  }

  /** Seals something short for this key itself; `openShort` with the same words opens it. */
  async sealShort(
    content: Uint8Array,
    info: string,
    context: string
  ): Promise<{ readonly encapsulated: string; readonly body: string }> {
    const { enc, ct } = await this.suite.seal(
      { recipientPublicKey: await this.#ownPublicKey(), info: text(info).buffer },
      new Uint8Array(content).buffer,
      text(context).buffer
    );
    return { encapsulated: toBase64(new Uint8Array(enc)), body: toBase64(new Uint8Array(ct)) };
  }

  /** Opens something short that was sealed for this key at once; null: it was changed, moved, or is for another key. */
  async openShort(
    sealed: { readonly encapsulated: string; readonly body: string },
    info: string,
    context: string
  ): Promise<Uint8Array | null> {
    try {
      const opened = await this.suite.open(
        {
          recipientKey: this.privateKey,
          enc: fromBase64(sealed.encapsulated).buffer,
          info: text(info).buffer
        },
        fromBase64(sealed.body).buffer,
        text(context).buffer
      );
      return new Uint8Array(opened);
    } catch {
      return null;
    }
  }

  /** Forgets the keys of a box, once it is finished. */
  forget(boxId: string): void {
    for (const name of this.#boxKeys.keys()) if (name.startsWith(`${boxId}|`)) this.#boxKeys.delete(name);
  }

  #ownPublicKey(): Promise<webcrypto.CryptoKey> {
    return this.suite.kem.deserializePublicKey(fromBase64(this.publicKey.publicKey).buffer);
  }

  // Two hundred records of a box carry the same wrapped key: unwrapping it once saves two curve operations a record.
  async #boxKey(record: SealedRecord): Promise<webcrypto.CryptoKey> {
    const name = `${record.boxId}|${record.deviceId}|${record.encapsulated}|${record.wrappedKey}`;
    const known = this.#boxKeys.get(name);
    if (known !== undefined) return known;
    const context = await this.suite.createRecipientContext({
      recipientKey: this.privateKey,
      enc: fromBase64(record.encapsulated).buffer,
      info: text(BOX_KEY_INFO).buffer
    });
    const raw = await context.open(
      fromBase64(record.wrappedKey).buffer,
      text(`${record.deviceId}|${record.boxId}`).buffer
    );
    const key = await webcrypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
    if (this.#boxKeys.size >= 500) this.#boxKeys.clear();
    this.#boxKeys.set(name, key);
    return key;
  }
}
