import { createHmac, randomBytes } from 'node:crypto';
import { foldPlate } from '#domain/plate/fold.ts';
import { secretIn } from './key-file.ts';

/** Names for things that must not be named: a keyed tag is the same for the same thing and tells nothing else. */
export class Tags {
  private constructor(private readonly key: Uint8Array) {}

  static async load(path: string): Promise<Tags> {
    const written = await secretIn(path, () => Promise.resolve(randomBytes(32).toString('base64')));
    return new Tags(Buffer.from(written, 'base64'));
  }

  /** The tag of a searched plate in the audit trail (LAW 4.8): finds repeated searches without a readable plate. */
  plate(plate: string): string {
    return this.#mac('plate', foldPlate(plate)).slice(0, 32);
  }

  /** An opaque id that always follows from the same `what` and `of`: a public row cannot be traced to its period. */
  id(what: string, of: string): string {
    const hex = this.#mac(what, of);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }

  /** 256 bits that always follow from the same `what` and `of` and that nobody without the key can tell beforehand. */
  salt(what: string, of: string): string {
    return this.#mac(what, of);
  }

  #mac(what: string, of: string): string {
    return createHmac('sha256', this.key).update(`${what}\0${of}`).digest('hex');
  }
}
