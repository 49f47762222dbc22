/** Reads single pictures as the tablet reads single frames. */
import type { GrayImage } from '#recognition/luma.ts';
import { readsOfPicture, type PictureRead } from '#recognition/picture-reads.ts';
import type { SecondReader } from '#recognition/read/second-reader.ts';
import { straighten } from '#recognition/rectify/rectify.ts';
import type { Engines } from './engines.ts';
import type { Line, Told } from './lines.ts';
import type { Picture } from './pictures.ts';

/** The strip the second reader gets on the tablet (keepsake.ts). */
const SECOND_STRIP = { width: 256, height: 96 };

/** Everything read in one picture, best first. `openMs` is what finding and unpacking the picture took. */
export async function readPicture(
  { eye, second }: Engines,
  file: string,
  picture: Picture,
  openMs: number
): Promise<Line> {
  const start = performance.now();
  const { plateLooks, detectMs, readMs } = await eye.see(picture.gray);
  const reads: Told[] = [];
  for (const read of readsOfPicture(plateLooks)) {
    reads.push({ ...told(read), second: await secondReading(second, picture.gray, read) });
  }
  return { file, ms: { detect: detectMs, read: readMs, total: openMs + performance.now() - start }, reads };
}

function told({ plate, confidence, quad, alternatives }: PictureRead): Omit<Told, 'second'> {
  return { plate, confidence, certain: false, jurisdiction: 'unknown', quad, alternatives };
}

async function secondReading(
  second: SecondReader | undefined,
  picture: GrayImage,
  { quad }: PictureRead
): Promise<Told['second']> {
  const strip = second && straighten(picture, quad, SECOND_STRIP.width, SECOND_STRIP.height);
  return (strip && (await second.read(strip))) ?? null;
}
