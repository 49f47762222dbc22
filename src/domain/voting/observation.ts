/** One possible text of a plate in one look. */
export interface Candidate {
  readonly text: string;
  /** 0..1, how likely the look makes this text; the candidates of a look sum to at most 1 */
  readonly probability: number;
}

/** One detection with its candidates, from one frame. */
export interface Observation {
  /** milliseconds of the page's monotonic clock */
  readonly atMs: number;
  /** the plate's width in the frame; a small plate's word counts less */
  readonly widthPx: number;
  /** most likely first; empty when nothing could be read */
  readonly candidates: readonly Candidate[];
  /** how sharp the look is, 0..4 (recognition's sharpnessOf); a blurred look's word counts less. Left out: not measured */
  readonly sharpness?: number;
  /** 0..1, how sure the detector is that this is a plate. Left out: not known */
  readonly detectionScore?: number;
  /** width over height of the plate's outline. Left out: not known */
  readonly aspect?: number;
}
