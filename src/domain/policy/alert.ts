import type { EntryFlag } from '../records/hotlist.ts';
import type { ListAge } from './list-age.ts';

/** What is known of a hit when it appears. */
export interface HitEvidence {
  readonly match: 'exact' | 'confusable';
  readonly agreeingLooks: number;
  readonly secondReader: 'agrees' | 'differs' | 'notAsked' | 'unavailable';
  readonly jurisdictionCheck: 'match' | 'mismatch' | 'unknown';
  readonly listAge: ListAge;
  /** 0..1, that the car bears the entry's plate (rule matchOdds) */
  readonly odds: number;
  /** what the hotlist doctor found wrong with the entry */
  readonly flags: readonly EntryFlag[];
  readonly informationOnly: boolean;
  readonly covert: boolean;
}

/**
 * `sound`: tone, vibration and the full card; `tray`: "possible - check by eye", silent; `headquartersOnly`: the officer is told nothing.
 */
export type AlertLevel = 'sound' | 'tray' | 'headquartersOnly';

/** Conditions of the sound, in the order in which an officer is told why a lead stayed silent. */
export const ALERT_CONDITIONS = [
  'exactMatch',
  'twoLooksAgree',
  'bothReadersAgree',
  'stateDoesNotDiffer',
  'listIsFresh',
  'oddsAreHigh',
  'entryIsSound',
  'asksForAction'
] as const;
export type AlertCondition = (typeof ALERT_CONDITIONS)[number];

/** Less likely than nineteen in twenty is no reason to startle anybody at the wheel. */
export const ODDS_FLOOR = 0.95;

const HOLDS: Readonly<Record<AlertCondition, (evidence: HitEvidence) => boolean>> = {
  exactMatch: ({ match }) => match === 'exact',
  twoLooksAgree: ({ agreeingLooks }) => agreeingLooks >= 2,
  bothReadersAgree: ({ secondReader }) => secondReader === 'agrees',
  stateDoesNotDiffer: ({ jurisdictionCheck }) => jurisdictionCheck !== 'mismatch',
  listIsFresh: ({ listAge }) => listAge === 'fresh' || listAge === 'aging',
  // Written so that a figure that is none (NaN) does not pass.
  oddsAreHigh: ({ odds }) => odds >= ODDS_FLOOR,
  entryIsSound: ({ flags }) => flags.length === 0,
  asksForAction: ({ informationOnly }) => !informationOnly
};

/** The conditions that a hit does not meet: why it waits in the tray, for the officer to read. */
export function failedConditions(evidence: HitEvidence): readonly AlertCondition[] {
  return ALERT_CONDITIONS.filter((condition) => !HOLDS[condition](evidence));
}

/**
 * How a hit is told to the officer. It sounds only when every condition holds: an exact match on at least two agreeing looks, both engines
 * agreeing, no mismatch of the state, a list that is not stale, odds of nineteen in twenty, and an entry without a flag that asks for action;
 * everything else waits silently in the tray. A covert entry is for headquarters alone. A lead is never more than a lead (426.3(f); LAW
 * section 8: misreads, wrong states and stale lists have ended at gunpoint).
 */
export function alertLevel(evidence: HitEvidence): AlertLevel {
  if (evidence.covert) return 'headquartersOnly';
  return failedConditions(evidence).length === 0 ? 'sound' : 'tray';
}
