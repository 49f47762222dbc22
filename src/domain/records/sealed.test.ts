import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aCorrection, aHit, anId, aPeriod, aRead, somePictures } from '#tests/builders/records.ts';
import {
  checkSealedRecord,
  packContent,
  sealedId,
  unpackContent,
  type SealedContent,
  type SealedRecord
} from './sealed.ts';

const contents: SealedContent[] = [
  { kind: 'read', read: aRead(), pictures: somePictures() },
  { kind: 'hit', hit: aHit() },
  { kind: 'correction', correction: aCorrection() },
  { kind: 'period', period: aPeriod({ incident: 'Søren’s ½ garage' }) }
];

test.each(contents)('what is packed comes back the same: $kind', (content) => {
  expect(unpackContent(packContent(content))).toEqual({ kind: 'proper', content });
});

test('damaged content gives a reason or a checked record, never an exception', () => {
  const packed = packContent(contents[0] as SealedContent);
  fc.assert(
    fc.property(fc.nat(packed.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const damaged = packed.slice();
      damaged[at] = (damaged[at] as number) ^ flip;
      expect(['proper', 'improper']).toContain(unpackContent(damaged).kind);
    })
  );
  for (let length = 0; length < packed.length; length++)
    expect(unpackContent(packed.slice(0, length)).kind).toBe('improper');
});

test('a content with a field outside the law is improper', () => {
  const read = { ...aRead(), make: 'x' };
  expect(unpackContent(packContent({ kind: 'read', read, pictures: somePictures() }))).toMatchObject({
    kind: 'improper'
  });
});

const sealed: SealedRecord = {
  _id: sealedId(anId(20), 1),
  kind: 'sealed',
  schema: 1,
  deviceId: anId(2),
  boxId: anId(20),
  seq: 1,
  sealedFor: 'sealing-1',
  encapsulated: 'AAAA',
  wrappedKey: 'AAAA',
  iv: 'AAAAAAAAAAAAAAAA',
  body: 'AAAA'
};

test('a sealed record is addressed by its box and sequence and by nothing that tells a plate', () => {
  expect(sealedId(anId(20), 7)).toBe(`${anId(20)}:00000007`);
  expect(checkSealedRecord(sealed)).toBeNull();
  expect(checkSealedRecord({ ...sealed, _id: sealedId(anId(20), 2) })).not.toBeNull();
  expect(checkSealedRecord({ ...sealed, plate: 'TST042' })).not.toBeNull();
});
