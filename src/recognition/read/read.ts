import type { Candidate } from '#domain/voting/observation.ts';
import type { GrayImage } from '../luma.ts';

/**
 * Reads one plate from strips that show it with different margins: the ten likeliest texts, likeliest first. Takes no more
 * strips than it needs to be sure.
 */
export interface Reader {
  /** what size its strips must have, in pixels */
  readonly strip: { readonly width: number; readonly height: number };
  read(strips: Iterable<GrayImage>): Promise<readonly Candidate[]>;
}
