import type { Candidate } from '#domain/voting/observation.ts';
import type { GrayImage } from '../luma.ts';

/** Reads one plate from strips that show it with different margins: the ten likeliest texts, likeliest first. */
export interface Reader {
  read(strips: readonly GrayImage[]): Promise<readonly Candidate[]>;
}
