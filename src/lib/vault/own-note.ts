/**
 * Notes that an officer alone can open on this tablet: what is personal and must lie on the disk. Like boxes they are sealed for the
 * public half of the officer's own key, so that a locked tablet can write them (decisions 11 and 26).
 */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { closed, text, type Check } from '#domain/check/check.ts';
import { base64 } from '#domain/check/common.ts';
import { fromBase64, toBase64 } from './base64.ts';

const NOTE_INFO = 'platekeeper own note v1';
const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const bytes = (written: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(written);

export interface OwnNote {
  readonly encapsulated: string;
  readonly body: string;
}

export const checkOwnNote: Check<OwnNote> = closed<OwnNote>({
  encapsulated: base64(200),
  body: text({ min: 20, max: 2_000_000, pattern: /^[A-Za-z0-9+/]*={0,2}$/, what: 'base64' })
});

/** Seals a note for an officer; `about` says what it is, and no note opens as another one. */
export async function sealNote(
  officer: { readonly memberId: string; readonly publicKey: string },
  about: string,
  content: unknown
): Promise<OwnNote> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64(officer.publicKey).buffer);
  const sealed = await suite.seal(
    { recipientPublicKey, info: bytes(NOTE_INFO).buffer },
    bytes(JSON.stringify(content)).buffer,
    bytes(`${officer.memberId}|${about}`).buffer
  );
  return { encapsulated: toBase64(new Uint8Array(sealed.enc)), body: toBase64(new Uint8Array(sealed.ct)) };
}

/** What a note says; null: it is another officer's, about something else, or it was changed. */
export async function openNote(
  note: OwnNote,
  officer: { readonly memberId: string; readonly key: CryptoKey },
  about: string
): Promise<unknown> {
  try {
    const opened = await suite.open(
      {
        recipientKey: officer.key,
        enc: fromBase64(note.encapsulated).buffer,
        info: bytes(NOTE_INFO).buffer
      },
      fromBase64(note.body).buffer,
      bytes(`${officer.memberId}|${about}`).buffer
    );
    return JSON.parse(new TextDecoder().decode(opened));
  } catch {
    return null;
  }
}
