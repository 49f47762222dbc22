/** Reads a set of pictures under Node with the shipped engines, and notes what was read beside what should have been. */
import { isCertain } from '#domain/voting/certain.ts';
import type { Eye } from '#recognition/eye.ts';
import type { GrayImage } from '#recognition/luma.ts';
import { readsOfPicture } from '#recognition/picture-reads.ts';
import type { Engines } from '../../../scripts/read/engines.ts';
import { openPicture } from '../../../scripts/read/pictures.ts';
import { told } from '../../../scripts/read/reading.ts';
import type { Reading } from './figures.ts';
import { overlapOf, paintedOver, quadOf, type Area, type Labeled } from './sets.ts';

/** As the field notes have it: boxes that share more than this of what they cover are of one plate. */
const SAME_PLACE = 0.3;
/** So many pictures between two signs of life. */
const SIGN_OF_LIFE = 50;

/** Reads every picture of a set, in order. `name` is for the signs of life. */
export async function measure(engines: Engines, name: string, set: readonly Labeled[]): Promise<readonly Reading[]> {
  const readings: Reading[] = [];
  for (const labeled of set) {
    readings.push(await measureOne(engines, labeled));
    if (readings.length % SIGN_OF_LIFE === 0) console.error(`  ${name}: ${readings.length} of ${set.length}`);
  }
  return readings;
}

/** The picture as the bench looks at it: known plates that have no text painted over. */
export async function pictureOf({ path, paintOver }: Labeled): Promise<GrayImage> {
  const { gray } = await openPicture(path);
  return paintOver.length > 0 ? paintedOver(gray, paintOver) : gray;
}

async function measureOne(engines: Engines, labeled: Labeled): Promise<Reading> {
  const picture = await pictureOf(labeled);
  const { plateLooks, detectMs, readMs } = await engines.eye.see(picture);
  const found = readsOfPicture(plateLooks);
  const [first] = found;
  const best = first && (await told(engines, first, picture));
  const { area } = labeled;
  return {
    file: labeled.file,
    label: labeled.plate,
    jurisdiction: labeled.jurisdiction,
    widthPx: area?.[2],
    plate: best?.plate ?? '',
    confidence: best?.confidence ?? 0,
    certain: best?.certain ?? false,
    named: best?.jurisdiction ?? 'unknown',
    alternatives: found.flatMap((read) => read.alternatives.map(({ text }) => text)),
    located: area && (best === undefined ? false : overlapOf(best.quad, area) > SAME_PLACE),
    detected: area && plateLooks.some(({ quad }) => overlapOf(quad, area) > SAME_PLACE),
    atLabel: area && (await textAt(engines.eye, picture, area)),
    second: best?.second?.plate,
    reads: found.map(({ plate, confidence }) => ({ plate, confidence, certain: isCertain({ confidence }) })),
    detectMs,
    readMs
  };
}

/** What is read when the label's box is given instead of detected corners: reading apart from finding. */
async function textAt(eye: Eye, picture: GrayImage, area: Area): Promise<string> {
  const [best] = await eye.read(picture, quadOf(area));
  return best?.text ?? '';
}
