import type { GrayImage } from '../luma.ts';
import type { Quad } from '../protocol.ts';

/** A quadrilateral where a plate seems to be, in pixels of the picture. */
export interface Detection {
  readonly quad: Quad;
  /** 0..1 */
  readonly score: number;
}

/** Finds plates in a picture, surest first. */
export interface Detector {
  detect(picture: GrayImage): Promise<readonly Detection[]>;
}
