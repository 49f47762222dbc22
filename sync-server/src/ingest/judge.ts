import { mayCapture, type Standing } from '#domain/policy/may-capture.ts';
import { boxDateOf, destroyByOf, isDue, mayEnterBox } from '#domain/policy/retention.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { DayRecord } from '#domain/records/day-record.ts';
import type { ActivePeriod } from '#domain/records/period.ts';
import { instantOf, MINUTE_MS, msOf, type Instant, type LocalDate } from '#domain/time/instant.ts';
import { destroyAtOfDate } from '../register/local-date.ts';
import type { IngestReason } from './refusal-reasons.ts';

/** What a tablet's clock may differ from ours before a record is not believed; capture itself stops at two minutes. */
export const CLOCK_TOLERANCE_MS = 10 * MINUTE_MS;

export type Judgment<T> =
  | { readonly kind: 'admit'; readonly record: T; readonly date: LocalDate }
  | { readonly kind: 'refuse'; readonly reason: IngestReason; readonly destroyBy: Instant };

/** What the judge knows besides the record. `operator` is undefined when the period names nobody of this agency. */
export interface Circumstances {
  readonly now: Instant;
  readonly agency: Agency;
  readonly deviceId: string;
  readonly period: ActivePeriod;
  readonly operator: Standing | undefined;
  /** since when all use is suspended; null: it is not */
  readonly suspendedSince: Instant | null;
}

/**
 * Whether a read, a hit or a correction that a tablet sent may be kept, by the same rules the tablet applied before, and with what destroy
 * date: our own reckoning from collection or receipt, whichever is earlier (426.4; LAW A2).
 */
export function judge<T extends DayRecord>(record: T, about: Circumstances): Judgment<T> {
  const destroyBy = destroyByOf(record.collectedAt, about.now, about.agency);
  const reason = whyNot(record, destroyBy, about);
  if (reason !== null) return { kind: 'refuse', reason, destroyBy };
  return { kind: 'admit', record: { ...record, destroyBy }, date: boxDateOf(record) };
}

/** The part that needs no period: asked first, so that expired data are not even kept waiting. */
export function isPastItsDate(record: DayRecord, agency: Agency, now: Instant): boolean {
  const date = boxDateOf(record);
  return (
    isDue(record.destroyBy, now) ||
    isDue(destroyByOf(record.collectedAt, now, agency), now) ||
    isDue(destroyAtOfDate(agency, date), now)
  );
}

function whyNot(record: DayRecord, destroyBy: Instant, about: Circumstances): IngestReason | null {
  const { agency, now, period } = about;
  if (isPastItsDate(record, agency, now)) return 'pastItsDate';
  if (record.kind === 'read' && record.agencyId !== agency._id) return 'wrongAgency';
  if (record.kind === 'read' && record.origin.kind !== 'own') return 'notItsOwn';
  if (msOf(record.collectedAt) > msOf(now) + CLOCK_TOLERANCE_MS) return 'clockAhead';
  // Asked with the date the tablet stated, so that a tablet that would keep it too long is noticed, and with ours.
  for (const stated of [record, { ...record, destroyBy }]) {
    const admission = mayEnterBox(stated, boxDateOf(record), now);
    if (admission.kind === 'refused') return admission.code;
  }
  if (period.deviceId !== about.deviceId) return 'wrongDevice';
  if (period.localDate !== boxDateOf(record)) return 'wrongBox';
  if (about.suspendedSince !== null && msOf(record.collectedAt) >= msOf(about.suspendedSince)) return 'suspended';
  return about.operator === undefined ? 'operatorUnknown' : whyMayNotCapture(about.operator, startOf(period));
}

/** When the period began. */
export function startOf(period: ActivePeriod): Instant {
  return period.intervals[0]?.startedAt ?? period.attestedAt;
}

// What counts is how things stood when the period began: who was dismissed yesterday did read lawfully the day before.
function whyMayNotCapture(standing: Standing, at: Instant): IngestReason | null {
  const then: Standing = {
    ...standing,
    agency: { suspended: false },
    member: {
      ...standing.member,
      disabledAt: isAfter(standing.member.disabledAt, at) ? null : standing.member.disabledAt
    },
    grants: standing.grants.map((grant) => {
      const { revokedAt, ...unrevoked } = grant;
      return revokedAt === undefined || isAfter(revokedAt, at) ? unrevoked : grant;
    })
  };
  const permission = mayCapture(then, at);
  if (permission.kind === 'allowed') return null;
  // A grant signed a minute ago by our clock may seem to lie ahead by the tablet's.
  if (mayCapture(then, instantOf(msOf(at) + CLOCK_TOLERANCE_MS)).kind === 'allowed') return null;
  return permission.failures[0] ?? 'noRole';
}

const isAfter = (later: Instant | null, at: Instant): boolean => later !== null && msOf(later) > msOf(at);
