import {
  NO_COUNTS,
  type ActivePeriod,
  type EndReason,
  type PeriodCounts,
  type Purpose
} from '#domain/records/period.ts';
import {
  localDateOf,
  msOf,
  nextLocalDate,
  startOfLocalDateIn,
  utcOffsetMinutesOf,
  type Instant
} from '#domain/time/instant.ts';

/** What the officer states before switching on (426.2, 426.3). */
export interface PeriodForm {
  readonly purpose: Purpose;
  readonly deployment: ActivePeriod['deployment'];
  readonly caseNumber?: string;
  readonly incident?: string;
  readonly place?: string;
}

export interface PeriodSetting {
  readonly id: string;
  readonly agencyId: string;
  readonly timeZone: string;
  readonly deviceId: string;
  readonly operatorId: string;
  readonly now: Instant;
  readonly databases: ActivePeriod['databases'];
}

/** Switching on: a period with one running interval. */
export function beginPeriod(form: PeriodForm, setting: PeriodSetting): ActivePeriod {
  const utcOffsetMinutes = utcOffsetMinutesOf(setting.now, setting.timeZone);
  return {
    _id: setting.id,
    kind: 'period',
    schema: 1,
    agencyId: setting.agencyId,
    deviceId: setting.deviceId,
    operatorId: setting.operatorId,
    ...form,
    attestedAt: setting.now,
    localDate: localDateOf(setting.now, utcOffsetMinutes),
    utcOffsetMinutes,
    intervals: [{ startedAt: setting.now, endedAt: null, endReason: null }],
    databases: setting.databases,
    counts: NO_COUNTS,
    closedAt: null
  };
}

/** Gaps up to a minute belong to the same time of day in the log (LAW A6). */
const SAME_INTERVAL_MS = 60_000;

/** Goes on after a reload or a pause: the last interval runs on after a short gap, otherwise a new one begins. */
export function resumePeriod(period: ActivePeriod, now: Instant): ActivePeriod {
  const last = period.intervals.at(-1);
  const running = { endedAt: null, endReason: null };
  if (last?.endedAt != null && msOf(now) - msOf(last.endedAt) > SAME_INTERVAL_MS)
    return { ...period, intervals: [...period.intervals, { startedAt: now, ...running }] };
  return { ...period, intervals: withLast(period, running) };
}

/**
 * The period as it would stand if the tablet died now: every snapshot on the device is one, so that after a crash the log
 * shows the time until which data was really collected.
 */
export function asIfEnded(period: ActivePeriod, now: Instant, why: EndReason, counts: PeriodCounts): ActivePeriod {
  return { ...period, intervals: withLast(period, { endedAt: now, endReason: why }), counts };
}

/** Switching off. */
export function closePeriod(period: ActivePeriod, now: Instant, why: EndReason, counts: PeriodCounts): ActivePeriod {
  return { ...asIfEnded(period, now, why, counts), closedAt: now };
}

/** The next local midnight, at which a period is split: the log is kept by day (LAW 4.4). */
export function nextMidnight(period: ActivePeriod, timeZone: string): Instant {
  return startOfLocalDateIn(nextLocalDate(period.localDate), timeZone);
}

function withLast(
  period: ActivePeriod,
  change: { endedAt: Instant | null; endReason: EndReason | null }
): ActivePeriod['intervals'] {
  return period.intervals.map((interval, i) =>
    i === period.intervals.length - 1 ? { ...interval, ...change } : interval
  );
}
