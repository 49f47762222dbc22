/** Times, dates and sizes as people read them. Pure: what is shown depends on the arguments alone. */
import { DAY_MS, HOUR_MS, MINUTE_MS, msOf, type Instant, type LocalDate } from '#domain/time/instant.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Minutes that this device's clock is ahead of UTC at an instant. */
export function hereOffset(instant: Instant): number {
  return -new Date(msOf(instant)).getTimezoneOffset();
}

function shifted(instant: Instant, offsetMinutes: number): string {
  return new Date(msOf(instant) + offsetMinutes * MINUTE_MS).toISOString();
}

/** `21:14:09`, at the place whose offset is given. */
export function timeOf(instant: Instant, offsetMinutes = hereOffset(instant)): string {
  return shifted(instant, offsetMinutes).slice(11, 19);
}

/** `21:14` */
export function minuteOf(instant: Instant, offsetMinutes = hereOffset(instant)): string {
  return timeOf(instant, offsetMinutes).slice(0, 5);
}

/** `Nov 21` or, when `withYear`, `Nov 21, 2026`. */
export function dateWords(date: LocalDate, withYear = false): string {
  const month = MONTHS[Number(date.slice(5, 7)) - 1] ?? '';
  const day = String(Number(date.slice(8, 10)));
  return withYear ? `${month} ${day}, ${date.slice(0, 4)}` : `${month} ${day}`;
}

/** `Nov 21, 2026` of an instant. */
export function dayOf(instant: Instant, offsetMinutes = hereOffset(instant)): string {
  return dateWords(shifted(instant, offsetMinutes).slice(0, 10), true);
}

/** `Nov 21, 21:14:09` */
export function momentOf(instant: Instant, offsetMinutes = hereOffset(instant)): string {
  return `${dateWords(shifted(instant, offsetMinutes).slice(0, 10))}, ${timeOf(instant, offsetMinutes)}`;
}

/** `00:41:07` of a span in milliseconds; never negative. */
export function spanOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** `3 min ago`, `5 h ago`, `2 days ago` */
export function agoOf(instant: Instant, nowMs: number): string {
  const ms = Math.max(0, nowMs - msOf(instant));
  if (ms < MINUTE_MS) return 'just now';
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min ago`;
  if (ms < DAY_MS) return `${Math.floor(ms / HOUR_MS)} h ago`;
  const days = Math.floor(ms / DAY_MS);
  return days === 1 ? '1 day ago' : `${days} days ago`;
}

/** `4 min`, `3 h`, `2 days`: a length in one unit, rounded. */
export function lengthOf(ms: number): string {
  if (ms < HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  if (ms < 2 * DAY_MS) return `${Math.round(ms / HOUR_MS)} h`;
  return `${Math.round(ms / DAY_MS)} days`;
}

/** `1.4 GB` */
export function bytesOf(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(0)} MB`;
  return `${(bytes / 1e3).toFixed(0)} kB`;
}

/** The local date of this device, `2026-11-22`. */
export function todayHere(nowMs: number): LocalDate {
  const now = new Date(nowMs).toISOString();
  return shifted(now, hereOffset(now)).slice(0, 10);
}

/** The first moment of a date here, as the records write it. */
export function startOfDayHere(date: LocalDate): Instant {
  return new Date(`${date}T00:00:00`).toISOString();
}

/** The last moment of a date here: "until" includes its day. */
export function endOfDayHere(date: LocalDate): Instant {
  return new Date(`${date}T23:59:59.999`).toISOString();
}
