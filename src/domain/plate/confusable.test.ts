import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areConfusable, CONFUSABLE_PAIRS, differences, lookAlikesOf } from './confusable.ts';

const plateText = fc.stringMatching(/^[A-Z0-9]{1,8}$/);

test('a difference names its place, both characters, and whether they look alike', () => {
  expect(differences('TST042', 'TST04Z')).toEqual([{ at: 5, left: '2', right: 'Z', lookAlike: true }]);
  expect(differences('TST042', 'TST041')).toEqual([{ at: 5, left: '2', right: '1', lookAlike: false }]);
});

test('plates of different lengths have no places to compare', () => {
  expect(differences('TST042', 'TST04')).toBeUndefined();
  expect(areConfusable('TST042', 'TST04')).toBe(false);
});

test('O and 0 are no difference, so they are not a confusable match either', () => {
  expect(differences('TSTO42', 'TST042')).toEqual([]);
  expect(areConfusable('TSTO42', 'TST042')).toBe(false);
});

test('O is as easily taken for D as 0 is', () => {
  expect(areConfusable('TSTO42', 'TSTD42')).toBe(true);
  expect(lookAlikesOf('O')).toBe(lookAlikesOf('0'));
});

test('two look-alike characters are confusable only when two are allowed', () => {
  expect(areConfusable('8ST042', 'BST04Z')).toBe(false);
  expect(areConfusable('8ST042', 'BST04Z', 2)).toBe(true);
});

test('every pair is a look-alike in both directions and none is listed twice', () => {
  const seen = new Set<string>();
  for (const [a, b] of CONFUSABLE_PAIRS) {
    expect(areConfusable(a, b)).toBe(true);
    expect(areConfusable(b, a)).toBe(true);
    const key = [a, b].sort().join('');
    expect(seen.has(key)).toBe(false);
    seen.add(key);
  }
});

test('comparing is symmetric', () => {
  fc.assert(
    fc.property(plateText, plateText, (left, right) => {
      expect(areConfusable(left, right, 2)).toBe(areConfusable(right, left, 2));
      expect(differences(left, right)?.map((one) => one.at)).toEqual(differences(right, left)?.map((one) => one.at));
    })
  );
});
