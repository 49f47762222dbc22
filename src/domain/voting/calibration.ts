/**
 * What a vote's share of the evidence is worth: one number that is to keep its word, so that of reads said to be 99 % sure
 * 99 of 100 are right. Networks are too sure of some plates and too modest about others, and frames of one car repeat each
 * other; a curve with four numbers sets that right once it is fitted on rendered plates that no network has learned from.
 *
 * `npm run bench:calibrate` fits the numbers after a network or the vote has changed, says how right each claim is, and with
 * --write puts them here. Real pictures are measured with it afterward, never fitted to.
 */
export interface Calibration {
  /** log-odds added to everything */
  readonly shift: number;
  /** how much of the evidence's own log-odds is kept; more than 0, so that more evidence is never less confidence */
  readonly scale: number;
  /** log-odds for each doubling of the looks; at least 0 */
  readonly perDoubling: number;
  /** log-odds taken off when no look agrees, in proportion when some do not; at least 0 */
  readonly perDisagreement: number;
}

/** Fitted on 866 readings of 60 rendered passes. */
export const CALIBRATION: Calibration = { shift: 0.37, scale: 1.013, perDoubling: 0, perDisagreement: 0.142 };

/** Evidence beyond this says no more: one in 10,000 is about what any network can know of itself. */
const MOST_LOG_ODDS = Math.log(9999);

/** What the looks at one plate say before anyone has checked how often that is right. */
export interface Evidence {
  /** 0..1, the text's share of all that the looks make likely */
  readonly share: number;
  /** looks in which something could be read, 1 or more */
  readonly looks: number;
  /** looks whose own most likely text is this one */
  readonly agreeingLooks: number;
}

/** The chance, 0..1, that a text with this evidence is right. Pure; rises with the share, the looks and the agreement. */
export function calibrated(evidence: Evidence, by: Calibration = CALIBRATION): number {
  if (evidence.share <= 0 || evidence.looks < 1) return 0;
  const [share, doublings, disagreement] = termsOf(evidence);
  return chance(by.shift + by.scale * share + by.perDoubling * doublings - by.perDisagreement * disagreement);
}

/** The three numbers that a calibration weighs: log-odds of the share, doublings of the looks, share of looks that disagree. */
export function termsOf({ share, looks, agreeingLooks }: Evidence): readonly [number, number, number] {
  const logOdds = Math.log(share) - Math.log(Math.max(1e-12, 1 - share));
  return [
    Math.min(MOST_LOG_ODDS, Math.max(-MOST_LOG_ODDS, logOdds)),
    Math.log2(Math.max(1, looks)),
    1 - agreeingLooks / Math.max(1, looks)
  ];
}

const chance = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));
