import { MOST_ENTRY_DAYS } from '../records/agency-entry.ts';
import { checkHotlistSource, type HotlistEntry, type HotlistSource } from '../records/hotlist.ts';
import { DAY_MS, msOf, type Instant } from '../time/instant.ts';

export type SourceAdmission =
  { readonly kind: 'mayMatch' } | { readonly kind: 'refused'; readonly code: 'unknownSource'; readonly reason: string };

export type EntryAdmission =
  | { readonly kind: 'mayMatch' }
  | {
      readonly kind: 'refused';
      readonly code: 'expired' | 'caseNumberMissing' | 'notApproved' | 'selfApproval' | 'livesTooLong';
      readonly reason: string;
    };

/**
 * What reads may be matched against: the Minnesota license plate data file, or own entries of active criminal investigations, each of which
 * says which (rule mayMatchEntry). Any other kind of source is refused. Policy 426.3.1(b); 13.824 subd. 2(c).
 */
export function mayMatchAgainst(source: unknown): SourceAdmission {
  if (checkHotlistSource(source) !== null)
    return {
      kind: 'refused',
      code: 'unknownSource',
      reason: 'reads may be matched with the Minnesota license plate data file or an active investigation only'
    };
  return { kind: 'mayMatch' };
}

/**
 * Whether an entry may be matched at `now`: it has not expired; and an own entry of the department names its active criminal investigation,
 * was approved by somebody other than its author, and lives 30 days at most. Policy 426.3.1(b)(c); LAW 2.1.
 */
export function mayMatchEntry(entry: HotlistEntry, source: Pick<HotlistSource, 'kind'>, now: Instant): EntryAdmission {
  const refuse = (code: Extract<EntryAdmission, { kind: 'refused' }>['code'], reason: string): EntryAdmission => ({
    kind: 'refused',
    code,
    reason
  });
  if (entry.expiresAt !== null && msOf(entry.expiresAt) <= msOf(now)) return refuse('expired', 'the entry has expired');
  if (source.kind !== 'agencyInvestigative') return { kind: 'mayMatch' };
  const { caseNumber, approval, expiresAt } = entry;
  if (caseNumber === undefined)
    return refuse('caseNumberMissing', 'an agency entry needs the case number of its active investigation');
  if (approval === undefined) return refuse('notApproved', 'an agency entry needs an approver');
  if (approval.author === approval.approver)
    return refuse('selfApproval', 'somebody other than its author approves an entry');
  if (expiresAt === null || msOf(expiresAt) - msOf(approval.at) > MOST_ENTRY_DAYS * DAY_MS)
    return refuse('livesTooLong', 'an agency entry lives 30 days at most');
  return { kind: 'mayMatch' };
}

/** The same as yes or no, for matching. */
export const isLive = (entry: HotlistEntry, source: Pick<HotlistSource, 'kind'>, now: Instant): boolean =>
  mayMatchEntry(entry, source, now).kind === 'mayMatch';
