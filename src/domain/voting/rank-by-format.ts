import type { Candidate } from './observation.ts';
import { fitsFormat } from './serial-formats.ts';

/**
 * How much likelier a text that is built as serials are is taken to be than one that is not. Small on purpose: forced
 * patterns are a known cause of misreads, and one plate in thirty is a vanity plate that follows none.
 */
const FAVOR = 3;
/**
 * The same where the plate itself says who issued it: nine passenger plates in ten follow their jurisdiction's few formats,
 * and of all texts of that length hardly one in a thousand does by chance. Far less is taken than that would allow.
 */
const FAVOR_OF_KNOWN = 10;
/** A glyph with more than this share of the evidence is clear, and no format changes it. */
export const CLEAR_GLYPH = 0.8;

/**
 * The candidates of a vote with the knowledge of how serials are built: near-ties (1 or I, 2 or Z, 8 or B) go to the text
 * that fits a format of the jurisdiction, or of any when it is not known. A clear glyph is never overruled, no character is
 * ever added or taken away, and the sum of the probabilities stays what it was. In the order given.
 */
export function rankedByFormat(candidates: readonly Candidate[], jurisdiction?: string): readonly Candidate[] {
  const total = sumOf(candidates);
  const best = mostLikely(candidates);
  if (best === undefined || total <= 0) return candidates;
  const clear = [...best.text].map(
    (glyph, at) => shareOfGlyph(candidates, best.text.length, glyph, at) / total > CLEAR_GLYPH
  );
  const mayWin = (text: string): boolean =>
    text.length === best.text.length && [...text].every((glyph, at) => glyph === best.text[at] || clear[at] === false);
  const favor = jurisdiction === undefined ? FAVOR : FAVOR_OF_KNOWN;
  const favored = ({ text, probability }: Candidate): number =>
    fitsFormat(text, jurisdiction) ? favor * probability : probability;
  // What would change a clear glyph may gain as well, but not win.
  const limit = 0.99 * favored(best);
  const weights = candidates.map((one) => (mayWin(one.text) ? favored(one) : Math.min(limit, favored(one))));
  const scale = total / weights.reduce((sum, weight) => sum + weight, 0);
  return candidates.map(({ text }, i) => ({ text, probability: (weights[i] ?? 0) * scale }));
}

function mostLikely(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.reduce<Candidate | undefined>(
    (best, one) => (best === undefined || one.probability > best.probability ? one : best),
    undefined
  );
}

function shareOfGlyph(candidates: readonly Candidate[], length: number, glyph: string, at: number): number {
  return sumOf(candidates.filter(({ text }) => text.length === length && text[at] === glyph));
}

function sumOf(candidates: readonly Candidate[]): number {
  return candidates.reduce((sum, one) => sum + one.probability, 0);
}
