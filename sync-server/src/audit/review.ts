import { maySignOff, reviewFromMs, reviewLeads } from '#domain/policy/misuse.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { AuditEntry } from '#domain/records/audit.ts';
import { daysAfter, instantOf, msOf, utcOffsetMinutesOf, type Instant, type LocalDate } from '#domain/time/instant.ts';
import type { ReviewAnswer } from '#domain/wire/answers.ts';
import { localDateIn } from '../register/local-date.ts';
import type { House } from '../house.ts';

/** The Monday of the week in which an instant lies, where the agency is. */
export function weekOf(agency: Agency, at: Instant): LocalDate {
  const date = localDateIn(agency, at);
  const day = new Date(`${date}T00:00:00.000Z`).getUTCDay();
  return daysAfter(date, -((day + 6) % 7));
}

/** The entry by which the review of a week was signed off, among these; undefined: it was not. */
export function signOffOf(week: LocalDate, entries: readonly AuditEntry[]): AuditEntry | undefined {
  return entries.find(
    ({ action, outcome, object }) => action === 'signReview' && outcome === 'ok' && object?.id === week
  );
}

/**
 * The review of the trail as it stands now: its leads over the last 30 days, who signed this week off, and whether this member may.
 * The sign-off is itself an entry of the trail, so it can be changed by nobody.
 */
export async function reviewNow(
  { trail, register }: Pick<House, 'trail' | 'register'>,
  agency: Agency,
  memberId: string,
  now: Instant
): Promise<ReviewAnswer> {
  const labels = new Map(register.devices().map(({ _id, label }) => [_id, label]));
  const entries = await trail.since(instantOf(reviewFromMs(msOf(now))));
  const at = new Map(entries.map((entry) => [entry._id, entry.at]));
  const week = weekOf(agency, now);
  const signed = signOffOf(week, entries);
  return {
    week,
    leads: reviewLeads(entries, utcOffsetMinutesOf(now, agency.timeZone)).map((lead) => ({
      ...lead,
      subjectName: labels.get(lead.subjectId) ?? lead.subjectName,
      lastAt: at.get(lead.entryIds.at(-1) ?? '') ?? now
    })),
    signedOff: signed === undefined ? null : signedBy(signed),
    signOff: maySignOff(memberId, entries)
  };
}

const signedBy = ({ actorName, at, note }: AuditEntry): NonNullable<ReviewAnswer['signedOff']> => ({
  name: actorName ?? '',
  at,
  statement: note ?? ''
});
