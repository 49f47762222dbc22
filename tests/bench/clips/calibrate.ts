/**
 * Fits the calibration of confidences (src/domain/voting/calibration.ts) on rendered passes, single frames and votes
 * together, and prints the line to put there; then says what it is worth on clips of real scenes, which it was not fitted
 * to: npm run bench:calibrate -- [--looks DIR] [--stills DIR] [--every N] [--models DIR] [--write].
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { CALIBRATION, calibrated, type Calibration } from '#domain/voting/calibration.ts';
import { CERTAIN_FROM } from '#domain/voting/certain.ts';
import { openEye } from '../../../scripts/read/engines.ts';
import { calibrationError, fitCalibration, reliability, type Sample } from './fit.ts';
import type { ClipLooks } from './looks.ts';
import { isRight, votedOf, singleFramesOf, type Reading } from './replay.ts';
import { clipOptions, clipSets } from './sets.ts';

const options = clipOptions(process.argv.slice(2));
let opened: ReturnType<typeof openEye> | undefined;
const { rendered, real } = await clipSets(options, () => (opened ??= openEye(options.models)));
if (rendered === undefined) {
  console.error('There are no rendered stills here: run `python3 -m evaluate.stills` in training/ first.');
  process.exit(1);
}

const fitted = fitCalibration(samplesOf(rendered));
const text = lineOf(fitted);
console.log(`before  ${lineOf(CALIBRATION)}\nfitted  ${text}\n`);
for (const [name, clips] of [
  ['rendered (fitted on)', rendered],
  ['real scenes', real ?? []]
] as const) {
  if (clips.length > 0) tell(name, samplesOf(clips), fitted);
}
if (process.argv.includes('--write')) {
  const file = new URL('../../../src/domain/voting/calibration.ts', import.meta.url);
  const said = `/** Fitted on ${samplesOf(rendered).length} readings of ${rendered.length} rendered passes. */`;
  const place = /^\/\*\* [^\n]*\nexport const CALIBRATION[^\n]*$/m;
  writeFileSync(file, readFileSync(file, 'utf8').replace(place, `${said}\n${text}`));
}

/** Every single frame, and the votes over the first two, four, eight … frames: what a read may rest on. */
function samplesOf(clips: readonly ClipLooks[]): Sample[] {
  return clips.flatMap((clip) =>
    [...singleFramesOf(clip), ...votedOf(clip)].map((reading) => ({
      evidence: evidenceOf(reading),
      right: isRight(clip, reading)
    }))
  );
}

function evidenceOf({ share, looks, agreeingLooks }: Reading): Sample['evidence'] {
  return { share, looks, agreeingLooks };
}

function tell(name: string, samples: readonly Sample[], by: Calibration): void {
  const bins = reliability(samples, by);
  console.log(`${name}: ${samples.length} readings, calibration error ${(100 * calibrationError(bins)).toFixed(1)} %`);
  console.log('| confidence from | readings | claimed | right |\n|---|---|---|---|');
  for (const { from, count, meanConfidence, shareRight } of bins) {
    console.log(`| ${from} | ${count} | ${(100 * meanConfidence).toFixed(1)} % | ${(100 * shareRight).toFixed(1)} % |`);
  }
  const certain = samples.filter(({ evidence }) => calibrated(evidence, by) >= CERTAIN_FROM);
  const right = certain.filter((one) => one.right).length;
  console.log(`certain: ${certain.length} of ${samples.length}, right ${right}\n`);
}

function lineOf({ shift, scale, perDoubling, perDisagreement }: Calibration): string {
  const values = `shift: ${shift}, scale: ${scale}, perDoubling: ${perDoubling}, perDisagreement: ${perDisagreement}`;
  return `export const CALIBRATION: Calibration = { ${values} };`;
}
