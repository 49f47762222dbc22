/** Passkeys in this browser (WebAuthn). What a passkey tells beyond its signature - its PRF secret - never leaves the tablet. */
import type { PasskeyChallenge } from '#domain/wire/answers.ts';
import type { NewPasskey, PasskeyAnswer } from '#domain/wire/requests.ts';

type Options = PasskeyChallenge['options'];

/** What a passkey answered, and the secret it keeps for this app; null where it keeps none. */
export interface PasskeySigned {
  readonly answer: PasskeyAnswer;
  readonly secret: Uint8Array<ArrayBuffer> | null;
}

/** The same for everybody: a passkey mixes it with a secret of its own, and each tablet adds a salt. */
const SECRET_FOR = new TextEncoder().encode('platekeeper officer key v1');

/** Whether passkeys can work here: a browser that has them, at a name; an address in numbers has none (WebAuthn). */
export function canUsePasskeys(): boolean {
  return 'PublicKeyCredential' in globalThis && !/^[\d.]+$|^\[/.test(location.hostname);
}

/** Makes a passkey; null: the person left it, or it is here already. */
export async function makePasskey(options: Options): Promise<NewPasskey | null> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  try {
    const made = await startRegistration({
      // Its secret is asked for at sign-in; here it is only prepared.
      optionsJSON: { ...options, extensions: { prf: {} } } as never
    });
    const { clientDataJSON, attestationObject } = made.response;
    return { ...named(made), response: { clientDataJSON, attestationObject } };
  } catch {
    return null;
  }
}

/** Asks a passkey to sign; null: the person left it, or has none for this server. */
export async function askPasskey(options: Options): Promise<PasskeySigned | null> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  try {
    const signed = await startAuthentication({
      optionsJSON: { ...options, extensions: { prf: { eval: { first: SECRET_FOR } } } }
    });
    const { clientDataJSON, authenticatorData, signature, userHandle } = signed.response;
    const { prf } = signed.clientExtensionResults as {
      readonly prf?: { readonly results?: { readonly first?: BufferSource } };
    };
    return {
      answer: {
        ...named(signed),
        response: { clientDataJSON, authenticatorData, signature, ...(userHandle !== undefined && { userHandle }) }
      },
      secret: prf?.results?.first === undefined ? null : bytesOf(prf.results.first)
    };
  } catch {
    return null;
  }
}

/** The same without a server: what is signed proves nothing, the secret opens the officer's key. */
export async function askPasskeyHere(credentialIds: readonly string[]): Promise<PasskeySigned | null> {
  const { bufferToBase64URLString } = await import('@simplewebauthn/browser');
  return askPasskey({
    challenge: bufferToBase64URLString(crypto.getRandomValues(new Uint8Array(32)).buffer),
    rpId: location.hostname,
    userVerification: 'required',
    allowCredentials: credentialIds.map((id) => ({ id, type: 'public-key' }))
  });
}

const named = ({ id, rawId }: { readonly id: string; readonly rawId: string }): Omit<NewPasskey, 'response'> => ({
  id,
  rawId,
  type: 'public-key',
  clientExtensionResults: {}
});

const bytesOf = (source: BufferSource): Uint8Array<ArrayBuffer> =>
  ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice()
    : new Uint8Array(source.slice(0));
