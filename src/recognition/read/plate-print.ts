import { ALPHABET } from './ctc.ts';
import PRINT from './plate-print.json';

/** A name or a slogan as it may stand on the plates of a jurisdiction. */
interface Phrase {
  readonly code: string;
  /** classes of its letters in the reader's alphabet; blank is 0 */
  readonly letters: readonly number[];
  readonly isName: boolean;
}

/** Stands for those who issue plates and have no code of their own here: provinces, territories, tribes, Mexico, governments. */
export const ELSEWHERE = 'elsewhere';

const CLASSES = ALPHABET.length + 1;

/**
 * What a step along a strip costs at most that does not fit, in natural logarithms: a bolt or a scratch over one letter must
 * not hide a name.
 */
const DEAREST_STEP = 6;

const PHRASES: readonly Phrase[] = Object.entries(PRINT).flatMap(([code, { names, slogans }]) => [
  ...names.map((text) => ({ code, letters: lettersOf(text), isName: true })),
  ...slogans.map((text) => ({ code, letters: lettersOf(text), isName: false }))
]);

/** How much a letter that is written speaks, a step that is lacking, and a slogan beside a name. */
interface PrintWeights {
  readonly letter: number;
  readonly lack: number;
  readonly slogan: number;
}

/**
 * What is written on a plate speaks for each jurisdiction, by code, and for `ELSEWHERE`: its best name or slogan is worth its letters less what
 * they lack, wherever it stands on a strip; what stands beside it - a sticker, a county - costs nothing. `strips` are the
 * reader's outputs, each `ALPHABET.length + 1` classes by `steps`.
 */
export function spokenFor(strips: readonly Float32Array[], weights: PrintWeights): ReadonlyMap<string, number> {
  const costs = strips.map(costsOf);
  const best = new Map<string, number>();
  for (const { code, letters, isName } of PHRASES) {
    const lacking = Math.min(...costs.map((strip) => lackingOf(letters, strip)));
    const worth = (weights.letter * letters.length - weights.lack * lacking) * (isName ? 1 : weights.slogan);
    best.set(code, Math.max(worth, best.get(code) ?? -Infinity));
  }
  return best;
}

/** For each step and class what it costs to want that class there: nothing for the likeliest one. Steps by classes. */
function costsOf(outputs: Float32Array): Float32Array {
  const steps = outputs.length / CLASSES;
  const costs = new Float32Array(outputs.length);
  for (let step = 0; step < steps; step++) {
    let largest = -Infinity;
    for (let one = 0; one < CLASSES; one++) largest = Math.max(largest, outputs[one * steps + step] ?? 0);
    for (let one = 0; one < CLASSES; one++) {
      costs[step * CLASSES + one] = Math.min(DEAREST_STEP, largest - (outputs[one * steps + step] ?? 0));
    }
  }
  return costs;
}

/**
 * The least cost at which the letters stand one after another somewhere on the strip, as CTC reads them: a letter lasts for
 * a step or more, blanks may stand between, and must between two alike. Infinite when there are more letters than steps.
 */
function lackingOf(letters: readonly number[], costs: Float32Array): number {
  // What it costs at least to have just read the letter, or a blank after it, at the step before.
  const onLetter = new Float64Array(letters.length).fill(Infinity);
  const onBlank = new Float64Array(letters.length).fill(Infinity);
  let least = Infinity;
  for (let at = 0; at < costs.length; at += CLASSES) {
    // From the last letter to the first: each looks at what the one before it was a step ago.
    for (let i = letters.length - 1; i >= 0; i--) {
      const letter = letters[i] ?? 0;
      const stayed = onLetter[i] ?? Infinity;
      const come = Math.min(
        i === 0 ? 0 : (onBlank[i - 1] ?? Infinity),
        i > 0 && letters[i - 1] !== letter ? (onLetter[i - 1] ?? Infinity) : Infinity
      );
      onBlank[i] = (costs[at] ?? 0) + Math.min(stayed, onBlank[i] ?? Infinity);
      onLetter[i] = (costs[at + letter] ?? 0) + Math.min(stayed, come);
    }
    least = Math.min(least, onLetter[letters.length - 1] ?? Infinity);
  }
  return least;
}

/** Letters and digits of a line as classes: capitals and small ones are one; accents, spaces and points are left out. */
function lettersOf(text: string): readonly number[] {
  const plain = text.normalize('NFD').toUpperCase();
  return [...plain].flatMap((letter) => (ALPHABET.includes(letter) ? [ALPHABET.indexOf(letter) + 1] : []));
}
