/** Records that a rig saves: of an invented plate, in the period of the officer who is signed in. */
import { NO_COUNTS, type ActivePeriod } from '#domain/records/period.ts';
import type { Read } from '#domain/records/read.ts';
import { DAY_MS, instantOf, localDateOf, utcOffsetMinutesOf } from '#domain/time/instant.ts';
import type { Lease } from '#domain/wire/answers.ts';

const periods = new Map<string, ActivePeriod>();

/** The one period of this officer on this tablet and local date; asked again it is the same. */
export function periodFor(lease: Pick<Lease, 'deviceId' | 'memberId' | 'agency'>): ActivePeriod {
  const now = instantOf(Date.now());
  const utcOffsetMinutes = utcOffsetMinutesOf(now, lease.agency.timeZone);
  const localDate = localDateOf(now, utcOffsetMinutes);
  const key = `${lease.deviceId} ${lease.memberId} ${localDate}`;
  const period: ActivePeriod = periods.get(key) ?? {
    _id: crypto.randomUUID(),
    kind: 'period',
    schema: 1,
    agencyId: lease.agency._id,
    deviceId: lease.deviceId,
    deployment: 'handheld',
    operatorId: lease.memberId,
    purpose: 'routinePatrol',
    attestedAt: now,
    localDate,
    utcOffsetMinutes,
    intervals: [{ startedAt: now, endedAt: null, endReason: null }],
    databases: [],
    counts: NO_COUNTS,
    closedAt: null
  };
  periods.set(key, period);
  return period;
}

export function readIn(period: ActivePeriod, plate: string): Read {
  const now = instantOf(Date.now());
  return {
    _id: crypto.randomUUID(),
    kind: 'read',
    schema: 1,
    plate,
    jurisdiction: 'unknown',
    jurisdictionSource: 'unknown',
    collectedAt: now,
    utcOffsetMinutes: period.utcOffsetMinutes,
    lat: null,
    lon: null,
    accuracyM: null,
    fix: 'none',
    agencyId: period.agencyId,
    periodId: period._id,
    classification: 'privateNonpublic',
    destroyBy: instantOf(Date.parse(now) + 30 * DAY_MS),
    holdIds: [],
    origin: { kind: 'own' },
    ocr: { engine: 'plate-reader', version: '1', confidence: 0.98 },
    clockOffsetMs: null
  };
}
