import { expect, test } from 'vitest';
import { isLargeSwing } from './list-import.ts';

test('a list that is more than a fifth longer or shorter than the one in force must be confirmed; a first one never', () => {
  expect([1_000, 1_200, 800].map((after) => isLargeSwing(1_000, after))).toEqual([false, false, false]);
  expect([1_201, 799, 0].map((after) => isLargeSwing(1_000, after))).toEqual([true, true, true]);
  expect(isLargeSwing(null, 1_000_000)).toBe(false);
});
