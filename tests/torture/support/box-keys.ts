import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import type { SealedRecord } from '#domain/records/sealed.ts';
import { BOX_KEY_INFO } from '#server/keys/sealing-key.ts';

/** The keys of the boxes that these records were sealed with, opened with the server's own key from its data folder. */
export async function rawBoxKeys(data: string, records: readonly SealedRecord[]): Promise<readonly Buffer[]> {
  const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
  const { privateKey } = JSON.parse(readFileSync(join(data, 'keys', 'sealing.json'), 'utf8')) as { privateKey: string };
  const recipientKey = await suite.kem.deserializePrivateKey(bytesOf(privateKey));
  const keys: Buffer[] = [];
  for (const { deviceId, boxId, encapsulated, wrappedKey } of oneABox(records)) {
    const context = await suite.createRecipientContext({
      recipientKey,
      enc: bytesOf(encapsulated),
      info: textOf(BOX_KEY_INFO)
    });
    keys.push(Buffer.from(await context.open(bytesOf(wrappedKey), textOf(`${deviceId}|${boxId}`))));
  }
  return keys;
}

const oneABox = (records: readonly SealedRecord[]): readonly SealedRecord[] => [
  ...new Map(records.map((record) => [record.boxId, record])).values()
];

const bytesOf = (base64: string): ArrayBuffer => new Uint8Array(Buffer.from(base64, 'base64')).buffer;
const textOf = (text: string): ArrayBuffer => new Uint8Array(Buffer.from(text)).buffer;
