import { SignJWT } from 'jose';
import {
  NONCE_HEADER,
  PROOF_ALGORITHM,
  PROOF_HEADER,
  PROOF_TYPE,
  type ProofClaims
} from '#domain/wire/device-proof.ts';

/** What an enrolled tablet is known by. */
export interface DeviceIdentity {
  readonly deviceId: string;
  /** signs, and cannot be taken out of the browser's key store */
  readonly deviceKey: CryptoKey;
}

// Before the server's first word any will do: it answers with the one of now.
let nonce = 'none';

/**
 * fetch as the enrolled tablet: each request carries a proof of its key for this request alone (RFC 9449). A server that finds the
 * nonce too old says the one of now and has done nothing; it is asked once more.
 */
export async function fetchAs(identity: DeviceIdentity, address: URL, options: RequestInit): Promise<Response> {
  const answer = await fetchOnce(identity, address, options);
  return answer.status === 401 && answer.headers.has(NONCE_HEADER) ? fetchOnce(identity, address, options) : answer;
}

async function fetchOnce(identity: DeviceIdentity, address: URL, options: RequestInit): Promise<Response> {
  const headers = new Headers(options.headers);
  headers.set(PROOF_HEADER, await proofFor(identity, options.method ?? 'GET', address));
  const answer = await fetch(address, { ...options, headers });
  nonce = answer.headers.get(NONCE_HEADER) ?? nonce;
  return answer;
}

function proofFor({ deviceId, deviceKey }: DeviceIdentity, method: string, address: URL): Promise<string> {
  const claims: ProofClaims = {
    jti: crypto.randomUUID(),
    htm: method,
    htu: address.origin + address.pathname,
    iat: Math.floor(Date.now() / 1000),
    nonce
  };
  return new SignJWT({ ...claims })
    .setProtectedHeader({ typ: PROOF_TYPE, alg: PROOF_ALGORITHM, kid: deviceId })
    .sign(deviceKey);
}
