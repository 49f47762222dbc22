import type { Enforcement, Hit, Verification } from '../records/hit.ts';

export type EnforcementPermission =
  { readonly kind: 'allowed' } | { readonly kind: 'refused'; readonly reason: string };

/**
 * An outcome other than "none" may be recorded only after the alert was verified through MNJIS, NLETS or dispatch, or the
 * officer said why that was not practicable. Policy 426.3(f): verify before action based solely upon an ALPR alert.
 */
export function mayRecordEnforcement(
  hit: Pick<Hit, 'answer'>,
  verification: Verification | null,
  enforcement: Enforcement
): EnforcementPermission {
  if (enforcement.kind === 'none') return { kind: 'allowed' };
  if (hit.answer !== 'correctRead')
    return { kind: 'refused', reason: 'Compare the characters first: only a correct read can lead on.' };
  if (verification === null) return { kind: 'refused', reason: 'Verify through MNJIS, NLETS or dispatch first.' };
  if (verification.method === 'notPracticable')
    return verification.reason === undefined
      ? { kind: 'refused', reason: 'Say why verifying was not practicable.' }
      : { kind: 'allowed' };
  if (verification.result !== 'confirmed') return { kind: 'refused', reason: 'The check did not confirm the alert.' };
  return { kind: 'allowed' };
}
