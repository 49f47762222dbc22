import { boxDestroyAt } from '#domain/policy/retention.ts';
import type { Agency } from '#domain/records/agency.ts';
import {
  localDateOf,
  startOfLocalDate,
  utcOffsetMinutesOf,
  type Instant,
  type LocalDate
} from '#domain/time/instant.ts';

/** The calendar date at the agency. */
export function localDateIn(agency: Pick<Agency, 'timeZone'>, now: Instant): LocalDate {
  return localDateOf(now, utcOffsetMinutesOf(now, agency.timeZone));
}

/** The first moment of a calendar date at the agency, from which the days of its box are counted. */
export function startOfDateIn(agency: Pick<Agency, 'timeZone'>, date: LocalDate): Instant {
  return startOfLocalDate(date, utcOffsetMinutesOf(`${date}T12:00:00.000Z`, agency.timeZone));
}

/** When the day box of a date goes by the agency's settings of today (426.4). */
export function destroyAtOfDate(agency: Agency, date: LocalDate): Instant {
  const offset = utcOffsetMinutesOf(`${date}T12:00:00.000Z`, agency.timeZone);
  return boxDestroyAt(date, offset, agency);
}
