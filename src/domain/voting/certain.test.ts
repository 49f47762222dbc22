import { expect, test } from 'vitest';
import { CERTAIN_FROM, isCertain } from './certain.ts';

test('a read that is right in 99 of 100 cases may be called certain, a less likely one not', () => {
  expect(isCertain({ confidence: CERTAIN_FROM })).toBe(true);
  expect(isCertain({ confidence: CERTAIN_FROM - 0.001 })).toBe(false);
});

test('an independent reader that agrees makes a likely read certain, never an unlikely one', () => {
  expect(isCertain({ confidence: 0.972, secondReader: 'agrees' })).toBe(true);
  expect(isCertain({ confidence: 0.969, secondReader: 'agrees' })).toBe(false);
  expect(isCertain({ confidence: 0.972, secondReader: 'unavailable' })).toBe(false);
});

test('no read is certain that an independent reader reads differently', () => {
  expect(isCertain({ confidence: 1, secondReader: 'differs' })).toBe(false);
});
