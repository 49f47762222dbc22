import { CONFUSIONS } from './confusions.ts';
import { foldPlate } from './fold.ts';

/**
 * Characters that are mistaken for each other on real plates, in the folded form (O is 0). From our reader's and
 * tesseract's errors on real pictures, and the pairs that plate systems commonly treat as equivalent. Each further pair
 * stops more innocent cars, so a pair needs a reason.
 */
export const CONFUSABLE_PAIRS: readonly (readonly [string, string])[] = [
  ['0', 'D'],
  ['0', 'Q'],
  ['D', 'Q'],
  ['1', 'I'],
  ['1', 'L'],
  ['I', 'L'],
  ['1', 'T'],
  ['I', 'T'],
  ['1', '7'],
  ['7', 'T'],
  ['2', 'Z'],
  ['4', 'A'],
  ['5', 'S'],
  ['6', 'G'],
  ['C', 'G'],
  ['8', 'B'],
  ['3', '8'],
  ['U', 'V'],
  ['V', 'Y'],
  ['M', 'N']
];

const LOOK_ALIKES: ReadonlyMap<string, string> = lookAlikesByCharacter();

/** The characters that `character` may be mistaken for, as one string; the same set whichever of O and 0 is asked. */
export function lookAlikesOf(character: string): string {
  return LOOK_ALIKES.get(foldPlate(character)) ?? '';
}

/**
 * When `read` is wrong: how likely it is really `other`, 0..1, by the recognizer's own confusions (confusions.ts). Never quite 0 for a pair.
 */
export function confusionShare(read: string, other: string): number {
  const measured = CONFUSIONS[foldPlate(read)]?.[foldPlate(other)];
  return measured ?? (lookAlikesOf(read).includes(foldPlate(other)) ? LEAST_SHARE : 0);
}

/** A pair that the dies make alike but that was never seen confused. */
const LEAST_SHARE = 0.01;

/** One place where two plates of the same length differ. */
export interface Difference {
  /** position, from 0 */
  readonly at: number;
  readonly left: string;
  readonly right: string;
  /** true when the two characters are a confusable pair */
  readonly lookAlike: boolean;
}

/** Where two plates differ, O and 0 counting as one; `undefined` when their lengths differ, since then no place answers to another. */
export function differences(left: string, right: string): readonly Difference[] | undefined {
  if (left.length !== right.length) return undefined;
  const found: Difference[] = [];
  for (let at = 0; at < left.length; at++) {
    const a = left.charAt(at);
    const b = right.charAt(at);
    if (foldPlate(a) === foldPlate(b)) continue;
    found.push({ at, left: a, right: b, lookAlike: lookAlikesOf(a).includes(foldPlate(b)) });
  }
  return found;
}

/** True when the plates are not the same but only look-alike characters tell them apart, at most `atMost` of them. */
export function areConfusable(left: string, right: string, atMost = 1): boolean {
  const found = differences(left, right);
  return found !== undefined && found.length >= 1 && found.length <= atMost && found.every((one) => one.lookAlike);
}

function lookAlikesByCharacter(): Map<string, string> {
  const table = new Map<string, string>();
  for (const [a, b] of CONFUSABLE_PAIRS) {
    table.set(a, (table.get(a) ?? '') + b);
    table.set(b, (table.get(b) ?? '') + a);
  }
  // What the recognizer itself confuses counts in both directions, as the pairs do.
  for (const [read, others] of Object.entries(CONFUSIONS))
    for (const other of Object.keys(others))
      for (const [a, b] of [
        [read, other],
        [other, read]
      ] as const)
        if (!(table.get(a) ?? '').includes(b)) table.set(a, (table.get(a) ?? '') + b);
  return table;
}
