import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldPlate } from './fold.ts';

const plateText = fc.stringMatching(/^[A-Z0-9]{1,8}$/);

test('the letter O and the digit zero are one character in an exact match', () => {
  expect(foldPlate('TSTO42')).toBe(foldPlate('TST042'));
});

test('no other look-alike folds', () => {
  for (const [a, b] of [
    ['8', 'B'],
    ['1', 'I'],
    ['Q', '0'],
    ['D', '0'],
    ['5', 'S']
  ] as const) {
    expect(foldPlate(`TST${a}42`)).not.toBe(foldPlate(`TST${b}42`));
  }
});

test('folding keeps the length, and folding twice changes nothing', () => {
  fc.assert(
    fc.property(plateText, (plate) => {
      const folded = foldPlate(plate);
      expect(folded).toHaveLength(plate.length);
      expect(foldPlate(folded)).toBe(folded);
      expect(folded).not.toContain('O');
    })
  );
});
