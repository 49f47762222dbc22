import { fitsFormat } from './serial-formats.ts';

/*
 * The limits were chosen on rendered passes alone: 59 looks at 13 plates that were read right, against 90 looks at 23
 * signs, stickers and badges. That is little, and the scores are those of one detector: with another they are to be chosen
 * anew (`npm run bench:clips` counts what is read of signs and which passes give no read).
 */

/** US plates are 2:1. Turned away a plate narrows; nine in ten lay below 2.6, and a tenth of the signs above 3.1. */
const LEAST_ASPECT = 1.1;
const MOST_ASPECT = 3;
/** 57 of 59 looks at plates have at least this score, and so have 51 of 90 at other things of a plate's shape. */
const LEAST_SCORE = 0.3;
/**
 * A text that is no serial of any format (a word, FOR RENT, a row of bars) needs a look that is surely a plate's, and must
 * be clear: 49 of 59 looks at plates have this score, 16 of 90 at other things. Vanity plates can say anything, so no word
 * is refused for being one.
 */
const LEAST_SCORE_NO_SERIAL = 0.6;
const LEAST_CONFIDENCE_NO_SERIAL = 0.6;

/**
 * One look alone: a dent, an arrow or two bars read as a short text, a word on a sign as no serial. Then the text must be as
 * likely right as wrong, or, where it is long, its place must look like a plate's. Of 107 road frames whose plates were
 * painted over 6 had a read before this rule and 1 has one with it, of 12 rendered streets with signs 1 and none; no right
 * read of 549 pictures of plates is lost.
 */
const SHORT = 3;
const LEAST_AT_ONE_LOOK = 0.5;

/** What the looks at something that was read say of its being a plate; null where it was not measured. */
export interface PlateEvidence {
  readonly plate: string;
  /** 0..1, calibrated */
  readonly confidence: number;
  /** 0..1, the middle one of the looks' */
  readonly detectionScore: number | null;
  /** width over height, the middle one of the looks' */
  readonly aspect: number | null;
}

/**
 * True when what was read may be a license plate. Signs, stickers and badges are 1 to 9 of 100 reads in audits of systems
 * in use; they are told by their look over several frames, and their text only decides how sure that look must be.
 */
export function isPlateLike({ plate, confidence, detectionScore, aspect }: PlateEvidence): boolean {
  if (aspect !== null && (aspect < LEAST_ASPECT || aspect > MOST_ASPECT)) return false;
  if (fitsFormat(plate)) return detectionScore === null || detectionScore >= LEAST_SCORE;
  if (confidence < LEAST_CONFIDENCE_NO_SERIAL) return false;
  return detectionScore === null || detectionScore >= LEAST_SCORE_NO_SERIAL;
}

/**
 * The same for a single picture, where no further look can help: refuses what is hardly a plate, and keeps whatever a person
 * would still want to see, since every alert is verified (426.3(f)).
 */
export function isPlateLikeAtOneLook({ plate, confidence, detectionScore }: Omit<PlateEvidence, 'aspect'>): boolean {
  if (confidence >= LEAST_AT_ONE_LOOK) return true;
  if (plate.length <= SHORT) return false;
  return fitsFormat(plate) || detectionScore === null || detectionScore >= LEAST_AT_ONE_LOOK;
}
