import { foldPlate } from '#domain/plate/fold.ts';
import type { GrayImage } from '../luma.ts';
import type { SecondWord } from '../protocol.ts';

/** An independent engine, asked about single strips: it shares neither network nor training with the first. */
export interface SecondReader {
  /** The text it reads, plate characters only; undefined when it gave no answer in time. */
  textOf(strip: GrayImage): Promise<string | undefined>;
  close(): void;
}

/** What the second reader says of a plate that was read; never rejects, since a missing second word is an answer. */
export async function secondWord(
  reader: SecondReader | undefined,
  strip: GrayImage | undefined,
  plate: string
): Promise<SecondWord> {
  if (reader === undefined || strip === undefined) return 'unavailable';
  const text = await reader.textOf(strip);
  if (text === undefined) return 'unavailable';
  return foldPlate(text) === foldPlate(plate) ? 'agrees' : 'differs';
}
