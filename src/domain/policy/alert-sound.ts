import type { HotlistCategory } from '../records/hotlist.ts';
import { MINUTE_MS } from '../time/instant.ts';
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

export type LeadSound =
  | { readonly kind: 'sound'; readonly priority: AlertPriority }
  | { readonly kind: 'silent'; readonly because: 'tray' | 'sameCar' | 'muted' };

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
  if (lead.level === 'tray') return { kind: 'silent', because: 'tray' };
  if (lastSoundedMs !== undefined && nowMs - lastSoundedMs < SOUNDS_AGAIN_AFTER_MS)
    return { kind: 'silent', because: 'sameCar' };
  const priority = alertPriority(lead.category);
  if (priority === 'normal' && muteNormal) return { kind: 'silent', because: 'muted' };
  return { kind: 'sound', priority };
}
