import type { ActivePeriod } from '#domain/records/period.ts';
import { minuteOf } from '../format.ts';

/** The times of day a period collected data, as the public log will show them: `21:02-21:41, 21:50-22:03`. */
export function publicTimes(period: Pick<ActivePeriod, 'intervals' | 'utcOffsetMinutes'>): string {
  const at = (instant: string): string => minuteOf(instant, period.utcOffsetMinutes);
  return period.intervals
    .map(({ startedAt, endedAt }) => `${at(startedAt)}–${endedAt === null ? '' : at(endedAt)}`)
    .join(', ');
}
