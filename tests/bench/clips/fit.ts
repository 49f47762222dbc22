/** Fits the calibration of confidences to readings of which it is known whether they are right. */
import { calibrated, termsOf, type Calibration, type Evidence } from '#domain/voting/calibration.ts';

/** One reading, and whether it was right. */
export interface Sample {
  readonly evidence: Evidence;
  readonly right: boolean;
}

/** The numbers in a row: shift, scale, perDoubling, minus perDisagreement. */
type Weights = [number, number, number, number];

const ROUNDS = 30;
/** How much the samples must say before a number moves from "the evidence is right as it is", in samples. */
const PRIOR = 2;
const AS_IT_IS: Weights = [0, 1, 0, 0];
const LEAST: Weights = [-Infinity, 0.1, 0, -Infinity];
const MOST: Weights = [Infinity, Infinity, Infinity, 0];

/**
 * The calibration that makes the samples likeliest: logistic regression by Newton's method; a number that would leave its
 * lawful range is held at the range's end and the others are fitted again.
 */
export function fitCalibration(samples: readonly Sample[]): Calibration {
  const held = new Set<number>();
  let weights = newton(samples, AS_IT_IS, held);
  for (;;) {
    const beyond = weights.findIndex((value, i) => value < (LEAST[i] ?? 0) || value > (MOST[i] ?? 0));
    if (beyond < 0) break;
    held.add(beyond);
    weights[beyond] = Math.min(MOST[beyond] ?? 0, Math.max(LEAST[beyond] ?? 0, weights[beyond] ?? 0));
    weights = newton(samples, weights, held);
  }
  const [shift, scale, perDoubling, agreement] = weights.map((value) => Number(value.toFixed(3))) as Weights;
  return { shift, scale, perDoubling, perDisagreement: agreement === 0 ? 0 : -agreement };
}

function newton(samples: readonly Sample[], from: Weights, held: ReadonlySet<number>): Weights {
  const rows = samples.map(({ evidence, right }) => ({ terms: [1, ...termsOf(evidence)], right: right ? 1 : 0 }));
  let weights: Weights = [...from];
  for (let round = 0; round < ROUNDS; round++) {
    const slope = weights.map((value, i) => PRIOR * ((AS_IT_IS[i] ?? 0) - value));
    const bend: number[][] = weights.map((_, i) => weights.map((_, j) => (i === j ? PRIOR : 0)));
    for (const { terms, right } of rows) {
      const logOdds = terms.reduce((sum, term, i) => sum + term * (weights[i] ?? 0), 0);
      const chance = 1 / (1 + Math.exp(-logOdds));
      terms.forEach((term, i) => {
        slope[i] = (slope[i] ?? 0) + term * (right - chance);
        const line = bend[i] ?? [];
        terms.forEach((other, j) => (line[j] = (line[j] ?? 0) + term * other * chance * (1 - chance)));
      });
    }
    for (const i of held) {
      slope[i] = 0;
      bend.forEach((line, j) => (line[i] = i === j ? 1 : 0));
      bend[i]?.forEach((_, j, line) => (line[j] = i === j ? 1 : 0));
    }
    const step = solved(bend, slope);
    weights = weights.map((value, i) => value + Math.min(1, Math.max(-1, step[i] ?? 0))) as Weights;
  }
  return weights;
}

/** x of matrix x = right, by Gaussian elimination; the matrix is symmetric and positive, so no line is ever zero. */
function solved(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((line, i) => [...line, right[i] ?? 0]);
  const n = rows.length;
  for (let i = 0; i < n; i++) {
    const pivot = rows[i] ?? [];
    for (let j = 0; j < n; j++) {
      const row = rows[j];
      if (j === i || row === undefined) continue;
      const factor = (row[i] ?? 0) / (pivot[i] ?? 1);
      for (let k = i; k <= n; k++) row[k] = (row[k] ?? 0) - factor * (pivot[k] ?? 0);
    }
  }
  return rows.map((row, i) => (row[n] ?? 0) / (row[i] ?? 1));
}

/** How confident and how right readings of about the same confidence are. */
export interface Bin {
  readonly from: number;
  readonly count: number;
  readonly meanConfidence: number;
  readonly shareRight: number;
}

const EDGES = [0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.99];

/** The samples sorted into bins by their confidence, for a table; empty bins are left out. */
export function reliability(samples: readonly Sample[], by?: Calibration): readonly Bin[] {
  const judged = samples.map(({ evidence, right }) => ({ confidence: calibrated(evidence, by), right }));
  return EDGES.flatMap((from, i) => {
    const inside = judged.filter(({ confidence }) => confidence >= from && confidence < (EDGES[i + 1] ?? Infinity));
    if (inside.length === 0) return [];
    const meanConfidence = inside.reduce((sum, one) => sum + one.confidence, 0) / inside.length;
    const shareRight = inside.filter((one) => one.right).length / inside.length;
    return [{ from, count: inside.length, meanConfidence, shareRight }];
  });
}

/** Expected calibration error: the mean distance between what is claimed and what is right, weighted by count. */
export function calibrationError(bins: readonly Bin[]): number {
  const count = bins.reduce((sum, bin) => sum + bin.count, 0);
  return bins.reduce((sum, bin) => sum + (bin.count / count) * Math.abs(bin.meanConfidence - bin.shareRight), 0);
}
