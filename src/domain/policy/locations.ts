import type { FixedLocation, Placed } from '../records/location.ts';
import { DAY_MS, type Instant, type LocalDate } from '../time/instant.ts';

/** So long a place may be withheld before somebody looks at the determination anew (LAW A19). */
const REVIEWED_WITHIN_DAYS = 365;

/** A row of the public list. Neither the device nor who entered it is in it. */
export type PublicLocation =
  | {
      readonly _id: string;
      readonly kind: 'publicLocation';
      readonly description: string;
      readonly deployment: Placed;
      readonly installedAt: Instant;
      readonly removedAt: Instant | null;
    }
  | { readonly _id: string; readonly kind: 'publicLocation'; readonly withheld: true };

/**
 * What the public sees of a place: all of it, or only that one is withheld. Public unless it is security information by a written
 * determination. Policy 426.4.1; Minn. Stat. 13.824 subd. 5(b); 13.37 subd. 2.
 */
export function publicLocation(location: FixedLocation, id: string): PublicLocation {
  if (isWithheld(location)) return { _id: id, kind: 'publicLocation', withheld: true };
  const { description, deployment, installedAt, removedAt } = location;
  return { _id: id, kind: 'publicLocation', description, deployment, installedAt, removedAt };
}

/** Whether a place is kept from the public. Minn. Stat. 13.824 subd. 5(b). */
export function isWithheld({ withheld }: FixedLocation): boolean {
  return withheld !== undefined && withheld !== null;
}

export type LocationStep =
  | { readonly kind: 'allowed' }
  | {
      readonly kind: 'refused';
      readonly code: 'placeStands' | 'placeReopened' | 'removedBeforeInstalled' | 'reviewTooFar';
    };

/**
 * Whether a row of the list may become this one. What stood where, and since when, is never rewritten; a place that was left stays on the
 * list as left; a withholding is looked at anew within a year. Policy 426.4.1: current and previous locations, with dates.
 */
export function nextLocation(before: FixedLocation | null, after: FixedLocation): LocationStep {
  if (before !== null && !sameFacts(before, after)) return { kind: 'refused', code: 'placeStands' };
  if (before !== null && before.removedAt !== null && after.removedAt === null)
    return { kind: 'refused', code: 'placeReopened' };
  if (after.removedAt !== null && after.removedAt < after.installedAt)
    return { kind: 'refused', code: 'removedBeforeInstalled' };
  const { withheld } = after;
  const isNew = withheld !== undefined && withheld !== null && withheld.at !== before?.withheld?.at;
  if (isNew && daysFrom(withheld.at.slice(0, 10), withheld.reviewOn) > REVIEWED_WITHIN_DAYS)
    return { kind: 'refused', code: 'reviewTooFar' };
  return { kind: 'allowed' };
}

const sameFacts = (one: FixedLocation, other: FixedLocation): boolean =>
  one.deviceId === other.deviceId &&
  one.description === other.description &&
  one.deployment === other.deployment &&
  one.installedAt === other.installedAt;

const daysFrom = (from: LocalDate, to: LocalDate): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;
