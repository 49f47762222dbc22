/** What the rendered pictures of `tests/golden/plates` are read as, by the same code and models as on the tablet. */
import { readFileSync } from 'node:fs';
import { readsOfPicture } from '#recognition/picture-reads.ts';
import { openEye } from '../../scripts/read/engines.ts';
import { openPicture } from '../../scripts/read/pictures.ts';
import { goldenSet } from '../bench/plates/sets.ts';

/** The best read of each picture by its file name; '' where nothing is read. */
export type Readings = Readonly<Record<string, string>>;

/** Where the readings that were agreed on are written down. */
export const EXPECTED = new URL('./expected-readings.json', import.meta.url);

/** Reads every picture of the set: some seconds. */
export async function readGoldenPictures(): Promise<Readings> {
  const eye = await openEye();
  const readings: Record<string, string> = {};
  for (const { file, path } of [...goldenSet('scene'), ...goldenSet('closeUp'), ...goldenSet('none')]) {
    const { gray } = await openPicture(path);
    const [best] = readsOfPicture((await eye.see(gray)).plateLooks);
    readings[file] = best?.plate ?? '';
  }
  return readings;
}

/** The readings that were agreed on. */
export function expectedReadings(): Readings {
  return JSON.parse(readFileSync(EXPECTED, 'utf8')) as Readings;
}
