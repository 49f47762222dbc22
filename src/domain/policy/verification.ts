import { EYE_CHECKS, type Enforcement, type EyeCheck, type Hit, type Verification } from '../records/hit.ts';

export type EnforcementPermission =
  | { readonly kind: 'allowed' }
  | {
      readonly kind: 'refused';
      readonly code: 'notCompared' | 'notVerified' | 'notConfirmed' | 'reasonMissing' | 'differs' | 'icrMissing';
      readonly reason: string;
    };

const DIFFERS: Readonly<Record<EyeCheck, string>> = {
  characters: 'The characters differ: this is not the plate of the list.',
  state: 'The state differs: this is not the plate of the list.',
  vehicle: 'The vehicle differs from the list: do not stop it for this lead.',
  driver: 'The list speaks of the owner, and this driver is not the owner.'
};

/**
 * An outcome other than "none" may be recorded only after the characters, the state, the vehicle and the driver were compared and none
 * differs, and the alert was verified through MNJIS, NLETS or dispatch, or the officer said why that was not practicable. Policy 426.3(f):
 * verify before action based solely upon an ALPR alert; LAW section 8: what each step would have prevented.
 */
export function mayRecordEnforcement(
  hit: Pick<Hit, 'answer' | 'checks'>,
  verification: Verification | null,
  enforcement: Enforcement
): EnforcementPermission {
  const refuse = (
    code: Extract<EnforcementPermission, { kind: 'refused' }>['code'],
    reason: string
  ): EnforcementPermission => ({ kind: 'refused', code, reason });
  if (enforcement.kind === 'none') return { kind: 'allowed' };
  const { answer, checks } = hit;
  if (answer !== 'correctRead')
    return refuse('notCompared', 'Compare the characters first: only a correct read can lead on.');
  if (checks === undefined || checks === null)
    return refuse('notCompared', 'Compare characters, state, vehicle and driver first.');
  for (const check of EYE_CHECKS) if (checks[check] === 'no') return refuse('differs', DIFFERS[check]);
  // A blurred plate cannot be confirmed by eye: nobody acts on what nobody could read.
  if (checks.characters !== 'yes') return refuse('notCompared', 'Read the plate with your own eyes first.');
  if (verification === null) return refuse('notVerified', 'Verify through MNJIS, NLETS or dispatch first.');
  if (verification.method === 'notPracticable')
    return verification.reason === undefined
      ? refuse('reasonMissing', 'Say why verifying was not practicable.')
      : { kind: 'allowed' };
  if (verification.result !== 'confirmed') return refuse('notConfirmed', 'The check did not confirm the alert.');
  return { kind: 'allowed' };
}

export type HitAdmission =
  { readonly kind: 'lawful' } | { readonly kind: 'refused'; readonly code: string; readonly reason: string };

/**
 * Whether a hit may be kept as it is: what it says was done must have been allowed (rule mayRecordEnforcement), and an arrest or citation
 * names its report, where it must say that an ALPR was used (13.82 subd. 2). The judge's word on what a tablet sends; 426.3(f).
 */
export function hitAdmission(hit: Hit): HitAdmission {
  if (hit.enforcement === null) return { kind: 'lawful' };
  const permission = mayRecordEnforcement(hit, hit.verification, hit.enforcement);
  if (permission.kind === 'refused') return { kind: 'refused', code: 'notVerified', reason: permission.reason };
  return { kind: 'lawful' };
}
