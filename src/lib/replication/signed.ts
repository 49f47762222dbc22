import { compactVerify, importJWK } from 'jose';
import type { Check } from '#domain/check/check.ts';

/**
 * The payload of a compact JWS when the enrolled server signed it with ES256 and it is a proper T; null for anything else.
 * A captive portal, a stranger's server or a changed byte gives null.
 */
export async function signedPayload<T>(
  jws: unknown,
  signingKey: Readonly<Record<string, string>>,
  check: Check<T>
): Promise<T | null> {
  if (typeof jws !== 'string') return null;
  try {
    const key = await importJWK({ ...signingKey }, 'ES256');
    const { payload } = await compactVerify(jws, key, { algorithms: ['ES256'] });
    const value: unknown = JSON.parse(new TextDecoder().decode(payload));
    return check(value) === null ? (value as T) : null;
  } catch {
    return null;
  }
}
