import { foldPlate } from '#domain/plate/fold.ts';
import type { GrayImage } from '../luma.ts';
import type { SecondWord } from '../protocol.ts';

/** What the second reader reads on a strip; `plate` is empty where it reads nothing. */
export interface SecondReading {
  readonly plate: string;
  /** 0..1, how sure it is of its least sure character; on its own scale, not comparable with the confidence of a read */
  readonly confidence: number;
}

/** An independent engine, asked about single strips: it shares neither network nor preparation with the first. */
export interface SecondReader {
  /** What it reads; undefined when it gave no answer in time. */
  read(strip: GrayImage): Promise<SecondReading | undefined>;
  close(): void;
}

/** What the second reader says of a plate that was read; never rejects, since a missing second word is an answer. */
export async function secondWord(
  reader: SecondReader | undefined,
  strip: GrayImage | undefined,
  plate: string
): Promise<SecondWord> {
  if (reader === undefined || strip === undefined) return 'unavailable';
  const reading = await reader.read(strip);
  if (reading === undefined) return 'unavailable';
  return foldPlate(reading.plate) === foldPlate(plate) ? 'agrees' : 'differs';
}
