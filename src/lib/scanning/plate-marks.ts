import { foldPlate } from '#domain/plate/fold.ts';

/**
 * Tells plates of one period apart without holding any: each becomes a mark under a key that lives in this object alone and
 * cannot be taken out of it. So the log can count different plates on a tablet that is locked (LAW 4.4; 426.4.1(b)).
 */
export class PlateMarks {
  readonly #key = crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);

  /** The same for every way of writing a plate in which O and zero are one. */
  async of(plate: string): Promise<string> {
    const mark = await crypto.subtle.sign('HMAC', await this.#key, new TextEncoder().encode(foldPlate(plate)));
    return [...new Uint8Array(mark.slice(0, 16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }
}
