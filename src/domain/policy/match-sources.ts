import type { HotlistSource } from '../records/hotlist.ts';
import { checkHotlistSource } from '../records/hotlist.ts';

export type SourceAdmission =
  | { readonly kind: 'mayMatch' }
  | { readonly kind: 'refused'; readonly code: 'unknownSource' | 'caseNumberMissing'; readonly reason: string };

/**
 * What reads may be matched against: the Minnesota license plate data file, or an agency entry that relates to an active
 * criminal investigation and says which. Any other kind of source is refused. Policy 426.3.1(b); 13.824 subd. 2(c).
 */
export function mayMatchAgainst(source: unknown): SourceAdmission {
  if (checkHotlistSource(source) !== null)
    return {
      kind: 'refused',
      code: 'unknownSource',
      reason: 'reads may be matched with the Minnesota license plate data file only'
    };
  const known = source as HotlistSource;
  if (known.kind === 'agencyInvestigative' && known.caseNumber === undefined)
    return {
      kind: 'refused',
      code: 'caseNumberMissing',
      reason: 'an agency entry needs the case number of its active investigation'
    };
  return { kind: 'mayMatch' };
}
