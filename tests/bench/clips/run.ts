/**
 * Measures following, voting and settling on clips, with the recognition's own modules under Node: npm run bench:clips --
 * [--stills DIR] [--looks DIR] [--every N] [--models DIR]. Rendered passes need `python3 -m evaluate.stills` in training/
 * first; real scenes need ../shared/plates. What is not here is said loudly and not measured. With --looks DIR the looks
 * are kept there, and a second run only follows and votes.
 */
import { openEye } from '../../../scripts/read/engines.ts';
import { figuresOf, replay, type Figures, type Replayed } from './replay.ts';
import { clipOptions, clipSets } from './sets.ts';

const options = clipOptions(process.argv.slice(2));
let opened: ReturnType<typeof openEye> | undefined;
const sets = await clipSets(options, () => (opened ??= openEye(options.models)));
if (sets.rendered === undefined)
  console.error('\n  SKIPPED: no rendered stills here, so rendered passes and signs were NOT measured.\n');
if (sets.real === undefined)
  console.error('\n  SKIPPED: ../shared/plates is not here, so real scenes were NOT measured.\n');

console.log(
  '| clips | passes | single frame wrong | all frames together wrong | ratio | no read | wrong read | ratio of both |' +
    ' read once | read twice | read elsewhere | settled after (median) |'
);
console.log('|---|---|---|---|---|---|---|---|---|---|---|---|');
for (const [name, clips] of [
  ['rendered passes', sets.rendered],
  ['real scenes, panned', sets.real]
] as const) {
  if (clips !== undefined) console.log(line(name, figuresOf(clips.map(replay))));
}
console.log('\n| clips | reads called certain | of those wrong | single frames called certain | of those wrong |');
console.log('|---|---|---|---|---|');
for (const [name, clips] of [
  ['rendered passes', sets.rendered],
  ['real scenes, panned', sets.real]
] as const) {
  if (clips !== undefined) console.log(certainLine(name, figuresOf(clips.map(replay))));
}
if (sets.signs !== undefined) console.log(`\n${signs(sets.signs.map(replay))}`);
for (const parked of sets.parked.map(replay)) {
  const seconds = (parked.clip.frames.at(-1)?.atMs ?? 0) / 1000;
  console.log(
    `A car parked for ${seconds} s before the camera (${parked.clip.frames.length} looks): ${parked.reads.length} read(s).`
  );
}

function line(name: string, figures: Figures): string {
  const frame = figures.frameErrors / figures.frames;
  const together = figures.togetherErrors / figures.clips;
  const pass = figures.passErrors / figures.clips;
  const { passesReadOnce, passesReadTwice, passesReadWrong, passesRead, elsewhere, clips, medianSettledMs } = figures;
  return (
    `| ${name} | ${clips} | ${percent(frame)} of ${figures.frames} | ${percent(together)} | ${(together / frame).toFixed(2)} ` +
    `| ${clips - passesRead} | ${passesReadWrong} | ${(pass / frame).toFixed(2)} ` +
    `| ${passesReadOnce} of ${passesRead} | ${passesReadTwice} | ${elsewhere} | ${medianSettledMs} ms |`
  );
}

function certainLine(name: string, figures: Figures): string {
  return (
    `| ${name} | ${percent(figures.certain / figures.clips)} of passes | ${figures.certainWrong} of ${figures.certain} ` +
    `| ${percent(figures.certainFrames / figures.frames)} | ${figures.certainFramesWrong} of ${figures.certainFrames} |`
  );
}

function signs(all: readonly Replayed[]): string {
  const read = all.filter(({ reads, elsewhere }) => reads.length + elsewhere.length > 0);
  const frames = all.flatMap((one) => one.frames);
  return (
    `Signs, stickers, badges, lettering: ${read.length} of ${all.length} passes gave a read ` +
    `(something was read in ${frames.filter((one) => one !== undefined).length} of ${frames.length} single frames).`
  );
}

function percent(share: number): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : '-';
}
