import { CompactSign, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { sha256Hex } from './bytes.ts';
import { secretIn } from './key-file.ts';

/** The server's ES256 key: signs what a tablet must be able to believe without a network, receipts and leases. */
export class SigningKey {
  private constructor(
    readonly publicJwk: Readonly<Record<string, string>>,
    private readonly privateKey: CryptoKey | Uint8Array
  ) {}

  static async load(path: string): Promise<SigningKey> {
    const written = await secretIn(path, async () => {
      const pair = await generateKeyPair('ES256', { extractable: true });
      return JSON.stringify(await exportJWK(pair.privateKey));
    });
    const jwk = JSON.parse(written) as JWK & { x: string; y: string };
    const kid = sha256Hex(`${jwk.x}.${jwk.y}`).slice(0, 16);
    return new SigningKey(
      { kty: 'EC', crv: 'P-256', x: jwk.x, y: jwk.y, alg: 'ES256', use: 'sig', kid },
      await importJWK(jwk, 'ES256')
    );
  }

  /** A compact JWS whose payload is `content` as JSON. */
  async sign(content: object): Promise<string> {
    return new CompactSign(new TextEncoder().encode(JSON.stringify(content)))
      .setProtectedHeader({ alg: 'ES256', kid: this.publicJwk['kid'] ?? '' })
      .sign(this.privateKey);
  }
}
