import { expect, test } from 'vitest';
import { PlateMarks } from './plate-marks.ts';

test('a plate has one mark in a period, however O and zero are written, and it is not the plate', async () => {
  const marks = new PlateMarks();
  expect(await marks.of('TSTO42')).toBe(await marks.of('TST042'));
  expect(await marks.of('TST041')).not.toBe(await marks.of('TST042'));
  expect(await marks.of('TST042')).toMatch(/^[0-9a-f]{32}$/);
});

test('the next period has other marks, so that nobody can follow a car by them', async () => {
  expect(await new PlateMarks().of('TST042')).not.toBe(await new PlateMarks().of('TST042'));
});
