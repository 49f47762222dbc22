import { foldPlate } from '../plate/fold.ts';
import { calibrated } from './calibration.ts';
import type { Candidate, Observation } from './observation.ts';
import { rankedByFormat } from './rank-by-format.ts';

/** What all looks at one passing plate say together. */
export interface Vote {
  /** empty when no look could be read */
  readonly plate: string;
  /** 0..1, the chance that every character is right, O and 0 counting as one; calibrated (rule calibrated) */
  readonly confidence: number;
  /** 0..1, the text's share of all that the looks make likely: what the confidence was calibrated from */
  readonly share: number;
  /** 0..1 a character */
  readonly characterConfidences: readonly number[];
  /** looks in which something could be read */
  readonly looks: number;
  /** looks whose own most likely text is `plate`, O and 0 counting as one */
  readonly agreeingLooks: number;
  /** of the looks in which something could be read, the middle one's; null when none was measured (rule isPlateLike) */
  readonly detectionScore: number | null;
  readonly aspect: number | null;
}

/**
 * How much two looks at the same plate repeat each other: 0 independent, 1 the same picture again. Frames a tenth of a
 * second apart share light, dirt and viewpoint, so ten looks are worth about two independent ones, never ten.
 */
const REPETITION = 0.5;
/** A text that a look doesn't list may still be right: the beam is short and the blur may be total. */
const UNLISTED = 0.002;
/** From this width and sharpness on, a look can be taken at its word. */
const FULL_WEIGHT_WIDTH_PX = 90;
const FULL_WEIGHT_SHARPNESS = 0.25;
const LEAST_WEIGHT = 0.1;

/**
 * The one text that all looks together make most likely. Candidates are joined in their folded form, as O and 0 cannot
 * be told apart; the spelling most looks prefer is kept. An outvoted look lowers the confidence but cannot veto. Near-ties
 * go to the text that is built as serials are, of `jurisdiction` when it is known (rule rankedByFormat).
 */
export function vote(observations: readonly Observation[], jurisdiction?: string): Vote {
  const readable = observations.filter((one) => one.candidates.length > 0);
  if (readable.length === 0) return NOTHING_READ;
  const looks = readable.map(foldedLook);

  const shares = rankedByFormat(sharesOf(looks), jurisdiction);
  const best = shares.reduce((one, other) => (other.probability > one.probability ? other : one));
  const agreeingLooks = looks.filter((look) => look.mostLikely === best.text).length;
  const worthOf = (share: number): number => calibrated({ share, looks: looks.length, agreeingLooks });
  const shareWith = (character: string, at: number): number =>
    shares.reduce(
      (sum, { text, probability }) =>
        text.length === best.text.length && text[at] === character ? sum + probability : sum,
      0
    );
  return {
    plate: spelling(best.text, observations),
    confidence: worthOf(best.probability),
    share: best.probability,
    characterConfidences: [...best.text].map((character, at) => worthOf(Math.min(1, shareWith(character, at)))),
    looks: looks.length,
    agreeingLooks,
    detectionScore: middleOf(readable.map((one) => one.detectionScore)),
    aspect: middleOf(readable.map((one) => one.aspect))
  };
}

function middleOf(values: readonly (number | undefined)[]): number | null {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

/** Each text's share of all that the looks make likely; what is missing to 1 is for a text that no look lists. */
function sharesOf(looks: readonly FoldedLook[]): readonly Candidate[] {
  const weight = looks.reduce((sum, look) => sum + look.weight, 0);
  const worth = looks.length / (1 + (looks.length - 1) * REPETITION);
  const support = (probabilityIn: (look: FoldedLook) => number): number =>
    (worth / weight) *
    looks.reduce((sum, look) => sum + look.weight * Math.log(Math.max(UNLISTED, probabilityIn(look))), 0);

  const texts = [...new Set(looks.flatMap((look) => [...look.byText.keys()]))];
  const supports = texts.map((text) => support((look) => look.byText.get(text) ?? 0));
  const somethingElse = support((look) => look.unlisted);
  const highest = Math.max(...supports, somethingElse);
  const masses = supports.map((one) => Math.exp(one - highest));
  const whole = masses.reduce((sum, mass) => sum + mass, 0) + Math.exp(somethingElse - highest);
  return texts.map((text, i) => ({ text, probability: (masses[i] ?? 0) / whole }));
}

const NOTHING_READ: Vote = {
  plate: '',
  confidence: 0,
  share: 0,
  characterConfidences: [],
  looks: 0,
  agreeingLooks: 0,
  detectionScore: null,
  aspect: null
};

/**
 * How much say a look has, 0.1..1: that of its size times that of its sharpness. A look whose sharpness was not measured
 * counts as sharp.
 */
export function weightOf({ widthPx, sharpness = FULL_WEIGHT_SHARPNESS }: Observation): number {
  const weight = Math.min(1, widthPx / FULL_WEIGHT_WIDTH_PX) * Math.min(1, sharpness / FULL_WEIGHT_SHARPNESS);
  return Math.max(LEAST_WEIGHT, weight);
}

interface FoldedLook {
  readonly byText: ReadonlyMap<string, number>;
  readonly mostLikely: string;
  readonly unlisted: number;
  readonly weight: number;
}

function foldedLook(observation: Observation): FoldedLook {
  const byText = new Map<string, number>();
  for (const { text, probability } of observation.candidates) {
    byText.set(foldPlate(text), (byText.get(foldPlate(text)) ?? 0) + probability);
  }
  let mostLikely = '';
  let listed = 0;
  for (const [text, probability] of byText) {
    if (mostLikely === '' || probability > (byText.get(mostLikely) ?? 0)) mostLikely = text;
    listed += probability;
  }
  return { byText, mostLikely, unlisted: Math.max(0, 1 - listed), weight: weightOf(observation) };
}

/** How the looks spell the folded text: O or 0, whichever has more probability behind it. */
function spelling(folded: string, observations: readonly Observation[]): string {
  const spellings = new Map<string, number>();
  for (const { text, probability } of observations.flatMap((one) => one.candidates)) {
    if (foldPlate(text) === folded) spellings.set(text, (spellings.get(text) ?? 0) + probability);
  }
  return [...spellings].reduce<[string, number]>((best, one) => (one[1] > best[1] ? one : best), [folded, -1])[0];
}
