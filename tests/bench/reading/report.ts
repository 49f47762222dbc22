import { foldPlate } from '#domain/plate/fold.ts';
import type { Labeled } from './labels.ts';
import type { Reading } from './page.ts';

export interface Measured {
  readonly labeled: Labeled;
  readonly reading: Reading;
}

interface Results {
  readonly scenes: readonly Measured[];
  readonly crops: readonly Measured[];
  readonly strips: readonly Measured[];
  readonly askSecond: boolean;
}

/** The figures in words and tables, as results.md shows them. */
export function report({ scenes, crops, strips, askSecond }: Results): string {
  const sets = [
    ['us-scenes, whole picture, one frame', scenes],
    ['us-crops, four margins', crops],
    ['us-crops, one strip', strips]
  ] as const;
  return [
    '# Plate reading on real pictures',
    '',
    'Written by `npm run bench:reading`: the modules of the recognition worker in Chromium, one WASM thread. "Exact" folds the',
    'letter O to zero on both sides, as the labels write zero; "strict" does not. Two labels of the sets are known to be wrong.',
    '',
    '| pictures | exact | strict | among the first ten | located |',
    '|---|---|---|---|---|',
    ...sets.map(
      ([name, all]) =>
        `| ${name} | ${share(all, isExact)} | ${share(all, isStrict)} | ${share(all, isAmongTen)} | ${all.some((one) => one.labeled.box) ? share(all, isLocated) : '-'} |`
    ),
    '',
    '## What a confidence is worth (us-scenes and us-crops together)',
    '',
    '| confidence at least | share of plates | of those, exact |',
    '|---|---|---|',
    ...[0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.99].map((least) => {
      const all = [...scenes, ...crops];
      const sure = all.filter((one) => one.reading.confidence >= least);
      return `| ${least} | ${percent(sure.length, all.length)} | ${percent(sure.filter(isExact).length, sure.length)} |`;
    }),
    '',
    ...(askSecond ? secondReader([...scenes, ...crops]) : []),
    '## Time of one whole picture, median, by step',
    '',
    ...times(scenes),
    ''
  ].join('\n');
}

const isExact = ({ labeled, reading }: Measured): boolean => foldPlate(reading.plate) === foldPlate(labeled.plate);
const isStrict = ({ labeled, reading }: Measured): boolean => reading.plate === labeled.plate;
const isAmongTen = ({ labeled, reading }: Measured): boolean =>
  reading.firstTen.some((text) => foldPlate(text) === foldPlate(labeled.plate));

function isLocated({ labeled, reading }: Measured): boolean {
  const [a, b] = [labeled.box, reading.box];
  if (a === undefined || b === undefined) return false;
  const shared =
    Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
  const area = (box: readonly [number, number, number, number]): number => (box[2] - box[0]) * (box[3] - box[1]);
  return shared / (area(a) + area(b) - shared) > 0.3;
}

function secondReader(all: readonly Measured[]): string[] {
  const agreed = all.filter(({ reading }) => foldPlate(reading.second ?? '') === foldPlate(reading.plate));
  const right = all.filter(({ reading, labeled }) => foldPlate(reading.second ?? '') === foldPlate(labeled.plate));
  return [
    '## The second reader (tesseract.js, stock English, on the character row alone)',
    '',
    `Exact by itself: ${right.length} of ${all.length}. Agrees with the first reader on ${agreed.length}; of those wrong: ${agreed.length - agreed.filter(isExact).length}.`,
    ''
  ];
}

function times(scenes: readonly Measured[]): string[] {
  const median = (of: (reading: Reading) => number): number => {
    const sorted = scenes.map(({ reading }) => of(reading)).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  const steps = [
    ['gray plane from a drawn picture', median((one) => one.lumaMs)],
    ['detect', median((one) => one.detectMs)],
    ['straighten and read all plates found', median((one) => one.readMs)]
  ] as const;
  const whole = steps.reduce((sum, [, ms]) => sum + ms, 0);
  return [
    '| step | share of the whole |',
    '|---|---|',
    ...steps.map(([name, ms]) => `| ${name} | ${percent(ms, whole)} |`),
    '',
    `The whole was ${whole.toFixed(0)} ms on the machine of this run, which other work shared.`
  ];
}

function share(all: readonly Measured[], holds: (one: Measured) => boolean): string {
  return `${all.filter(holds).length} of ${all.length}`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(0)} %`;
}
