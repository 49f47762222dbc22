import type { Read } from '../records/read.ts';
import {
  DAY_MS,
  instantOf,
  localDateOf,
  msOf,
  startOfLocalDate,
  type Instant,
  type LocalDate
} from '../time/instant.ts';

/** Minn. Stat. 13.824 subd. 3(a), policy 426.4: destroyed no later than 60 days from the date of collection. */
export const LEGAL_RETENTION_DAYS = 60;
/** What the product ships with; most Minnesota agencies keep 30 days. */
export const SHIPPED_RETENTION_DAYS = 30;

/**
 * Days a live read may be kept when backups live `backupDays` more: both together, and a day to finish, stay inside the 60
 * (LAW A3, A24).
 */
export function longestRetentionDays(backupDays: number): number {
  return LEGAL_RETENTION_DAYS - 1 - backupDays;
}

export interface RetentionSettings {
  readonly retentionDays: number;
  readonly backupDays: number;
}

/**
 * The last instant at which a read may exist: whole 24-hour days from collection, or from receipt when a tablet's clock
 * ran ahead; never a weekend longer (policy 426.4; 13.824 subd. 3(a); LAW A2, A3).
 */
export function destroyByOf(collectedAt: Instant, receivedAt: Instant, settings: RetentionSettings): Instant {
  const days = Math.min(settings.retentionDays, longestRetentionDays(settings.backupDays));
  return instantOf(Math.min(msOf(collectedAt), msOf(receivedAt)) + days * DAY_MS);
}

/** Whether something whose last instant is `destroyBy` must be gone at `now`. */
export function isDue(destroyBy: Instant, now: Instant): boolean {
  return msOf(now) >= msOf(destroyBy);
}

/**
 * When a whole day box is destroyed: counted from the first moment of its date, so that no read in it outlives the
 * agency's days (policy 426.4).
 */
export function boxDestroyAt(date: LocalDate, utcOffsetMinutes: number, settings: RetentionSettings): Instant {
  return destroyByOf(startOfLocalDate(date, utcOffsetMinutes), startOfLocalDate(date, utcOffsetMinutes), settings);
}

/** The local date whose box a read or a hit belongs to. */
export function boxDateOf(record: Pick<Read, 'collectedAt' | 'utcOffsetMinutes'>): LocalDate {
  return localDateOf(record.collectedAt, record.utcOffsetMinutes);
}

export type Admission =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'refused'; readonly code: 'wrongBox' | 'keptTooLong' | 'pastItsDate'; readonly reason: string };

/**
 * Whether a read or a hit may be written into the box of `boxDate` at `now`: its own local date, a destroy date the law
 * allows, and not past it - so that a late tablet cannot bring destroyed data back. Policy 426.4; 13.824 subd. 3(a).
 */
export function mayEnterBox(
  record: Pick<Read, 'collectedAt' | 'utcOffsetMinutes' | 'destroyBy'>,
  boxDate: LocalDate,
  now: Instant
): Admission {
  if (boxDateOf(record) !== boxDate)
    return { kind: 'refused', code: 'wrongBox', reason: 'the local date of the record is not the date of this box' };
  if (msOf(record.destroyBy) > msOf(record.collectedAt) + LEGAL_RETENTION_DAYS * DAY_MS)
    return { kind: 'refused', code: 'keptTooLong', reason: 'the destroy date is more than 60 days from collection' };
  if (isDue(record.destroyBy, now))
    return { kind: 'refused', code: 'pastItsDate', reason: 'the date of destruction of the record has passed' };
  return { kind: 'admitted' };
}
