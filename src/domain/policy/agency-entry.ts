import type { AgencyEntry, TrackingAuthority } from '../records/agency-entry.ts';
import { ENTRY_DAYS, MOST_ENTRY_DAYS } from '../records/agency-entry.ts';
import { DAY_MS, HOUR_MS, instantOf, msOf, type Instant } from '../time/instant.ts';

/** Exigent circumstances do not last: after a day there has been time to ask a judge (LAW 2.1). */
export const EXIGENCY_HOURS = 24;

export type EntryStep =
  | { readonly kind: 'lawful' }
  | {
      readonly kind: 'refused';
      readonly code:
        | 'notTheAuthor'
        | 'selfApproval'
        | 'entryDecided'
        | 'immutable'
        | 'trackingNeedsAuthority'
        | 'exigencyTooLong'
        | 'expired';
      readonly reason: string;
    };

const refuse = (code: Extract<EntryStep, { kind: 'refused' }>['code'], reason: string): EntryStep => ({
  kind: 'refused',
  code,
  reason
});

/**
 * Whether `after` is a lawful next step of an agency entry, taken by `who`: its author proposes it with the ground in writing, somebody else
 * approves it, anybody who may ends it; nothing that was said is changed. An entry that looks for a person needs a warrant or exigent
 * circumstances of a day at most. Policy 426.3.1(b)(c); 13.824 subd. 2(c)(d).
 */
export function nextEntryStep(before: AgencyEntry | null, after: AgencyEntry, who: string): EntryStep {
  if (before === null) return proposed(after, who);
  if (!sameWords(before, after)) return refuse('immutable', 'what an entry said is never changed');
  if (before.ended !== null) return refuse('entryDecided', 'this entry has ended');
  if (before.decision === null) return decided(after, who);
  if (JSON.stringify(before.decision) !== JSON.stringify(after.decision) || before.decision.kind === 'declined')
    return refuse('entryDecided', 'this entry was decided already');
  return after.ended?.by === who ? { kind: 'lawful' } : refuse('notTheAuthor', 'who ends an entry signs for it');
}

function proposed(after: AgencyEntry, who: string): EntryStep {
  if (after.proposed.by !== who) return refuse('notTheAuthor', 'an entry names the person who proposes it');
  if (after.decision !== null || after.ended !== null) return refuse('entryDecided', 'an entry begins as a proposal');
  const { tracking } = after;
  if (after.looksFor === 'person' && tracking === null)
    return refuse('trackingNeedsAuthority', 'following a person needs a warrant or exigent circumstances');
  const failure = tracking === null ? null : authorityFailure(tracking, after.proposed.at);
  if (failure === 'expired') return refuse(failure, 'the warrant or exigency is over');
  if (failure === 'exigencyTooLong')
    return refuse(failure, 'exigent circumstances last a day at most; ask for a warrant');
  return { kind: 'lawful' };
}

function decided(after: AgencyEntry, who: string): EntryStep {
  if (after.decision === null || after.ended !== null)
    return refuse('entryDecided', 'an entry is approved or declined first');
  if (after.decision.by !== who) return refuse('notTheAuthor', 'who decides signs the decision');
  // Declining one's own proposal harms nobody; approving it is what the second pair of eyes is for.
  if (after.decision.kind === 'approved' && after.proposed.by === who)
    return refuse('selfApproval', 'somebody other than its author approves an entry');
  if (after.decision.kind === 'approved' && msOf(entryEnd(after)) <= msOf(after.decision.at))
    return refuse('expired', 'the warrant or exigency is over');
  return { kind: 'lawful' };
}

/** Why a warrant or exigency stated at `from` allows nobody to be followed; null: it does. Policy 426.3.1(c); 13.824 subd. 2(d). */
export function authorityFailure(authority: TrackingAuthority, from: Instant): 'expired' | 'exigencyTooLong' | null {
  if (msOf(authority.until) <= msOf(from)) return 'expired';
  const isTooLong = authority.kind === 'exigency' && msOf(authority.until) - msOf(from) > EXIGENCY_HOURS * HOUR_MS;
  return isTooLong ? 'exigencyTooLong' : null;
}

/** When an entry stops to match: its days after the approval, and never after its warrant or exigency. */
export function entryEnd(entry: Pick<AgencyEntry, 'days' | 'tracking' | 'decision' | 'proposed'>): Instant {
  const from = entry.decision === null ? entry.proposed.at : entry.decision.at;
  const days = Math.min(MOST_ENTRY_DAYS, entry.days > 0 ? entry.days : ENTRY_DAYS);
  const ends = msOf(from) + days * DAY_MS;
  return instantOf(entry.tracking === null ? ends : Math.min(ends, msOf(entry.tracking.until)));
}

/** Whether reads may be matched with the entry at `now`: approved by somebody else, not ended, not expired. */
export function isEntryInForce(entry: AgencyEntry, now: Instant): boolean {
  return (
    entry.decision !== null &&
    entry.decision.kind === 'approved' &&
    entry.decision.by !== entry.proposed.by &&
    entry.ended === null &&
    msOf(entryEnd(entry)) > msOf(now)
  );
}

function sameWords(before: AgencyEntry, after: AgencyEntry): boolean {
  const said = (entry: AgencyEntry): string => {
    const { decision: _decision, ended: _ended, ...words } = entry;
    return JSON.stringify(Object.entries(words).sort((a, b) => (a[0] < b[0] ? -1 : 1)));
  };
  return said(before) === said(after);
}
