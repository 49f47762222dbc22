import type { AuditHead } from '../records/audit-head.ts';
import { isConsistent, type Sha256 } from './merkle.ts';

/** What a witness of the trail says to a newer head. */
export type Testimony =
  | { readonly kind: 'continues' }
  /** the trail was cut off, rewritten, or its proof does not hold: somebody must look at it */
  | { readonly kind: 'broken'; readonly how: 'shortened' | 'rewritten' | 'wentBack' };

/**
 * Whether the head that is offered continues the one that is known. Every tablet asks this at each contact, so that the trail
 * cannot be shortened or rewritten without somebody noticing (426.5(e); CJIS AU-9). Roots and proof are bytes in hexadecimal.
 */
export function testify(
  sha256: Sha256,
  known: AuditHead | null,
  offered: AuditHead,
  proof: readonly string[]
): Testimony {
  if (known === null) return { kind: 'continues' };
  if (offered.size < known.size) return { kind: 'broken', how: 'shortened' };
  if (offered.index < known.index) return { kind: 'broken', how: 'wentBack' };
  const tree = ({ size, root }: AuditHead): { size: number; root: Uint8Array } => ({ size, root: bytesOf(root) });
  return isConsistent(sha256, tree(known), tree(offered), proof.map(bytesOf))
    ? { kind: 'continues' }
    : { kind: 'broken', how: 'rewritten' };
}

/** Bytes written in hexadecimal. */
function bytesOf(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = parseInt(hex.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}
