import { join } from 'node:path';
import { SealingKey } from './sealing-key.ts';
import { SigningKey } from './signing-key.ts';
import { Tags } from './tags.ts';

/** The server's own secrets, made at the first start. */
export interface Keys {
  readonly sealing: SealingKey;
  /** opens what tablets write into their own audit trail */
  readonly audit: SealingKey;
  readonly signing: SigningKey;
  /** signs certificates of destruction, and nothing else */
  readonly certificates: SigningKey;
  readonly tags: Tags;
  /** what the secrets of authenticator apps and the hashes of recovery codes follow from */
  readonly factors: Tags;
}

export async function loadKeys(folder: string): Promise<Keys> {
  return {
    sealing: await SealingKey.load(join(folder, 'sealing.json')),
    audit: await SealingKey.load(join(folder, 'audit-sealing.json')),
    signing: await SigningKey.load(join(folder, 'signing.json'), 'ES256'),
    certificates: await SigningKey.load(join(folder, 'certificates.json'), 'EdDSA'),
    tags: await Tags.load(join(folder, 'audit-hmac.key')),
    factors: await Tags.load(join(folder, 'factors.key'))
  };
}
