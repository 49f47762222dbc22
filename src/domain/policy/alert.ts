import type { ListAge } from './list-age.ts';

/** What is known of a hit when it appears. */
export interface HitEvidence {
  readonly match: 'exact' | 'confusable';
  readonly agreeingLooks: number;
  readonly secondReader: 'agrees' | 'differs' | 'notAsked' | 'unavailable';
  readonly jurisdictionCheck: 'match' | 'mismatch' | 'unknown';
  readonly listAge: ListAge;
}

/** `sound`: tone, vibration and the full card; `tray`: "possible - check by eye", silent. */
export type AlertLevel = 'sound' | 'tray';

/**
 * How a hit is told to the officer. It sounds only for an exact match on at least two agreeing looks, with both engines
 * agreeing, no mismatch of the state, and a list that is not stale; everything else waits silently in the tray. A lead is
 * never more than a lead (426.3(f); LAW section 8: misreads and stale lists have ended at gunpoint).
 */
export function alertLevel(evidence: HitEvidence): AlertLevel {
  const agreed =
    evidence.match === 'exact' &&
    evidence.agreeingLooks >= 2 &&
    evidence.secondReader === 'agrees' &&
    evidence.jurisdictionCheck !== 'mismatch' &&
    (evidence.listAge === 'fresh' || evidence.listAge === 'aging');
  return agreed ? 'sound' : 'tray';
}
