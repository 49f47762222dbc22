import { expect, test } from 'vitest';
import { aCorrection, aHit, aPeriod, aRead, somePictures } from '#tests/builders/records.ts';
import { admissionOf } from './admission.ts';

const NOW = '2026-11-22T16:00:01.000Z';
const read = (given: Parameters<typeof aRead>[0] = {}, pictures = somePictures()) =>
  admissionOf({ kind: 'read', read: aRead(given), pictures }, NOW);

test('a lawful read belongs to the box of its own local date', () => {
  expect(read()).toEqual({ kind: 'admitted', localDate: '2026-11-22', utcOffsetMinutes: -360 });
  const lateEvening = { collectedAt: '2026-11-22T05:59:59.000Z' };
  expect(read(lateEvening)).toMatchObject({ kind: 'admitted', localDate: '2026-11-21' });
});

test('a read with a field outside the law is refused by the tablet', () => {
  const unlawful = { color: 'red' } as Parameters<typeof aRead>[0];
  expect(read(unlawful)).toMatchObject({ kind: 'refused', code: 'unlawfulField' });
});

test('a read past its date, or kept too long, is refused by the tablet', () => {
  expect(read({ destroyBy: NOW })).toMatchObject({ kind: 'refused', code: 'pastItsDate' });
  expect(read({ destroyBy: '2027-01-21T16:00:00.001Z' })).toMatchObject({ kind: 'refused', code: 'keptTooLong' });
});

test('a read without its two pictures, or with one beyond the cap, is refused', () => {
  const { plateImage } = somePictures();
  for (const contextImage of [new Uint8Array(0), new Uint8Array(120_001)])
    expect(read({}, { plateImage, contextImage })).toMatchObject({ kind: 'refused', code: 'improperPictures' });
});

test('a hit and a period are asked the same way', () => {
  expect(admissionOf({ kind: 'hit', hit: aHit() }, NOW)).toMatchObject({ kind: 'admitted' });
  expect(admissionOf({ kind: 'correction', correction: aCorrection() }, NOW)).toMatchObject({ kind: 'admitted' });
  const noted = { ...aCorrection(), notes: 'a sign' };
  expect(admissionOf({ kind: 'correction', correction: noted }, NOW)).toMatchObject({ code: 'improperCorrection' });
  const kept = aHit({ destroyBy: '2027-03-01T00:00:00.000Z' });
  expect(admissionOf({ kind: 'hit', hit: kept }, NOW)).toMatchObject({ code: 'keptTooLong' });
  expect(admissionOf({ kind: 'period', period: aPeriod() }, NOW)).toMatchObject({ kind: 'admitted' });
  expect(admissionOf({ kind: 'period', period: aPeriod({ purpose: 'canvass' }) }, NOW)).toMatchObject({
    kind: 'refused',
    code: 'caseNumberMissing'
  });
});
