import type { HotlistCategory } from '../records/hotlist.ts';
import { MINUTE_MS, msOf, type Instant } from '../time/instant.ts';
import type { AlertLevel } from './alert.ts';

/** `high`: its own sound, which no setting silences. */
export type AlertPriority = 'high' | 'normal';

/** Stolen, wanted, felony, missing, Keeping Our Police Safe: somebody may be in danger when the officer does not look up. */
const HIGH_PRIORITY: readonly HotlistCategory[] = [
  'stolenVehicle',
  'stolenPlate',
  'felonyVehicle',
  'wantedPerson',
  'missingPerson',
  'keepingOurPoliceSafe'
];

/** The same car is told once in so long: a second tone on the way around the block would only teach to ignore it. */
export const SOUNDS_AGAIN_AFTER_MS = 5 * MINUTE_MS;

/** So many leads of normal priority wait for an answer at most: more would hide the ones that matter. */
export const MOST_WAITING = 20;

export type LeadSound =
  | { readonly kind: 'sound'; readonly priority: AlertPriority }
  | { readonly kind: 'silent'; readonly because: 'tray' | 'headquartersOnly' | 'sameCar' | 'muted' };

/** What a lead sounds like when it sounds, by why its entry is wanted. */
export function alertPriority(category: HotlistCategory): AlertPriority {
  return HIGH_PRIORITY.includes(category) ? 'high' : 'normal';
}

/**
 * Whether a lead is heard and felt, and how (426.3(f): the notice of a lead, never more). `lastSoundedMs`: when this plate,
 * folded, sounded last. A lead of the tray is silent (rule alertLevel), the same car sounds once in five minutes, and mute
 * silences normal leads, never high ones.
 */
export function leadSound(
  lead: { readonly level: AlertLevel; readonly category: HotlistCategory },
  { nowMs, lastSoundedMs, muteNormal }: { nowMs: number; lastSoundedMs: number | undefined; muteNormal: boolean }
): LeadSound {
  if (lead.level !== 'sound') return { kind: 'silent', because: lead.level };
  if (lastSoundedMs !== undefined && nowMs - lastSoundedMs < SOUNDS_AGAIN_AFTER_MS)
    return { kind: 'silent', because: 'sameCar' };
  const priority = alertPriority(lead.category);
  if (priority === 'normal' && muteNormal) return { kind: 'silent', because: 'muted' };
  return { kind: 'sound', priority };
}

/**
 * The leads, newest first, that leave the tray unanswered because too many wait: the oldest of normal priority. One of high priority is never
 * set aside by us (426.3(f)); what is set aside stays a hit on record.
 */
export function beyondBacklog<T extends { readonly category: HotlistCategory }>(waiting: readonly T[]): readonly T[] {
  return waiting.filter(({ category }) => alertPriority(category) === 'normal').slice(MOST_WAITING);
}

/** A lead as far as it tells one car from another. */
interface CarSeen {
  readonly level: AlertLevel;
  readonly readAt: Instant;
  readonly entry: { readonly ref: string };
}

/**
 * Whether a lead repeats one that the officer has before the eyes: the same entry within five minutes. One that would sound is no repetition of
 * one that waited silently in the tray: it says more (LAW 5.4: one impounded car alarmed 58 times).
 */
export function isSameCarAgain(earlier: CarSeen, lead: CarSeen): boolean {
  const sinceMs = msOf(lead.readAt) - msOf(earlier.readAt);
  if (earlier.entry.ref !== lead.entry.ref || sinceMs < 0 || sinceMs >= SOUNDS_AGAIN_AFTER_MS) return false;
  return earlier.level === 'sound' || lead.level !== 'sound';
}
