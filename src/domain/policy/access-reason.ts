import { closed, oneOf, text, type Check } from '../check/check.ts';
import { caseNumber } from '../check/common.ts';

/** What a look at stored reads may be for. Civil and administrative purposes are off: the statute governs (LAW A10). */
export const ACCESS_PURPOSES = [
  'criminalInvestigation',
  'missingPerson',
  'stolenVehicleRecovery',
  'warrantService'
] as const;
export type AccessPurpose = (typeof ACCESS_PURPOSES)[number];

export interface AccessReason {
  readonly purpose: AccessPurpose;
  readonly caseNumber: string;
  /** the facts that make the data pertinent to an active criminal investigation */
  readonly factualBasis: string;
}

export const checkAccessReason: Check<AccessReason> = closed<AccessReason>({
  purpose: oneOf(...ACCESS_PURPOSES),
  caseNumber,
  factualBasis: text({ max: 500 })
});

const MIN_BASIS_LETTERS = 15;
/** What people type when they do not want to say why. */
const EMPTY_WORDS =
  /^(inv|invest|investigation|sus|susp|suspicious|suspect|check|test|asdf|per case|see case|see report|police|le|na|n\/a|none|\W)+$/i;

export type AccessReasonOutcome =
  | { readonly kind: 'accepted'; readonly reason: AccessReason }
  | {
      readonly kind: 'refused';
      readonly code: 'reasonMissing' | 'caseNumberMissing' | 'basisTooVague';
      readonly sentence: string;
    };

/**
 * Each look at stored data rests on a stated purpose, a case number and a factual basis that says something.
 * Policy 426.5(b); Minn. Stat. 13.824 subd. 7(b).
 */
export function accessReason(given: unknown): AccessReasonOutcome {
  const refuse = (
    code: Extract<AccessReasonOutcome, { kind: 'refused' }>['code'],
    sentence: string
  ): AccessReasonOutcome => ({
    kind: 'refused',
    code,
    sentence
  });
  const found = checkAccessReason(given);
  if (found !== null)
    return found.path === 'caseNumber'
      ? refuse('caseNumberMissing', 'Give the case number this look belongs to.')
      : refuse('reasonMissing', 'State the purpose, the case number and the factual basis.');
  const reason = given as AccessReason;
  const basis = reason.factualBasis.trim();
  if (
    basis.replace(/[^A-Za-z]/g, '').length < MIN_BASIS_LETTERS ||
    EMPTY_WORDS.test(basis) ||
    basis.split(/\s+/).length < 3
  )
    return refuse('basisTooVague', 'Say in a sentence which facts make this data pertinent to the investigation.');
  return { kind: 'accepted', reason };
}
