import { timingSafeEqual } from 'node:crypto';
import { typeableCode } from '../devices/codes.ts';
import type { Given } from '../given.ts';
import { sha256Hex } from '../keys/bytes.ts';

/** The one-time code of the setup link: new at each start, in memory as a hash only, gone when it was used. */
export class SetupCode {
  #hash: string | undefined;

  constructor(private readonly given: Given) {}

  /** Makes the code and shows it this once. */
  issue(): string {
    const code = typeableCode(this.given);
    this.#hash = sha256Hex(code);
    return code;
  }

  matches(code: string): boolean {
    return (
      this.#hash !== undefined && timingSafeEqual(Buffer.from(this.#hash), Buffer.from(sha256Hex(code.toUpperCase())))
    );
  }

  use(): void {
    this.#hash = undefined;
  }
}
