/**
 * How a tablet proves to the server which tablet it is: with each request a proof of RFC 9449 (DPoP), signed by the key that it
 * made at its enrollment. The key itself is what the server knows, so there is no token that could be copied. Decision 25.
 */
import { closed, number, text, type Check } from '../check/check.ts';

export const PROOF_HEADER = 'dpop';
/** The server's word to use in the next proof: it says how old a proof may be, whatever the tablet's clock says. */
export const NONCE_HEADER = 'dpop-nonce';
export const PROOF_TYPE = 'dpop+jwt';
export const PROOF_ALGORITHM = 'ES256';

export interface ProofClaims {
  /** counts once */
  readonly jti: string;
  /** method and address of the one request it is for; the address without its query */
  readonly htm: string;
  readonly htu: string;
  /** seconds by the tablet's clock; nothing is judged by it */
  readonly iat: number;
  readonly nonce: string;
}

const word: Check<string> = text({ min: 1, max: 64, pattern: /^[A-Za-z0-9_-]+$/, what: 'an opaque word' });

export const checkProofClaims: Check<ProofClaims> = closed<ProofClaims>({
  jti: word,
  htm: text({ min: 1, max: 10 }),
  htu: text({ min: 1, max: 500 }),
  iat: number({ min: -1e12, max: 1e12 }),
  nonce: word
});
