import type { Candidate } from '#domain/voting/observation.ts';
import type { Detection } from './detect/detect.ts';

/** A detection that was read: where a plate is in this frame and what it may say. */
export interface PlateLook extends Detection {
  readonly candidates: readonly Candidate[];
  /** nothing was detected here: the picture was read as if it were a plate as a whole, and its score is its text's */
  readonly isWholePicture?: true;
}

/** Everything seen in one picture, and how long it took. */
export interface Seen {
  readonly plateLooks: readonly PlateLook[];
  readonly detectMs: number;
  readonly readMs: number;
}
