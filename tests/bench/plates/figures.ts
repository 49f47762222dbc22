/** What readings are worth, in numbers: pure, so that a figure can be checked by hand. */
import { foldPlate } from '#domain/plate/fold.ts';

/** One picture with what should be read and what was. */
export interface Reading {
  readonly file: string;
  /** what stands on the plate; '' for a picture without one */
  readonly label: string;
  readonly jurisdiction: string;
  /** the plate's width in pixels, where the set says where the plate is */
  readonly widthPx: number | undefined;
  /** the best read; '' for none */
  readonly plate: string;
  readonly confidence: number;
  readonly certain: boolean;
  readonly named: string;
  /** the ten alternatives of every read of the picture */
  readonly alternatives: readonly string[];
  /** the best read lies on the plate; undefined where the set does not say where the plate is */
  readonly located: boolean | undefined;
  /** some detection lies on the plate */
  readonly detected: boolean | undefined;
  /** what is read when the place is given; undefined where the set does not say where the plate is */
  readonly atLabel: string | undefined;
  /** the second reader's text of the best read; undefined when it was not asked or gave no answer */
  readonly second: string | undefined;
  /** every read of the picture, for pictures without a plate */
  readonly reads: readonly { readonly plate: string; readonly confidence: number; readonly certain: boolean }[];
  readonly detectMs: number;
  readonly readMs: number;
}

export const isExact = ({ plate, label }: Reading): boolean => label !== '' && foldPlate(plate) === foldPlate(label);
export const isStrict = ({ plate, label }: Reading): boolean => label !== '' && plate === label;
export const isAmongTen = ({ alternatives, label }: Reading): boolean =>
  alternatives.some((text) => foldPlate(text) === foldPlate(label));
export const isExactAtLabel = ({ atLabel, label }: Reading): boolean =>
  atLabel !== undefined && foldPlate(atLabel) === foldPlate(label);
export const isExactSecond = ({ second, label }: Reading): boolean =>
  second !== undefined && foldPlate(second) === foldPlate(label);
export const enginesAgree = ({ second, plate }: Reading): boolean =>
  second !== undefined && plate !== '' && foldPlate(second) === foldPlate(plate);

/**
 * Real pictures whose label is not what stands on the plate, found by looking at them. Sample plates are labeled with a
 * single 0 however many zeros they show.
 */
const WRONG_LABELS: ReadonlySet<string> = new Set(['wts-lg-000159.jpg', 'wts-lg-000085.jpg', 'ga1260.jpg']);
export const hasTrueLabel = ({ file, label }: Reading): boolean => label !== '0' && !WRONG_LABELS.has(file);

/** Readings whose claims lie between two bounds, and how many of them are right. */
export interface Bin {
  readonly from: number;
  readonly count: number;
  readonly claimed: number;
  readonly right: number;
}

const EDGES = [0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.99];

/** Claims against truth: what should be a straight line. Empty bins are left out; no read at all is no claim. */
export function calibration(readings: readonly Reading[]): readonly Bin[] {
  const claims = readings.filter(({ plate }) => plate !== '');
  return EDGES.flatMap((from, i) => {
    const to = EDGES[i + 1] ?? Infinity;
    const inside = claims.filter(({ confidence }) => confidence >= from && confidence < to);
    if (inside.length === 0) return [];
    const claimed = inside.reduce((sum, { confidence }) => sum + confidence, 0) / inside.length;
    return [{ from, count: inside.length, claimed, right: inside.filter(isExact).length / inside.length }];
  });
}

/** Expected calibration error: the distance between claim and truth, weighted by how many claims there are. 0 is honest. */
export function calibrationError(bins: readonly Bin[]): number {
  const count = bins.reduce((sum, bin) => sum + bin.count, 0);
  return bins.reduce((sum, bin) => sum + (bin.count / Math.max(1, count)) * Math.abs(bin.claimed - bin.right), 0);
}

/** The largest share of all readings that can be taken, surest first, while at least `precision` of them are right. */
export function coverageAt(readings: readonly Reading[], precision: number): number {
  const surestFirst = readings.filter(({ plate }) => plate !== '').sort((a, b) => b.confidence - a.confidence);
  let [right, best] = [0, 0];
  surestFirst.forEach((reading, i) => {
    if (isExact(reading)) right++;
    // Readings that claim the same cannot be told apart by their claim: all of them or none.
    const last = surestFirst[i + 1]?.confidence !== reading.confidence;
    if (last && right / (i + 1) >= precision) best = i + 1;
  });
  return best / Math.max(1, readings.length);
}

/** Why a reading is wrong, as a person would sort it. */
export type FailureKind =
  | 'notFound'
  | 'notRead'
  | 'elsewhere'
  | 'characterMissing'
  | 'characterTooMany'
  | 'lookAlike'
  | 'otherText'
  | 'noPlate';

const FAILURE_NAMES: Readonly<Record<FailureKind, string>> = {
  notFound: 'no detection lies on the plate',
  notRead: 'the plate was found but nothing was read',
  elsewhere: 'something else in the picture was taken for the best read',
  characterMissing: 'characters are missing',
  characterTooMany: 'characters too many (an edge, an emblem, a stacked letter)',
  lookAlike: 'one character taken for another',
  otherText: 'more than one character wrong',
  noPlate: 'a text read where no plate is'
};

/** The kind in words. */
export function failureName(kind: FailureKind): string {
  return FAILURE_NAMES[kind];
}

/** What is wrong with a reading; undefined when it is right. */
export function failureOf(reading: Reading): FailureKind | undefined {
  const { label, plate, located, detected } = reading;
  if (label === '') return plate === '' ? undefined : 'noPlate';
  if (isExact(reading)) return undefined;
  if (detected === false) return 'notFound';
  if (plate === '') return 'notRead';
  if (located === false) return 'elsewhere';
  if (plate.length < label.length) return 'characterMissing';
  if (plate.length > label.length) return 'characterTooMany';
  const [one, other] = [foldPlate(plate), foldPlate(label)];
  const wrong = [...one].filter((character, i) => character !== other[i]).length;
  return wrong === 1 ? 'lookAlike' : 'otherText';
}

/** Single characters taken for others among readings of the right length, as `label>read`, most frequent first. */
export function mixedUp(readings: readonly Reading[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { label, plate } of readings) {
    if (label.length !== plate.length) continue;
    const [one, other] = [foldPlate(label), foldPlate(plate)];
    [...one].forEach((character, i) => {
      const pair = `${character}>${other[i] ?? ''}`;
      if (character !== other[i]) counts.set(pair, (counts.get(pair) ?? 0) + 1);
    });
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** The value below which `share` of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
