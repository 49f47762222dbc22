import { foldPlate } from '../plate/fold.ts';
import type { Hold } from '../records/hold.ts';
import type { HoldScope } from '../records/hold-scope.ts';
import type { Read } from '../records/read.ts';
import { DAY_MS, instantOf, msOf, type Instant, type LocalDate } from '../time/instant.ts';
import { boxDateOf } from './retention.ts';

/** Days after which somebody has to say that a hold is still needed (LAW 4.9, A7). */
const REVIEW_DAYS = 90;

/** A hold spares reads from its approval until its end, and never before: asking alone saves nothing. Policy 426.4(a); 13.824 subd. 3(a)(b). */
export function isInForce(hold: Hold): boolean {
  return hold.decision?.kind === 'approved' && hold.ended === null;
}

/** Whether a hold is over: declined or ended; its box goes within 24 hours. Policy 426.4(a). */
export function isOver(hold: Hold): boolean {
  return hold.ended !== null || hold.decision?.kind === 'declined';
}

/** The day by which a hold in force is to be reaffirmed. Policy 426.4(a); LAW A7. */
export function reviewBy(hold: Hold): Instant | null {
  const since = hold.reaffirmed ?? hold.decision;
  return isInForce(hold) && since !== null ? instantOf(msOf(since.at) + REVIEW_DAYS * DAY_MS) : null;
}

/**
 * Whether a hold covers a read; `typed` are the plates that officers found by eye on its car. What was misread belongs to the plate it is of
 * as well as to the one it was read as. Policy 426.4(a); Minn. Stat. 13.824 subd. 3(a)(b).
 */
export function covers(scope: HoldScope, read: Read, typed: readonly string[] = []): boolean {
  switch (scope.kind) {
    case 'period':
      return read.periodId === scope.periodId;
    case 'reads':
      return scope.readIds.indexOf(read._id) >= 0;
    case 'plate':
      return (
        [read.plate, ...typed].some((plate) => foldPlate(plate) === foldPlate(scope.plate)) &&
        isBetween(boxDateOf(read), scope.from, scope.to)
      );
    case 'place':
      return (
        isBetween(read.collectedAt, scope.from, scope.to) &&
        read.lat !== null &&
        read.lon !== null &&
        metersBetween(read.lat, read.lon, scope.lat, scope.lon) <= scope.radiusM
      );
  }
}

/** The dates a scope can have reads of; null: any. Policy 426.4(a). */
export function datesOf(scope: HoldScope): { readonly from: LocalDate; readonly to: LocalDate } | null {
  if (scope.kind === 'plate') return { from: scope.from, to: scope.to };
  // Local dates lie within a day of the date in UTC.
  if (scope.kind === 'place')
    return {
      from: instantOf(msOf(scope.from) - DAY_MS).slice(0, 10),
      to: instantOf(msOf(scope.to) + DAY_MS).slice(0, 10)
    };
  return null;
}

const isBetween = (value: string, from: string, to: string): boolean => from <= value && value <= to;

// Flat enough for the few kilometers around a scene.
function metersBetween(lat1: number, lon1: number, lat2: number, lon2: number): number {
  const METERS_A_DEGREE = 111_320;
  const north = (lat1 - lat2) * METERS_A_DEGREE;
  const east = (lon1 - lon2) * METERS_A_DEGREE * Math.cos((((lat1 + lat2) / 2) * Math.PI) / 180);
  return Math.sqrt(north * north + east * east);
}
