import { expect, test } from 'vitest';
import {
  calibration,
  calibrationError,
  coverageAt,
  failureOf,
  hasTrueLabel,
  isExact,
  isStrict,
  mixedUp,
  quantile
} from './figures.ts';
import type { Reading } from './figures.ts';

const reading = (label: string, plate: string, more: Partial<Reading> = {}): Reading => ({
  file: 'a.jpg',
  label,
  jurisdiction: '',
  widthPx: undefined,
  plate,
  confidence: 0.9,
  certain: false,
  named: 'unknown',
  alternatives: [plate],
  located: undefined,
  detected: undefined,
  atLabel: undefined,
  second: undefined,
  reads: [],
  detectMs: 0,
  readMs: 0,
  ...more
});

test('O and 0 are one unless asked strictly', () => {
  expect(isExact(reading('TST042', 'TSTO42'))).toBe(true);
  expect(isStrict(reading('TST042', 'TSTO42'))).toBe(false);
});

test('a claim of 90 % that holds half the time is 40 % off', () => {
  const bins = calibration([reading('AB12', 'AB12'), reading('AB12', 'AB17'), reading('AB12', '')]);
  expect(bins).toEqual([{ from: 0.9, count: 2, claimed: 0.9, right: 0.5 }]);
  expect(calibrationError(bins)).toBeCloseTo(0.4, 9);
});

test('coverage takes the surest as long as enough of them are right', () => {
  const all = [
    reading('AB12', 'AB12', { confidence: 0.99 }),
    reading('AB12', 'AB12', { confidence: 0.95 }),
    reading('AB12', 'XXXX', { confidence: 0.9 }),
    reading('AB12', '', { confidence: 0 })
  ];
  expect(coverageAt(all, 0.99)).toBe(0.5);
  expect(coverageAt(all, 0.6)).toBe(0.75);
});

test('readings of one and the same claim cannot be parted to look better', () => {
  const all = [reading('AB12', 'AB12'), reading('AB12', 'XXXX')];
  expect(coverageAt(all, 0.99)).toBe(0);
});

test('a failure has one kind', () => {
  expect(failureOf(reading('AB12', 'AB12'))).toBeUndefined();
  expect(failureOf(reading('', ''))).toBeUndefined();
  expect(failureOf(reading('', 'STOP'))).toBe('noPlate');
  expect(failureOf(reading('AB12', '', { detected: false }))).toBe('notFound');
  expect(failureOf(reading('AB12', ''))).toBe('notRead');
  expect(failureOf(reading('AB12', 'STOP', { located: false, detected: true }))).toBe('elsewhere');
  expect(failureOf(reading('AB12', 'B12'))).toBe('characterMissing');
  expect(failureOf(reading('AB12', '1AB12'))).toBe('characterTooMany');
  expect(failureOf(reading('AB12', '4B12'))).toBe('lookAlike');
  expect(failureOf(reading('AB12', '4812'))).toBe('otherText');
});

test('characters mixed up are counted, O for 0 is none of them', () => {
  expect(mixedUp([reading('A10', 'AIO'), reading('B10', 'BI0'), reading('1234', '123')])).toEqual([['1>I', 2]]);
});

test('a quantile is a value that was measured', () => {
  expect(quantile([5, 1, 3], 0.5)).toBe(3);
  expect(quantile([5, 1, 3], 0.99)).toBe(5);
});

test('a sample plate labeled with one zero has no true label', () => {
  expect(hasTrueLabel(reading('0', '00000'))).toBe(false);
  expect(hasTrueLabel(reading('TST042', 'TST042'))).toBe(true);
});
