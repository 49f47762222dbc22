import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Candidate } from './observation.ts';
import { CLEAR_GLYPH, rankedByFormat } from './rank-by-format.ts';
import { fitsFormat } from './serial-formats.ts';

const best = (candidates: readonly Candidate[]): string =>
  candidates.reduce((one, other) => (other.probability > one.probability ? other : one)).text;
const of = (...pairs: (readonly [string, number])[]): Candidate[] =>
  pairs.map(([text, probability]) => ({ text, probability }));

const someCandidates: fc.Arbitrary<Candidate[]> = fc
  .uniqueArray(
    fc
      .array(fc.constantFrom('A', 'B', '8', '1', 'I', '2', 'Z', '0'), { minLength: 5, maxLength: 7 })
      .map((c) => c.join('')),
    { minLength: 1, maxLength: 8 }
  )
  .chain((texts) =>
    fc
      .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: texts.length, maxLength: texts.length })
      .map((shares) => texts.map((text, i) => ({ text, probability: (shares[i] ?? 0) / texts.length })))
  );
const aJurisdiction = fc.option(fc.constantFrom('MN', 'CA', 'NY', 'XX'), { nil: undefined });

test('a near-tie goes to the text that is built as serials are', () => {
  expect(best(rankedByFormat(of(['ABC1Z3', 0.5], ['ABC123', 0.4]), 'MN'))).toBe('ABC123');
  expect(best(rankedByFormat(of(['ABC1Z3', 0.5], ['ABC123', 0.4])))).toBe('ABC123');
});

test('what is clearly no near-tie stays as it was read: a vanity plate may say anything', () => {
  expect(best(rankedByFormat(of(['ABC1Z3', 0.85], ['ABC123', 0.1]), 'MN'))).toBe('ABC1Z3');
});

test('who issued a plate says more than that it is built as some serial is', () => {
  expect(best(rankedByFormat(of(['AAAZ208', 0.34], ['AAA2208', 0.1]), 'NY'))).toBe('AAA2208');
  expect(best(rankedByFormat(of(['AAAZ208', 0.34], ['AAA2208', 0.1])))).toBe('AAAZ208');
});

test('a jurisdiction decides between two formats', () => {
  expect(best(rankedByFormat(of(['8ABC123', 0.4], ['BABC123', 0.5]), 'CA'))).toBe('8ABC123');
  expect(fitsFormat('8ABC123', 'CA')).toBe(true);
  expect(fitsFormat('8ABC123', 'MN')).toBe(false);
  expect(fitsFormat('ABC123', 'nowhere')).toBe(false);
});

test('zero stands for the letter O too', () => {
  expect(fitsFormat('0BC123', 'MN')).toBe(true);
  expect(fitsFormat('OBC023', 'MN')).toBe(true);
});

test('a clear glyph is never changed, and no character is added or taken away', () => {
  fc.assert(
    fc.property(someCandidates, aJurisdiction, (candidates, jurisdiction) => {
      const before = best(candidates);
      const after = best(rankedByFormat(candidates, jurisdiction));
      expect(after).toHaveLength(before.length);
      const total = candidates.reduce((sum, one) => sum + one.probability, 0);
      [...before].forEach((glyph, at) => {
        const behind = candidates.filter(({ text }) => text.length === before.length && text[at] === glyph);
        const share = behind.reduce((sum, one) => sum + one.probability, 0) / total;
        if (share > CLEAR_GLYPH) expect(after[at]).toBe(glyph);
      });
    })
  );
});

test('the sum of the probabilities stays, none is less than nothing, and the order given is kept', () => {
  fc.assert(
    fc.property(someCandidates, aJurisdiction, (candidates, jurisdiction) => {
      const after = rankedByFormat(candidates, jurisdiction);
      const sum = (all: readonly Candidate[]) => all.reduce((total, one) => total + one.probability, 0);
      expect(sum(after)).toBeCloseTo(sum(candidates), 9);
      expect(after.map(({ text }) => text)).toEqual(candidates.map(({ text }) => text));
      for (const { probability } of after) expect(probability).toBeGreaterThanOrEqual(0);
    })
  );
});
