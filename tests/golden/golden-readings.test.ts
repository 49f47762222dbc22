import { beforeAll, expect, test } from 'vitest';
import { foldPlate } from '#domain/plate/fold.ts';
import { goldenSet } from '../bench/plates/sets.ts';
import { expectedReadings, readGoldenPictures, type Readings } from './readings.ts';

/** Sixty pictures on a machine that does other work too. */
const PATIENCE_MS = 240_000;

const pictures = [...goldenSet('scene'), ...goldenSet('closeUp'), ...goldenSet('none')];
const isRight =
  (readings: Readings) =>
  (one: (typeof pictures)[number]): boolean =>
    foldPlate(readings[one.file] ?? '') === foldPlate(one.plate);

let readings: Readings = {};
beforeAll(async () => {
  readings = await readGoldenPictures();
}, PATIENCE_MS);

test('every rendered picture that was read right is read right', () => {
  const expected = expectedReadings();
  const rightBefore = pictures.filter(isRight(expected));
  expect(rightBefore.length).toBeGreaterThan(pictures.length / 4);
  const lost = rightBefore.filter((one) => !isRight(readings)(one));
  expect(lost.map(({ file, plate }) => `${file}: ${plate}, now read as "${readings[file] ?? ''}"`)).toEqual([]);
});

test('reading gets better only on purpose too: what is read right and was not is written down (npm run golden)', () => {
  const expected = expectedReadings();
  const gained = pictures.filter((one) => isRight(readings)(one) && !isRight(expected)(one));
  expect(gained.map(({ file, plate }) => `${file}: ${plate}`)).toEqual([]);
});

test('the list knows every picture and no other', () => {
  expect(Object.keys(expectedReadings()).sort()).toEqual(pictures.map(({ file }) => file).sort());
});
