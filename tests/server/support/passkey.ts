import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { NewPasskey, PasskeyAnswer } from '#domain/wire/requests.ts';
import { ORIGIN } from './browser.ts';

const sha256 = (content: string | Uint8Array): Buffer => createHash('sha256').update(content).digest();
const base64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** How an answer is made wrong. */
interface Wrong {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  /** without finger, face or PIN */
  readonly unverified?: true;
  readonly counter?: number;
  readonly signedBy?: Passkey;
}

/** A passkey as an authenticator has it, in software: P-256, a counter, user verification. Answers WebAuthn's challenges byte by byte. */
export class Passkey {
  readonly #private: KeyObject;
  readonly #public: { readonly x: Buffer; readonly y: Buffer };
  readonly #id = randomBytes(16);
  #counter = 0;
  #userHandle = '';

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    this.#private = privateKey;
    this.#public = { x: Buffer.from(x, 'base64url'), y: Buffer.from(y, 'base64url') };
  }

  /** Answers the options of a registration. */
  make(options: unknown, wrong: Wrong = {}): NewPasskey {
    const { challenge, user } = options as { challenge: string; user: { id: string } };
    this.#userHandle = user.id;
    const authData = Buffer.concat([
      this.#authData(0x40, wrong),
      Buffer.alloc(16),
      length(this.#id),
      this.#id,
      this.#cose()
    ]);
    return {
      ...this.#named(),
      response: {
        clientDataJSON: clientData('webauthn.create', challenge, wrong),
        attestationObject: base64Url(
          Buffer.concat([
            Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
            Buffer.from([authData.length]),
            authData
          ])
        ),
        transports: ['internal']
      }
    };
  }

  /** Answers the options of an authentication. */
  answer(options: unknown, wrong: Wrong = {}): PasskeyAnswer {
    const { challenge } = options as { challenge: string };
    const authData = this.#authData(0, wrong);
    const clientDataJSON = clientData('webauthn.get', challenge, wrong);
    const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, 'base64url'))]);
    return {
      ...this.#named(),
      response: {
        clientDataJSON,
        authenticatorData: base64Url(authData),
        signature: base64Url(sign('sha256', signed, (wrong.signedBy ?? this).#private)),
        userHandle: this.#userHandle
      }
    };
  }

  #named(): Pick<NewPasskey, 'id' | 'rawId' | 'type' | 'clientExtensionResults'> {
    const id = base64Url(this.#id);
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {} };
  }

  // Hash of the name, flags (present 1, verified 4), counter.
  #authData(flags: number, { rpId = 'localhost', unverified, counter }: Wrong): Buffer {
    this.#counter += 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter ?? this.#counter);
    return Buffer.concat([sha256(rpId), Buffer.from([flags | 1 | (unverified === true ? 0 : 4)]), count]);
  }

  // The public key in COSE: { 1: 2, 3: -7, -1: 1, -2: x, -3: y }.
  #cose(): Buffer {
    return Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      this.#public.x,
      Buffer.from('225820', 'hex'),
      this.#public.y
    ]);
  }
}

const length = (bytes: Uint8Array): Buffer => Buffer.from([bytes.length >> 8, bytes.length & 255]);

function clientData(type: string, challenge: string, wrong: Wrong): string {
  const data = { type, challenge: wrong.challenge ?? challenge, origin: wrong.origin ?? ORIGIN, crossOrigin: false };
  return base64Url(Buffer.from(JSON.stringify(data)));
}
