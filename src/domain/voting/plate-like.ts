import { fitsFormat } from './serial-formats.ts';

/**
 * US plates are 2:1. Turned away a plate narrows, and a detector's corners are a little off; signs, stickers and lettering
 * on vans are found with three and more. Of plates read right on real scenes all lay between 1.9 and 2.5.
 */
const LEAST_ASPECT = 1.1;
const MOST_ASPECT = 2.9;
/** Less than this the detector itself doubts: of plates read right on real scenes none had less than 0.68. */
const LEAST_SCORE = 0.45;
/**
 * A text that is no serial of any format (a word, FOR RENT, a row of bars) needs a look that is surely a plate's, and must
 * be clear: vanity plates can say anything, so no word is refused for being one.
 */
const LEAST_SCORE_NO_SERIAL = 0.65;
const LEAST_CONFIDENCE_NO_SERIAL = 0.6;

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
