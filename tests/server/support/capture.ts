import { randomUUID } from 'node:crypto';
import { destroyByOf } from '#domain/policy/retention.ts';
import type { Member } from '#domain/records/agency.ts';
import type { Hit } from '#domain/records/hit.ts';
import type { HotlistVersion } from '#domain/records/hotlist.ts';
import type { ActivePeriod } from '#domain/records/period.ts';
import type { Read } from '#domain/records/read.ts';
import type { SealedContent } from '#domain/records/sealed.ts';
import { instantOf, localDateOf, MINUTE_MS, msOf, type Instant } from '#domain/time/instant.ts';
import type { Enrollment } from '#domain/wire/answers.ts';
import { aHit, aPeriod, aRead, somePictures } from '#tests/builders/records.ts';

/** A look with a proper reason, over the days the tests play in. */
export const REASON = {
  reason: {
    purpose: 'criminalInvestigation',
    caseNumber: 'ICR 26-1001',
    factualBasis: 'A witness named this plate leaving the scene'
  },
  plate: 'TST042',
  from: '2026-11-01',
  to: '2026-12-31'
} as const;

const OFFSET = -360;

export interface Capture {
  readonly period: ActivePeriod;
  readonly closed: ActivePeriod;
  readonly read: Read;
  readonly hit: Hit;
  readonly contents: readonly SealedContent[];
}

/** One period with one read that is on the list: opened, read, hit, closed. */
export function aCapture(enrollment: Enrollment, operator: Member, list: HotlistVersion, now: Instant): Capture {
  const startedAt = instantOf(msOf(now) - 10 * MINUTE_MS);
  const collectedAt = instantOf(msOf(now) - 5 * MINUTE_MS);
  const destroyBy = destroyByOf(collectedAt, collectedAt, enrollment.agency);
  const period = aPeriod({
    _id: randomUUID(),
    agencyId: enrollment.agency._id,
    deviceId: enrollment.deviceId,
    operatorId: operator._id,
    attestedAt: startedAt,
    localDate: localDateOf(startedAt, OFFSET),
    utcOffsetMinutes: OFFSET,
    intervals: [{ startedAt, endedAt: null, endReason: null }],
    databases: [{ compareName: list.source.compareName, listVersionId: list._id, asOf: list.asOf }]
  });
  const closed: ActivePeriod = {
    ...period,
    intervals: [{ startedAt, endedAt: now, endReason: 'operator' }],
    closedAt: now
  };
  const read = aRead({
    _id: randomUUID(),
    agencyId: enrollment.agency._id,
    periodId: period._id,
    collectedAt,
    utcOffsetMinutes: OFFSET,
    destroyBy
  });
  const hit = aHit({
    _id: randomUUID(),
    readId: read._id,
    periodId: period._id,
    collectedAt,
    utcOffsetMinutes: OFFSET,
    destroyBy,
    sourceId: list.source.sourceId,
    listVersionId: list._id,
    listAsOf: list.asOf
  });
  const contents: SealedContent[] = [
    { kind: 'period', period },
    { kind: 'read', read, pictures: somePictures() },
    { kind: 'hit', hit },
    { kind: 'period', period: closed }
  ];
  return { period, closed, read, hit, contents };
}
