import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { checkProofClaims, PROOF_ALGORITHM, PROOF_TYPE, type ProofClaims } from '#domain/wire/device-proof.ts';
import { MINUTE_MS, msOf } from '#domain/time/instant.ts';
import type { Device } from '#domain/records/agency.ts';
import type { Given } from '../given.ts';
import { toBase64Url } from '../keys/bytes.ts';

/** A nonce is replaced after this long and accepted for as long again. */
const NONCE_LIFE_MS = 2 * MINUTE_MS;

/** The proof that came with a request, and the request it came with. */
export interface GivenProof {
  readonly proof: string | undefined;
  readonly method: string;
  /** origin and path */
  readonly address: string;
}

export type Proven =
  /** `newNonce`: to be told, because the one that was used is the older one */
  | { readonly kind: 'proven'; readonly device: Device; readonly newNonce: string | null }
  /** the tablet is ours, but the proof was used before or is not of now: it may ask again with this nonce */
  | { readonly kind: 'notFresh'; readonly newNonce: string }
  | { readonly kind: 'unproven' };

interface Round {
  readonly nonce: string;
  readonly begunAtMs: number;
  /** what was used with this nonce: remembered for as long as the nonce is accepted */
  readonly used: Set<string>;
}

/**
 * Proofs of tablets (RFC 9449): signed by the enrolled key, for this very request, with a nonce of the last minutes, and never seen before.
 * Nonces are in memory alone, so that a proof of before a restart is as old as any other.
 */
export class Proofs {
  #now: Round | undefined;
  #before: Round | undefined;

  constructor(
    private readonly given: Given,
    private readonly deviceOf: (id: string) => Device | undefined
  ) {}

  async check({ proof, method, address }: GivenProof): Promise<Proven> {
    const device = proof === undefined ? undefined : this.deviceOf(namedIn(proof));
    if (proof === undefined || device?.signingKey === undefined || device.revokedAt !== null)
      return { kind: 'unproven' };
    const claims = await claimsIn(proof, device.signingKey);
    if (claims?.htm !== method || claims.htu !== address) return { kind: 'unproven' };
    const now = this.#round();
    const round = [now, this.#before].find((one) => one?.nonce === claims.nonce);
    const id = `${device._id} ${claims.jti}`;
    if (round === undefined || round.used.has(id)) return { kind: 'notFresh', newNonce: now.nonce };
    round.used.add(id);
    return { kind: 'proven', device, newNonce: round === now ? null : now.nonce };
  }

  #round(): Round {
    const nowMs = msOf(this.given.now());
    const ageMs = this.#now === undefined ? Infinity : nowMs - this.#now.begunAtMs;
    if (this.#now !== undefined && ageMs < NONCE_LIFE_MS) return this.#now;
    this.#before = ageMs < 2 * NONCE_LIFE_MS ? this.#now : undefined;
    this.#now = { nonce: toBase64Url(this.given.randomBytes(16)), begunAtMs: nowMs, used: new Set() };
    return this.#now;
  }
}

function namedIn(proof: string): string {
  try {
    return decodeProtectedHeader(proof).kid ?? '';
  } catch {
    return '';
  }
}

async function claimsIn(proof: string, { x, y }: NonNullable<Device['signingKey']>): Promise<ProofClaims | undefined> {
  try {
    const key = await importJWK({ kty: 'EC', crv: 'P-256', x, y }, PROOF_ALGORITHM);
    const { payload } = await jwtVerify(proof, key, { algorithms: [PROOF_ALGORITHM], typ: PROOF_TYPE });
    return checkProofClaims(payload) === null ? (payload as unknown as ProofClaims) : undefined;
  } catch {
    return undefined;
  }
}
