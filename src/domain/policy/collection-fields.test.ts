import { expect, test } from 'vitest';
import { aRead } from '#tests/builders/records.ts';
import { collectionOf } from './collection-fields.ts';

test('a read with plate, time, place and what its audit needs is lawful', () => {
  expect(collectionOf(aRead())).toEqual({ kind: 'lawful' });
});

test.each(['make', 'color', 'speed', 'direction', 'face', 'notes', 'candidates', 'video', 'anythingElse'])(
  'a read that carries %s is refused as unlawful collection',
  (field) => {
    expect(collectionOf({ ...aRead(), [field]: 'x' })).toMatchObject({ kind: 'refused', code: 'unlawfulField' });
  }
);

test('a further field inside a part of the read is refused too', () => {
  const read = aRead();
  expect(collectionOf({ ...read, ocr: { ...read.ocr, candidates: ['TST042'] } })).toMatchObject({
    code: 'unlawfulField'
  });
});

test.each([
  ['plate', 'TST 042'],
  ['plate', 'TOOLONG99'],
  ['collectedAt', '2026-02-30T00:00:00.000Z'],
  ['collectedAt', '2026-11-22T16:00:00Z'],
  ['jurisdiction', 'Minnesota'],
  ['classification', 'secret'],
  ['lat', 91],
  ['_id', 'TST042']
])('a read whose %s is not proper is refused', (field, value) => {
  expect(collectionOf({ ...aRead(), [field]: value })).toMatchObject({ kind: 'refused', code: 'improperRead' });
});

test('a refusal names the field, never the value', () => {
  const outcome = collectionOf({ ...aRead(), plate: 'TST 042' });
  expect(outcome.kind === 'refused' ? outcome.reason : '').not.toContain('TST');
});

test('a read without a classification cannot exist', () => {
  const { classification: _, ...rest } = aRead();
  expect(collectionOf(rest)).toMatchObject({ kind: 'refused', code: 'improperRead' });
});
