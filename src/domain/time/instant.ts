/** A moment in UTC, always written `2026-11-22T04:05:06.789Z` (CJIS AU-8: hundredths of a second or finer). */
export type Instant = string;
/** A calendar date where the data was collected, `2026-11-22`. */
export type LocalDate = string;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const LOCAL_DATE = /^\d{4}-\d{2}-\d{2}$/;

export function isInstant(value: unknown): value is Instant {
  return typeof value === 'string' && INSTANT.test(value) && isReal(value, value);
}

export function isLocalDate(value: unknown): value is LocalDate {
  return typeof value === 'string' && LOCAL_DATE.test(value) && isReal(value, `${value}T00:00:00.000Z`);
}

// Date.parse accepts Feb 30 in some engines and rolls it over; written back it differs.
function isReal(written: string, full: string): boolean {
  const ms = Date.parse(full);
  return !isNaN(ms) && new Date(ms).toISOString().slice(0, written.length) === written;
}

/** Milliseconds since 1970 of an instant. */
export function msOf(instant: Instant): number {
  return Date.parse(instant);
}

export function instantOf(ms: number): Instant {
  return new Date(ms).toISOString();
}

/** The calendar date at a place whose clocks are `utcOffsetMinutes` ahead of UTC. */
export function localDateOf(instant: Instant, utcOffsetMinutes: number): LocalDate {
  return instantOf(msOf(instant) + utcOffsetMinutes * MINUTE_MS).slice(0, 10);
}

/** The first moment of a calendar date at that offset. */
export function startOfLocalDate(date: LocalDate, utcOffsetMinutes: number): Instant {
  return instantOf(Date.parse(`${date}T00:00:00.000Z`) - utcOffsetMinutes * MINUTE_MS);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What tells the time in a zone; kept, because making one costs fifty times as much as asking it. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit'
  });
  clocks.set(timeZone, clock);
  return clock;
}

/** Minutes that a time zone is ahead of UTC at an instant (daylight saving included). Throws RangeError for an unknown zone. */
export function utcOffsetMinutesOf(instant: Instant, timeZone: string): number {
  const parts = clockOf(timeZone).formatToParts(new Date(msOf(instant)));
  const part = (type: string): number => Number(parts.find((p) => p.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return Math.round((local - Math.floor(msOf(instant) / 1000) * 1000) / MINUTE_MS);
}

/** The first moment of a calendar date in a time zone, right on the days when the clocks change too. */
export function startOfLocalDateIn(date: LocalDate, timeZone: string): Instant {
  const guess = startOfLocalDate(date, utcOffsetMinutesOf(startOfLocalDate(date, 0), timeZone));
  return startOfLocalDate(date, utcOffsetMinutesOf(guess, timeZone));
}

/** The calendar date after this one. */
export function nextLocalDate(date: LocalDate): LocalDate {
  return daysAfter(date, 1);
}

/** The calendar date so many days later; earlier for a negative number. */
export function daysAfter(date: LocalDate, days: number): LocalDate {
  return instantOf(Date.parse(`${date}T00:00:00.000Z`) + days * DAY_MS).slice(0, 10);
}
