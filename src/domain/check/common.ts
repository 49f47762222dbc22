import { number, text, type Check } from './check.ts';
import { isInstant, isLocalDate, type Instant, type LocalDate } from '../time/instant.ts';

/** A random version 4 UUID in lower case: opaque, tells nothing of plate, place or time. */
export const uuid: Check<string> = text({
  max: 36,
  pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  what: 'an opaque id'
});

export const instant: Check<Instant> = (value, path) =>
  isInstant(value) ? null : { path: path ?? '', message: 'must be an instant in UTC with milliseconds' };

export const localDate: Check<LocalDate> = (value, path) =>
  isLocalDate(value) ? null : { path: path ?? '', message: 'must be a calendar date' };

/** Plate text as it is stored: 1 to 8 of A-Z and 0-9 (LAW 4.1; small stacked characters are left out). */
export const plateText: Check<string> = text({ min: 1, max: 8, pattern: /^[A-Z0-9]+$/, what: 'plate characters' });

/** Two-letter code of the issuing jurisdiction, or `unknown`; never defaulted to MN. */
export const jurisdiction: Check<string> = text({
  min: 2,
  max: 7,
  pattern: /^([A-Z]{2}|unknown)$/,
  what: 'a jurisdiction'
});

export const caseNumber: Check<string> = text({
  min: 3,
  max: 40,
  pattern: /^[A-Za-z0-9][A-Za-z0-9 ./-]*$/,
  what: 'a case number'
});

export const personName: Check<string> = text({ min: 2, max: 80, pattern: /^\S(.*\S)?$/, what: 'a name' });

export const share: Check<number> = number({ min: 0, max: 1 });

/** Minutes that local time is ahead of UTC. */
export const utcOffsetMinutes: Check<number> = number({ min: -14 * 60, max: 14 * 60, integer: true });

export const base64 = (max: number): Check<string> => text({ max, pattern: /^[A-Za-z0-9+/]*={0,2}$/, what: 'base64' });
