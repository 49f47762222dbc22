import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPlateText, normalizePlate } from './normalize.ts';

test('separators, spaces and case are not part of a plate', () => {
  expect(normalizePlate(' tst-042 ')).toBe('TST042');
  expect(normalizePlate('0xy·17z')).toBe('0XY17Z');
});

test('full-width characters are the plain ones', () => {
  expect(normalizePlate('ＴＳＴ０４２')).toBe('TST042');
});

test('one to eight letters and digits are plate text, nothing else is', () => {
  expect(isPlateText('T')).toBe(true);
  expect(isPlateText('TST04212')).toBe(true);
  for (const text of ['', 'TST042123', 'tst042', 'TST 042', 'TST-42', 'TST042\n'])
    expect(isPlateText(text)).toBe(false);
});

test('normalizing twice changes nothing, and what is left is plate text when its length fits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (written) => {
      const plate = normalizePlate(written);
      expect(normalizePlate(plate)).toBe(plate);
      expect(isPlateText(plate)).toBe(plate.length >= 1 && plate.length <= 8);
    })
  );
});
