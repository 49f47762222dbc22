import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anId } from '#tests/builders/records.ts';
import { checkReceipt, coversAll, rangesOf, type Receipt } from './receipt.ts';

const receipt = (given: Partial<Receipt>): Receipt => ({
  kind: 'receipt',
  schema: 1,
  deviceId: anId(2),
  boxId: anId(20),
  kept: [],
  quarantined: [],
  issuedAt: '2026-11-22T16:00:00.000Z',
  ...given
});

test('a receipt covers a box only when it speaks for every record', () => {
  expect(coversAll(receipt({ kept: [[1, 3]] }), 3)).toBe(true);
  expect(coversAll(receipt({ kept: [[1, 3]] }), 4)).toBe(false);
  expect(
    coversAll(
      receipt({
        kept: [
          [1, 1],
          [3, 4]
        ]
      }),
      4
    )
  ).toBe(false);
  expect(
    coversAll(
      receipt({
        kept: [
          [1, 1],
          [3, 4]
        ],
        quarantined: [{ seq: 2, reason: 'improperRead' }]
      }),
      4
    )
  ).toBe(true);
});

test('ranges hold exactly the sequences they were made of', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 })), (sequences) => {
      const spelled = rangesOf(sequences).flatMap(([a, b]) => Array.from({ length: b - a + 1 }, (_, i) => a + i));
      expect(spelled).toEqual([...sequences].sort((a, b) => a - b));
    })
  );
});

test('a receipt with descending ranges or further fields is no receipt', () => {
  expect(checkReceipt(receipt({ kept: [[1, 3]] }))).toBeNull();
  expect(checkReceipt(receipt({ kept: [[3, 1]] }))).not.toBeNull();
  expect(checkReceipt({ ...receipt({}), all: true })).not.toBeNull();
});
