import { expect, test } from 'vitest';
import { HOTLIST_CATEGORIES } from '../records/hotlist.ts';
import { mayKeepRead, PUBLISHED_TAGS, skeletonOf, TAG_BITS, tagIn } from './address-confidentiality.ts';

test('a participant’s plate is not kept, a match in a criminal category is (13.824 subd. 3(c))', () => {
  const kept = HOTLIST_CATEGORIES.filter((category) => mayKeepRead(true, category));
  expect(kept).toEqual([
    'stolenVehicle',
    'stolenPlate',
    'felonyVehicle',
    'wantedPerson',
    'warrant',
    'agencyInvestigative'
  ]);
  expect(mayKeepRead(true, null)).toBe(false);
  for (const category of [...HOTLIST_CATEGORIES, null]) expect(mayKeepRead(false, category)).toBe(true);
});

test('a misread plate does not slip by: look-alikes have one skeleton', () => {
  for (const misread of ['T5T0B2', 'TSTOB2', 'TSTQ8Z', 'T5TO8Z'])
    expect(skeletonOf(misread)).toBe(skeletonOf('TST0B2'));
  expect(skeletonOf('TST0B3')).not.toBe(skeletonOf('TST0B2'));
  expect(skeletonOf('G1L')).toBe('611');
});

test('a tag is the first 14 bits of the keyed hash', () => {
  expect(tagIn(Uint8Array.of(0xff, 0xff, 0x12))).toBe(2 ** TAG_BITS - 1);
  expect(tagIn(Uint8Array.of(0, 0b11))).toBe(0);
  expect(tagIn(Uint8Array.of(0, 0b100))).toBe(1);
  expect(PUBLISHED_TAGS / 2 ** TAG_BITS).toBeCloseTo(0.0078, 4);
});
