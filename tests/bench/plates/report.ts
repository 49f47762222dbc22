/** The figures in words and tables, as docs/reading.md shows them. */
import type { ThreadTimes } from './browser/times.ts';
import {
  calibration,
  calibrationError,
  coverageAt,
  enginesAgree,
  failureName,
  failureOf,
  hasTrueLabel,
  isAmongTen,
  isExact,
  isExactAtLabel,
  isExactSecond,
  isStrict,
  mixedUp,
  quantile,
  type FailureKind,
  type Reading
} from './figures.ts';

/** Everything that was measured. A set that was not there is empty, and the report says so. */
export interface Measured {
  readonly scenes: readonly Reading[];
  readonly crops: readonly Reading[];
  readonly roadFrames: readonly Reading[];
  readonly goldenScenes: readonly Reading[];
  readonly goldenCloseUps: readonly Reading[];
  readonly goldenWithout: readonly Reading[];
  readonly inChromium: readonly ThreadTimes[];
  readonly hasSecondReader: boolean;
  readonly hasJurisdictions: boolean;
  /** file name and first digits of the SHA-256 of each model that was used */
  readonly models: readonly string[];
  readonly node: string;
}

/** The whole report, in Markdown. */
export function report(measured: Measured): string {
  const { scenes, crops, goldenScenes, goldenCloseUps } = measured;
  const real = [...scenes, ...crops];
  const rendered = [...goldenScenes, ...goldenCloseUps];
  return [
    '# How well plates are read',
    '',
    'Written by `npm run bench:plates`, which runs the recognition of the tablet itself. "Exact" takes the letter O and zero',
    'for one, as the labels of the real pictures write zero; "strict" does not. Some labels of the real pictures are wrong, as a',
    'look at them shows (three read otherwise, and sample plates of four to six zeros are labeled with one): figures are given',
    'as labeled and, where it matters, without those. Real pictures are measured with and never trained on; they lie beside',
    'the repository. The rendered ones are in `tests/golden/plates`, so that anyone can repeat that part.',
    '',
    ...(real.length === 0 ? ['**The real pictures were not here: their rows are missing.**', ''] : []),
    `Models: ${measured.models.join(', ')}. Node ${measured.node}.`,
    '',
    '## Every engine, one picture at a time',
    '',
    ...table(
      ['engine', 'pictures', 'exact', 'strict', 'among the ten of any read'],
      [
        ...setRow('own', 'us-scenes, whole picture, best read', scenes),
        ...setRow('own', 'us-crops, the picture is the plate', crops),
        ...setRow('own', 'us-scenes with a true label', scenes.filter(hasTrueLabel)),
        ...setRow('own', 'us-crops with a true label', crops.filter(hasTrueLabel)),
        ...setRow('own', 'rendered scenes', goldenScenes),
        ...setRow('own', 'rendered close-ups', goldenCloseUps),
        ...secondRows(measured),
        ...RECORDED
      ]
    ),
    '',
    'Rows marked "recorded" were measured earlier on the same pictures, or on twice as many of the same kind where the count says',
    'so, and are repeated here for comparison; that engine no longer ships, or never did.',
    '',
    '## Finding apart from reading',
    '',
    ...table(
      ['pictures', 'a detection on the plate', 'best read on the plate', 'exact, of those', 'exact, place given'],
      [locationRow('us-scenes', scenes), locationRow('rendered scenes', goldenScenes)].flat()
    ),
    '',
    '## By the width of the plate',
    '',
    ...table(
      ['plate width', 'us-scenes found', 'us-scenes exact', 'rendered found', 'rendered exact'],
      WIDTHS.map(([from, to]) => {
        const inside = (all: readonly Reading[]): Reading[] =>
          all.filter(({ widthPx = 0 }) => widthPx >= from && widthPx < to);
        return [
          to === Infinity ? `${from} px and more` : `${from} to ${to - 1} px`,
          count(inside(scenes), ({ detected }) => detected === true),
          count(inside(scenes), isExact),
          count(inside(goldenScenes), ({ detected }) => detected === true),
          count(inside(goldenScenes), isExact)
        ];
      })
    ),
    '',
    ...certainty('real pictures, as labeled', real),
    ...certainty('real pictures with a true label', real.filter(hasTrueLabel)),
    ...certainty('rendered pictures', rendered),
    'Both as a picture: [docs/pictures/reading-confidence.svg](pictures/reading-confidence.svg).',
    '',
    ...bothEngines(measured, real, rendered),
    '## What is no plate',
    '',
    ...table(
      [
        'pictures',
        'with any read',
        'with a read of 50 % or more',
        'with a read of 90 % or more',
        'with a certain read'
      ],
      [
        falseRow('road frames, plates painted over', measured.roadFrames),
        falseRow('rendered streets with signs, stickers, badges', measured.goldenWithout)
      ].flat()
    ),
    '',
    ...jurisdictions(measured),
    ...time(measured),
    ...failures('real pictures', real),
    ...failures('rendered pictures', [...rendered, ...measured.goldenWithout]),
    'A contact sheet of every kind of failure on rendered pictures: [docs/pictures/reading-failures.jpg](pictures/reading-failures.jpg).',
    'Failures on real pictures are not kept here; `npm run bench:plates -- --out DIR` writes them to a folder.',
    ''
  ].join('\n');
}

const WIDTHS = [
  [0, 65],
  [65, 90],
  [90, 140],
  [140, Infinity]
] as const;

/** Measured before by the same yardstick: GOALS, field notes 4, the prototype's notes, and this bench with stock English. */
const RECORDED: readonly (readonly string[])[] = [
  ['tesseract.js, stock English (recorded)', 'us-scenes and us-crops, on our strips', '266 of 501 (53 %)', '-', '-'],
  ['tesseract.js, stock English (recorded)', 'whole scenes, no box given', '0 of 56 (0 %)', '-', '-'],
  ['OpenALPR 2.3, native (recorded)', 'us-scenes', '59 of 110 (54 %)', '-', '-'],
  ['OpenALPR 2.3, native (recorded)', '222 scenes of this kind', '113 of 222 (51 %)', '-', '-'],
  ['OpenALPR 2.3, native (recorded)', '751 crops of this kind', '585 of 751 (78 %)', '-', '-'],
  ['PP-OCRv4 (recorded)', 'us-scenes', '76 of 110 (69 %)', '-', '-'],
  ['PP-OCRv4 (recorded)', '222 scenes of this kind', '140 of 222 (63 %)', '-', '-'],
  ['PP-OCRv4 (recorded)', '751 crops of this kind', '662 of 751 (88 %)', '-', '-']
];

function setRow(engine: string, name: string, all: readonly Reading[]): string[][] {
  return all.length === 0 ? [] : [[engine, name, count(all, isExact), count(all, isStrict), count(all, isAmongTen)]];
}

function secondRows({ scenes, crops, goldenScenes, goldenCloseUps, hasSecondReader }: Measured): string[][] {
  const name = 'tesseract.js, our traineddata';
  if (!hasSecondReader) return [[name, 'all', 'not measured: its data is not there', '-', '-']];
  const row = (pictures: string, all: readonly Reading[]): string[][] =>
    all.length === 0 ? [] : [[name, pictures, count(all, isExactSecond), '-', '-']];
  return [
    ...row(
      'us-scenes, located plates',
      scenes.filter(({ located }) => located === true)
    ),
    ...row('us-crops', crops),
    ...row(
      'rendered scenes, located plates',
      goldenScenes.filter(({ located }) => located === true)
    ),
    ...row('rendered close-ups', goldenCloseUps)
  ];
}

function locationRow(name: string, all: readonly Reading[]): string[][] {
  if (all.length === 0) return [];
  const located = all.filter((one) => one.located === true);
  const detected = count(all, (one) => one.detected === true);
  return [
    [name, detected, count(all, (one) => one.located === true), count(located, isExact), count(all, isExactAtLabel)]
  ];
}

function certainty(name: string, all: readonly Reading[]): string[] {
  if (all.length === 0) return [];
  const bins = calibration(all);
  const certain = all.filter((one) => one.certain);
  return [
    `## What a confidence is worth: ${name}`,
    '',
    ...table(
      ['confidence from', 'reads', 'mean claim', 'right'],
      bins.map(({ from, count: reads, claimed, right }) => [
        percent(from),
        String(reads),
        percent(claimed, 1),
        percent(right, 1)
      ])
    ),
    '',
    `Reliability: claims are off by ${(100 * calibrationError(bins)).toFixed(1)} points on average (0 is honest).`,
    `Marked certain: ${count(all, (one) => one.certain)}; of those right: ${count(certain, isExact)}.`,
    '',
    ...table(
      ['precision kept', ...PRECISIONS.map((precision) => percent(precision, 1))],
      [['share of all plates, surest first', ...PRECISIONS.map((precision) => percent(coverageAt(all, precision)))]]
    ),
    ''
  ];
}

const PRECISIONS = [0.9, 0.95, 0.97, 0.99, 0.995];

function bothEngines({ hasSecondReader }: Measured, real: readonly Reading[], rendered: readonly Reading[]): string[] {
  if (!hasSecondReader) return [];
  const line = (name: string, all: readonly Reading[]): string[][] => {
    const agreed = all.filter(enginesAgree);
    const wrong = (one: Reading): boolean => !isExact(one);
    return all.length === 0
      ? []
      : [
          [
            name,
            count(all, enginesAgree),
            count(agreed, wrong),
            `${agreed.filter(wrong).length} of ${all.length} plates`
          ]
        ];
  };
  return [
    '## When both engines agree',
    '',
    ...table(
      ['pictures', 'agree', 'agree and are wrong, of those', 'of all'],
      [
        ...line('real', real),
        ...line('real, with a true label', real.filter(hasTrueLabel)),
        ...line('rendered', rendered)
      ]
    ),
    ''
  ];
}

function falseRow(name: string, all: readonly Reading[]): string[][] {
  if (all.length === 0) return [];
  const from = (least: number): string =>
    count(all, ({ reads }) => reads.some(({ confidence }) => confidence >= least));
  return [[name, from(0), from(0.5), from(0.9), count(all, ({ reads }) => reads.some(({ certain }) => certain))]];
}

function jurisdictions({ crops, hasJurisdictions }: Measured): string[] {
  const heading = ['## Whose plate it is', ''];
  if (!hasJurisdictions) return [...heading, 'Not measured: its network is not there.', ''];
  if (crops.length === 0) return [];
  const named = crops.filter((one) => one.named !== 'unknown');
  const right = count(named, (one) => one.named === one.jurisdiction);
  return [
    ...heading,
    `us-crops: named ${count(crops, (one) => one.named !== 'unknown')}; of those right ${right}.`,
    ''
  ];
}

function time({ scenes, goldenScenes, inChromium }: Measured): string[] {
  const all = scenes.length > 0 ? scenes : goldenScenes;
  const row = (name: string, detect: readonly number[], read: readonly number[]): string[] => {
    const both = detect.map((ms, i) => ms + (read[i] ?? 0));
    return [
      name,
      ...[detect, read, both].map((ms) => `${quantile(ms, 0.5).toFixed(0)} / ${quantile(ms, 0.9).toFixed(0)}`)
    ];
  };
  return [
    '## Milliseconds a picture',
    '',
    'Median / nine of ten. On two cores that other work shared while this was measured: upper bounds, to be compared within',
    'this table only. Read takes all detections of a picture; Node runs one thread.',
    '',
    ...table(
      ['where', 'detect', 'read', 'detect and read'],
      [
        row(
          'Node, 1 thread',
          all.map((one) => one.detectMs),
          all.map((one) => one.readMs)
        ),
        ...inChromium.map(({ threads, times }) =>
          row(
            `Chromium, WASM, ${threads} thread${threads === 1 ? '' : 's'}`,
            times.map((one) => one.detect),
            times.map((one) => one.read)
          )
        )
      ]
    ),
    '',
    ...(inChromium.length === 0 ? ['Chromium was left out of this run.', ''] : [])
  ];
}

function failures(name: string, all: readonly Reading[]): string[] {
  if (all.length === 0) return [];
  const kinds = new Map<FailureKind, number>();
  for (const reading of all) {
    const kind = failureOf(reading);
    if (kind !== undefined) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const mixed = mixedUp(all).slice(0, 12);
  return [
    `## What goes wrong: ${name}`,
    '',
    ...table(
      ['kind', 'pictures'],
      [...kinds].sort(([, a], [, b]) => b - a).map(([kind, times]) => [failureName(kind), String(times)])
    ),
    '',
    `Characters taken for others: ${mixed.map(([pair, times]) => `${pair} ${times}`).join(', ') || 'none'}.`,
    ''
  ];
}

function count(all: readonly Reading[], holds: (one: Reading) => boolean): string {
  const right = all.filter(holds).length;
  return all.length === 0 ? '-' : `${right} of ${all.length} (${percent(right / all.length, 1)})`;
}

function percent(share: number, digits = 0): string {
  return `${(100 * share).toFixed(digits)} %`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
