import { HOUR_MS, MINUTE_MS } from '../time/instant.ts';

/** Minutes without a touch after which a tablet locks, unless it is set otherwise. */
export const LOCK_AFTER_MINUTES = 5;
/** The longest setting a tablet offers. */
export const LONGEST_LOCK_MINUTES = 15;
/** Whatever is set, stored or damaged: CJIS AC-11 allows no more. */
const HARD_CAP_MS = 30 * MINUTE_MS;
/** Signed in anew after this long, however busy the tablet is (CJIS IA-11). */
export const SIGNED_IN_AT_MOST_MS = 12 * HOUR_MS;

/** How long a tablet may stay untouched before it locks; a setting beyond 1 to 15 minutes counts as the nearest of them. */
export function idleLimitMs(minutes: number): number {
  const set = minutes >= 1 ? Math.min(minutes, LONGEST_LOCK_MINUTES) : minutes < 1 ? 1 : LOCK_AFTER_MINUTES;
  return Math.min(set * MINUTE_MS, HARD_CAP_MS);
}

/** Times on one clock that never goes back, in milliseconds. */
export interface ScreenUse {
  readonly signedInAtMs: number;
  readonly touchedAtMs: number;
  readonly nowMs: number;
  readonly idleLimitMs: number;
}

export type LockReason = 'idle' | 'twelveHours';

/** Why the tablet must lock now; null: it may stay open. CJIS AC-11, IA-11; policy 426.3. */
export function mustLock(use: ScreenUse): LockReason | null {
  if (use.nowMs - use.signedInAtMs >= SIGNED_IN_AT_MOST_MS) return 'twelveHours';
  return use.nowMs - use.touchedAtMs >= Math.min(use.idleLimitMs, HARD_CAP_MS) ? 'idle' : null;
}
