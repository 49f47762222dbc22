import { randomUUID, webcrypto } from 'node:crypto';
import { SignJWT } from 'jose';
import type { EnrollmentRequest } from '#domain/wire/requests.ts';
import { PROOF_ALGORITHM, PROOF_TYPE, type ProofClaims } from '#domain/wire/device-proof.ts';

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };

/** The key of a tablet, and the proofs it signs. */
export class TabletKey {
  deviceId = '';
  nonce = 'none';

  private constructor(
    readonly publicHalf: EnrollmentRequest['deviceKey'],
    readonly privateKey: webcrypto.CryptoKey
  ) {}

  static async make(): Promise<TabletKey> {
    const pair = await webcrypto.subtle.generateKey(CURVE, false, ['sign', 'verify']);
    const { x = '', y = '' } = await webcrypto.subtle.exportKey('jwk', pair.publicKey);
    return new TabletKey({ x, y }, pair.privateKey);
  }

  proofFor(method: string, url: string, given: Partial<ProofClaims> = {}): Promise<string> {
    const claims: ProofClaims = {
      jti: randomUUID(),
      htm: method,
      htu: url.split('?', 1)[0] ?? '',
      iat: 0,
      nonce: this.nonce,
      ...given
    };
    return new SignJWT({ ...claims })
      .setProtectedHeader({ typ: PROOF_TYPE, alg: PROOF_ALGORITHM, kid: this.deviceId })
      .sign(this.privateKey);
  }

  hear(nonce: unknown): void {
    if (typeof nonce === 'string') this.nonce = nonce;
  }
}
