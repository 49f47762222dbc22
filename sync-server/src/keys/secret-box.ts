import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { fromBase64, toBase64 } from './bytes.ts';
import { secretIn } from './key-file.ts';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** What is sealed is filled up to whole blocks of this size, so that its length says little. */
const BLOCK_BYTES = 64 * 1024;

/** Seals what the server alone reads again, with a key of its own (AES-256-GCM, a fresh nonce each time). */
export class SecretBox {
  private constructor(private readonly key: Uint8Array) {}

  static async load(path: string): Promise<SecretBox> {
    const written = await secretIn(path, () => Promise.resolve(randomBytes(32).toString('base64')));
    return new SecretBox(fromBase64(written));
  }

  seal(content: object, context: string): { readonly iv: string; readonly body: string } {
    const json = JSON.stringify(content);
    const padded = json.padEnd(Math.ceil((json.length + 1) / BLOCK_BYTES) * BLOCK_BYTES, ' ');
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, iv).setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(padded, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return { iv: toBase64(iv), body: toBase64(body) };
  }

  /** Throws when it was changed, moved, or sealed with another key: what depends on it must not go on without it. */
  open(sealed: { readonly iv: string; readonly body: string }, context: string): unknown {
    const bytes = Buffer.from(sealed.body, 'base64');
    const decipher = createDecipheriv(ALGORITHM, this.key, fromBase64(sealed.iv), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-TAG_BYTES));
    const opened = Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
    return JSON.parse(opened.toString('utf8'));
  }
}
