/**
 * Measures plate reading: npm run bench:plates -- [--rendered] [--every N] [--no-browser] [--out DIR] [--keep]
 *   --rendered    only the repository's own rendered pictures
 *   --every N     only every Nth real picture: a quick look, never written to docs/reading.md
 *   --no-browser  leave Chromium's times out
 *   --out DIR     failures on real pictures as a contact sheet and a list, to a folder outside the repository
 *   --keep        print only: docs/reading.md and the sheet beside it stay as they are
 * Writes docs/reading.md otherwise, when the real pictures are there and nothing was left out.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { openEngines } from '../../../scripts/read/engines.ts';
import { timesInChromium } from './browser/times.ts';
import { failureOf, hasTrueLabel, type Reading } from './figures.ts';
import { measure } from './measure.ts';
import { plot } from './plot.ts';
import { report, type Measured } from './report.ts';
import { goldenSet, realPictures, roadFramesWithoutPlates, usSet, type Labeled } from './sets.ts';
import { writeSheet, type Shown } from './sheet.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const args = process.argv.slice(2);
const has = (option: string): boolean => args.includes(option);
const out = has('--out') ? args[args.indexOf('--out') + 1] : undefined;
const every = has('--every') ? Math.max(1, Number(args[args.indexOf('--every') + 1])) : 1;
/** So many pictures are timed in Chromium. */
const TIMED = 16;

await main();
process.exit();

async function main(): Promise<void> {
  const pictures = has('--rendered') ? undefined : realPictures();
  if (pictures === undefined)
    console.error('\n  Real pictures are left out or not here: only rendered ones are measured.\n');
  const sets = {
    scenes: pictures === undefined ? [] : thinned(usSet(pictures, 'us-scenes')),
    crops: pictures === undefined ? [] : thinned(usSet(pictures, 'us-crops')),
    roadFrames: pictures === undefined ? [] : thinned(roadFramesWithoutPlates(pictures)),
    goldenScenes: goldenSet('scene'),
    goldenCloseUps: goldenSet('closeUp'),
    goldenWithout: goldenSet('none')
  };
  // Times first, while nothing else of ours runs.
  const inChromium = has('--no-browser') ? [] : await timesInChromium(timedPictures(pictures), [1, 2]);
  const engines = await openEngines(true);
  const readings: Record<string, readonly Reading[]> = {};
  for (const [name, set] of Object.entries(sets)) readings[name] = await measure(engines, name, set);

  const measured: Measured = {
    ...(readings as Record<keyof typeof sets, readonly Reading[]>),
    inChromium,
    hasSecondReader: engines.second !== undefined,
    hasJurisdictions: engines.jurisdiction !== undefined,
    models: models(),
    node: process.versions.node
  };
  const settings = (await prettier.resolveConfig(join(ROOT, 'package.json'))) ?? {};
  const text = await prettier.format(report(measured), { ...settings, plugins: [], parser: 'markdown' });
  console.log(text);

  const shown = (names: readonly (keyof typeof sets)[]): Shown[] =>
    names.flatMap((name) => pair(sets[name], measured[name]));
  if (!has('--keep') && pictures !== undefined && inChromium.length > 0 && every === 1) {
    writeFileSync(join(ROOT, 'docs/reading.md'), text);
    writeFileSync(join(ROOT, 'docs/pictures/reading-confidence.svg'), plotted(measured));
    await writeSheet(
      join(ROOT, 'docs/pictures/reading-failures.jpg'),
      shown(['goldenScenes', 'goldenCloseUps', 'goldenWithout'])
    );
  }
  if (out !== undefined) await writeFailures(out, shown(['scenes', 'crops', 'roadFrames']));
}

function plotted({ scenes, crops, goldenScenes, goldenCloseUps }: Measured): string {
  return plot([
    { name: 'real pictures with a true label', readings: [...scenes, ...crops].filter(hasTrueLabel) },
    { name: 'rendered pictures', readings: [...goldenScenes, ...goldenCloseUps] }
  ]);
}

function thinned(set: readonly Labeled[]): readonly Labeled[] {
  return set.filter((_, i) => i % every === 0);
}

function pair(set: readonly Labeled[], readings: readonly Reading[]): Shown[] {
  return set.flatMap((labeled, i) => {
    const reading = readings[i];
    return reading === undefined ? [] : [{ labeled, reading }];
  });
}

async function writeFailures(folder: string, shown: readonly Shown[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const lines = shown.flatMap(({ labeled: { path }, reading }) => {
    const kind = failureOf(reading);
    const { label, plate, confidence, second = '' } = reading;
    return kind === undefined ? [] : [[kind, path, label, plate, confidence.toFixed(3), second].join(',')];
  });
  writeFileSync(join(folder, 'failures.csv'), ['kind,file,label,read,confidence,second', ...lines, ''].join('\n'));
  await writeSheet(join(folder, 'failures.jpg'), shown);
}

function timedPictures(pictures: string | undefined): string[] {
  const folder = pictures === undefined ? 'golden' : 'us-scenes';
  const set = pictures === undefined ? goldenSet('scene') : usSet(pictures, 'us-scenes');
  return set.slice(0, TIMED).map(({ file }) => `${folder}/${file}`);
}

function models(): string[] {
  const folder = join(ROOT, 'static/models');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.onnx'))
    .map((name) => {
      const digest = createHash('sha256').update(readFileSync(join(folder, name)));
      return `${name} ${digest.digest('hex').slice(0, 12)}`;
    });
}
