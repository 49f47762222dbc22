import { CompactSign, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { sha256Hex } from './bytes.ts';
import { secretIn } from './key-file.ts';

/** ES256 for what a tablet verifies in its browser; EdDSA (Ed25519) for certificates, which anybody's tools verify. */
export type SigningAlgorithm = 'ES256' | 'EdDSA';

/**
 * A key of the server's own that signs what others must be able to believe without asking it: receipts and leases for tablets,
 * certificates of destruction for everybody.
 */
export class SigningKey {
  private constructor(
    readonly publicJwk: Readonly<Record<string, string>>,
    private readonly alg: SigningAlgorithm,
    private readonly privateKey: CryptoKey | Uint8Array
  ) {}

  static async load(path: string, alg: SigningAlgorithm): Promise<SigningKey> {
    const written = await secretIn(path, async () => {
      const pair = await generateKeyPair(alg, { extractable: true });
      return JSON.stringify(await exportJWK(pair.privateKey));
    });
    const jwk = JSON.parse(written) as JWK & { x: string; y?: string };
    return new SigningKey(publicHalf(jwk, alg), alg, await importJWK(jwk, alg));
  }

  /** A compact JWS whose payload is `content` as JSON. */
  async sign(content: object): Promise<string> {
    return new CompactSign(new TextEncoder().encode(JSON.stringify(content)))
      .setProtectedHeader({ alg: this.alg, kid: this.publicJwk['kid'] ?? '' })
      .sign(this.privateKey);
  }
}

function publicHalf(jwk: { x: string; y?: string }, alg: SigningAlgorithm): Readonly<Record<string, string>> {
  const kid = sha256Hex(jwk.y === undefined ? jwk.x : `${jwk.x}.${jwk.y}`).slice(0, 16);
  const curve = jwk.y === undefined ? { kty: 'OKP', crv: 'Ed25519' } : { kty: 'EC', crv: 'P-256', y: jwk.y };
  return { ...curve, x: jwk.x, alg, use: 'sig', kid };
}
