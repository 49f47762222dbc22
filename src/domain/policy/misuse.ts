import type { AuditEntry } from '../records/audit.ts';
import { DAY_MS, HOUR_MS, localDateOf, msOf } from '../time/instant.ts';

/** What a sign-in says when the same member has another session under way. */
export const ANOTHER_SESSION = 'anotherSessionOpen';

export type Suspicion =
  | 'samePlateOnSeveralDays'
  | 'manySearchesInADay'
  | 'sameReasonForManyPlates'
  | 'vagueReasons'
  | 'atAnUnusualHour'
  | 'twoTabletsAtOnce'
  | 'twoSessionsAtOnce'
  | 'tabletTrailBroken';

/** Something in the trail that a person should look at; a lead, not a finding of misuse. */
export interface ReviewLead {
  readonly suspicion: Suspicion;
  /** the member it is about, or the tablet */
  readonly subjectId: string;
  /** the member's name as the trail has it; of a tablet, which the trail does not name, empty */
  readonly subjectName: string;
  /** the entries it rests on, the oldest first */
  readonly entryIds: readonly string[];
}

// Chosen from what audits and news found: one plate searched 69 times, 164 searches by one chief (LAW 8).
const SAME_PLATE_DAYS = 3;
const MANY_SEARCHES = 40;
const SAME_REASON_PLATES = 5;
const VAGUE_REASONS = 3;
const USUAL_LOOKS = 20;
const USUAL_HOURS_AROUND = 2;
const TWO_TABLETS_WITHIN_MS = HOUR_MS / 2;

/**
 * What the weekly review should look at in a stretch of the trail (13.824 subd. 7(c); CJIS AU-6; 426.5(f)): who searched the same plate
 * on several days, searched very often, gave one reason for many plates or was refused for vague ones, looked at an hour they never
 * work, or used two tablets or two sessions at once; and every tablet whose own trail does not continue what it sent before. `entries`
 * in their order; local time by `utcOffsetMinutes`.
 */
export function reviewLeads(entries: readonly AuditEntry[], utcOffsetMinutes: number): ReviewLead[] {
  const byMember = grouped(
    entries.filter(({ actorName }) => actorName !== undefined),
    ({ actor }) => actor.id
  );
  const leads: ReviewLead[] = [];
  byMember.forEach((own, subjectId) => {
    const subjectName = own[own.length - 1]?.actorName ?? '';
    const lead = (suspicion: Suspicion, found: readonly AuditEntry[]): void => {
      if (found.length > 0) leads.push({ suspicion, subjectId, subjectName, entryIds: found.map(({ _id }) => _id) });
    };
    const looks = own.filter(({ action, outcome }) => action === 'searchReads' && outcome === 'ok');
    const dateOf = (entry: AuditEntry): string => localDateOf(entry.at, utcOffsetMinutes);
    grouped(
      looks.filter(({ plateTag }) => plateTag !== undefined),
      ({ plateTag }) => plateTag ?? ''
    ).forEach((ofOnePlate) => {
      if (new Set(ofOnePlate.map(dateOf)).size >= SAME_PLATE_DAYS) lead('samePlateOnSeveralDays', ofOnePlate);
    });
    grouped(looks, dateOf).forEach((ofOneDay) => {
      if (ofOneDay.length >= MANY_SEARCHES) lead('manySearchesInADay', ofOneDay);
    });
    grouped(looks, ({ factualBasis }) => plain(factualBasis)).forEach((ofOneReason, reason) => {
      const plates = new Set(ofOneReason.map(({ plateTag }) => plateTag));
      if (reason !== '' && plates.size >= SAME_REASON_PLATES) lead('sameReasonForManyPlates', ofOneReason);
    });
    const vague = own.filter(({ note, outcome }) => outcome === 'denied' && note === 'basisTooVague');
    if (vague.length >= VAGUE_REASONS) lead('vagueReasons', vague);
    lead('atAnUnusualHour', atUnusualHours(looks, utcOffsetMinutes));
    lead('twoTabletsAtOnce', onTwoTablets(own));
    lead(
      'twoSessionsAtOnce',
      own.filter(({ action, note }) => action === 'signIn' && note === ANOTHER_SESSION)
    );
  });
  grouped(
    entries.filter(({ action }) => action === 'tabletChainBroken'),
    ({ object }) => object?.id ?? ''
  ).forEach((breaks, subjectId) => {
    leads.push({ suspicion: 'tabletTrailBroken', subjectId, subjectName: '', entryIds: breaks.map(({ _id }) => _id) });
  });
  return leads;
}

// Only of a member with enough looks to know their hours, and never more than a few: else it is a shift that changed.
function atUnusualHours(looks: readonly AuditEntry[], utcOffsetMinutes: number): readonly AuditEntry[] {
  if (looks.length < USUAL_LOOKS) return [];
  const hourOf = ({ at }: AuditEntry): number => new Date(msOf(at) + utcOffsetMinutes * 60_000).getUTCHours();
  const apart = (a: number, b: number): number => Math.min(Math.abs(a - b), 24 - Math.abs(a - b));
  const lonely = looks.filter((look) => {
    const near = looks.filter((other) => apart(hourOf(look), hourOf(other)) <= USUAL_HOURS_AROUND);
    return near.length <= looks.length / 20;
  });
  return lonely;
}

function onTwoTablets(own: readonly AuditEntry[]): readonly AuditEntry[] {
  const leases = own.filter(({ action, outcome }) => action === 'issueLease' && outcome === 'ok');
  return leases.filter((lease) =>
    leases.some(
      (other) =>
        other.object?.id !== lease.object?.id && Math.abs(msOf(other.at) - msOf(lease.at)) <= TWO_TABLETS_WITHIN_MS
    )
  );
}

function grouped(entries: readonly AuditEntry[], by: (entry: AuditEntry) => string): Map<string, AuditEntry[]> {
  const groups = new Map<string, AuditEntry[]>();
  for (const entry of entries) {
    const key = by(entry);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return groups;
}

const plain = (text: string | undefined): string =>
  (text ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

const REVIEW_WINDOW_MS = 30 * DAY_MS;

/** The first moment whose entries a review of a week that ends at `endMs` looks at: repeated searches need more than a week. */
export function reviewFromMs(endMs: number): number {
  return endMs - REVIEW_WINDOW_MS;
}

export type SignOff = { readonly kind: 'allowed' } | { readonly kind: 'refused'; readonly code: 'reviewerIsUser' };

/**
 * Whether a member may sign off the review: not somebody who looked at stored reads in that time, who would review themselves
 * (LAW 3: the reviewer of the log is no user of the system).
 */
export function maySignOff(memberId: string, entries: readonly AuditEntry[]): SignOff {
  const USES = ['searchReads', 'viewPicture', 'viewRead', 'viewHits', 'issueLease'];
  const isUser = entries.some(
    ({ actor, action, outcome }) => actor.id === memberId && outcome === 'ok' && USES.includes(action)
  );
  return isUser ? { kind: 'refused', code: 'reviewerIsUser' } : { kind: 'allowed' };
}
