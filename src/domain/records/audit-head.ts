import { closed, nullable, number, oneOf, text, type Check } from '../check/check.ts';
import { instant } from '../check/common.ts';
import type { Instant } from '../time/instant.ts';
import { sha256InHex } from './audit.ts';

/**
 * What the server signs about the audit trail every ten minutes: so many entries, with this root of their tree. A tablet and
 * the public page keep heads, so that a trail that was shortened or rewritten later is found out (426.5(e); CJIS AU-9).
 */
export interface AuditHead {
  readonly kind: 'auditHead';
  readonly schema: 1;
  /** number of this head, from 1 on without a gap */
  readonly index: number;
  /** entries in the tree */
  readonly size: number;
  /** root of their RFC 9162 tree in hexadecimal */
  readonly root: string;
  readonly at: Instant;
  /** SHA-256 of the signed head before this one in hexadecimal; null for the first */
  readonly previous: string | null;
}

export const checkAuditHead: Check<AuditHead> = closed<AuditHead>({
  kind: oneOf('auditHead'),
  schema: oneOf(1),
  index: number({ min: 1, max: 1e9, integer: true }),
  size: number({ min: 0, max: 1e12, integer: true }),
  root: sha256InHex,
  at: instant,
  previous: nullable(sha256InHex)
});

/** A head as the server keeps and shows it: the compact JWS, and what is in it in clear. */
export interface SignedAuditHead {
  /** `head:<10-digit index>` */
  readonly _id: string;
  readonly kind: 'signedAuditHead';
  readonly schema: 1;
  readonly head: AuditHead;
  readonly jws: string;
}

export function headId(index: number): string {
  return `head:${`000000000${index}`.slice(-10)}`;
}

/** A compact JWS. */
export const compactJws: Check<string> = text({
  max: 2000,
  pattern: /^[\w-]+\.[\w-]+\.[\w-]+$/,
  what: 'a signed head'
});

export const checkSignedAuditHead: Check<SignedAuditHead> = closed<SignedAuditHead>({
  _id: text({ min: 15, max: 15, pattern: /^head:\d+$/, what: 'the id of a head' }),
  kind: oneOf('signedAuditHead'),
  schema: oneOf(1),
  head: checkAuditHead,
  jws: compactJws
});
