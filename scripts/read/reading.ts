/** Reads single pictures as the tablet reads single frames. */
import { foldPlate } from '#domain/plate/fold.ts';
import { isCertain } from '#domain/voting/certain.ts';
import type { Candidate } from '#domain/voting/observation.ts';
import type { GrayImage } from '#recognition/luma.ts';
import { readOf, readsOfPicture } from '#recognition/picture-reads.ts';
import type { Quad, SecondWord } from '#recognition/protocol.ts';
import { WHOLE_PLATE } from '#recognition/read/jurisdiction.ts';
import { straighten } from '#recognition/rectify/rectify.ts';
import type { Engines } from './engines.ts';
import type { Line, Told } from './lines.ts';
import type { Picture } from './pictures.ts';

/** The strip that the second reader gets on the tablet. */
const SECOND_STRIP = { width: 256, height: 96 };

/** Everything read in one picture, best first. `openMs` is what finding and unpacking the picture took. */
export async function readPicture(engines: Engines, file: string, picture: Picture, openMs: number): Promise<Line> {
  const start = performance.now();
  const { plateLooks, detectMs, readMs } = await engines.eye.see(picture.gray);
  const reads: Told[] = [];
  for (const read of readsOfPicture(plateLooks)) reads.push(await told(engines, read, picture.gray));
  return { file, ms: { detect: detectMs, read: readMs, total: openMs + performance.now() - start }, reads };
}

/** A read with what is asked about it once it is made: who issued the plate, and what the second reader says. */
export async function told(
  { jurisdiction, second }: Engines,
  read: {
    readonly plate: string;
    readonly confidence: number;
    readonly quad: Quad;
    readonly alternatives: readonly Candidate[];
  },
  picture: GrayImage
): Promise<Told> {
  const { quad, alternatives } = read;
  const whole = jurisdiction && straighten(picture, quad, WHOLE_PLATE.width, WHOLE_PLATE.height);
  const issuedBy = (whole && (await jurisdiction.name(whole, read.plate)).jurisdiction) ?? 'unknown';
  const { plate, confidence } = issuedBy === 'unknown' ? read : readOf(read, issuedBy);
  const strip = second && straighten(picture, quad, SECOND_STRIP.width, SECOND_STRIP.height);
  const reading = (strip && (await second.read(strip))) ?? null;
  return {
    plate,
    confidence,
    certain: isCertain({ confidence, secondReader: wordOf(reading, plate) }),
    jurisdiction: issuedBy,
    quad,
    alternatives,
    second: reading
  };
}

function wordOf(reading: Told['second'], plate: string): SecondWord | 'notAsked' {
  if (reading === null) return 'notAsked';
  return foldPlate(reading.plate) === foldPlate(plate) ? 'agrees' : 'differs';
}
