import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALPHABET, beamSearch, logSoftmax, type LogProbabilities } from './ctc.ts';

const CLASSES = ALPHABET.length + 1;

/** Columns given as {character: probability}, `-` for blank; what is missing is nearly impossible. */
function columns(...each: Record<string, number>[]): LogProbabilities {
  const values = new Float32Array(each.length * CLASSES).fill(-40);
  each.forEach((column, t) => {
    for (const [character, probability] of Object.entries(column)) {
      values[t * CLASSES + (character === '-' ? 0 : ALPHABET.indexOf(character) + 1)] = Math.log(probability);
    }
  });
  return { columns: each.length, classes: CLASSES, values };
}

test('the same character in neighboring columns is one, with a blank between it is two', () => {
  expect([...beamSearch(columns({ T: 1 }, { T: 1 })).keys()][0]).toBe('T');
  expect([...beamSearch(columns({ T: 1 }, { '-': 1 }, { T: 1 })).keys()][0]).toBe('TT');
});

test('all the ways a text can lie over the columns are added up', () => {
  // The best single path is blank-blank (0.36), but A has three paths: 0.24 + 0.24 + 0.16.
  const texts = beamSearch(columns({ '-': 0.6, A: 0.4 }, { '-': 0.6, A: 0.4 }));
  expect(texts.get('A')).toBeCloseTo(0.64, 5);
  expect(texts.get('')).toBeCloseTo(0.36, 5);
});

test('alternatives come with their probability', () => {
  const texts = beamSearch(columns({ T: 1 }, { '0': 0.7, Q: 0.3 }));
  expect(texts.get('T0')).toBeCloseTo(0.7, 5);
  expect(texts.get('TQ')).toBeCloseTo(0.3, 5);
});

test('log softmax gives probabilities that sum to one in every column', () => {
  fc.assert(
    fc.property(fc.array(fc.float({ min: -30, max: 30, noNaN: true }), { minLength: 12, maxLength: 12 }), (logits) => {
      const { values } = logSoftmax(Float32Array.from(logits), 4, 3);
      for (let t = 0; t < 3; t++) {
        const sum = values.subarray(t * 4, t * 4 + 4).reduce((all, one) => all + Math.exp(one), 0);
        expect(sum).toBeCloseTo(1, 4);
      }
    })
  );
});

test('the texts of a beam are never likelier than certain', () => {
  const column = fc
    .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 })
    .map((shares) => shares.map((share) => share / shares.reduce((a, b) => a + b, 0)))
    .map(([a = 0, b = 0, c = 0, d = 0]) => ({ '-': a, T: b, '0': c, Q: d }));
  fc.assert(
    fc.property(fc.array(column, { minLength: 1, maxLength: 8 }), (each) => {
      const sum = [...beamSearch(columns(...each)).values()].reduce((all, one) => all + one, 0);
      expect(sum).toBeLessThanOrEqual(1 + 1e-5);
    })
  );
});

test('every text has exactly the probability of all its paths, as counting them one by one gives', () => {
  const column = fc
    .array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
    .map((shares) => shares.map((share) => share / shares.reduce((a, b) => a + b, 0)))
    .map(([a = 0, b = 0, c = 0]) => ({ '-': a, T: b, '0': c }));
  fc.assert(
    fc.property(fc.array(column, { minLength: 1, maxLength: 5 }), (each) => {
      const found = beamSearch(columns(...each), 1000);
      const counted = countedPaths(each);
      // A beam may name a text that no path gives, such as TT in two columns, with no probability.
      for (const text of new Set([...found.keys(), ...counted.keys()])) {
        expect(found.get(text) ?? -1, text).toBeCloseTo(counted.get(text) ?? 0, 5);
      }
    }),
    { numRuns: 50 }
  );
});

/** Every path through the columns, its text by CTC's rule: repeats first, then blanks, are taken out. */
function countedPaths(each: readonly Record<string, number>[]): Map<string, number> {
  let paths: { path: string; probability: number }[] = [{ path: '', probability: 1 }];
  for (const column of each) {
    paths = paths.flatMap(({ path, probability }) =>
      Object.entries(column).map(([character, share]) => ({ path: path + character, probability: probability * share }))
    );
  }
  const texts = new Map<string, number>();
  for (const { path, probability } of paths) {
    const text = path.replaceAll(/(.)\1+/g, '$1').replaceAll('-', '');
    texts.set(text, (texts.get(text) ?? 0) + probability);
  }
  return texts;
}
