import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPlateLike, type PlateEvidence } from './plate-like.ts';

const seen = (changes: Partial<PlateEvidence> = {}): PlateEvidence => ({
  plate: 'TST042',
  confidence: 0.9,
  detectionScore: 0.85,
  aspect: 2.1,
  ...changes
});

test("a serial on something of a plate's shape is a plate", () => {
  expect(isPlateLike(seen())).toBe(true);
  expect(isPlateLike(seen({ confidence: 0.45, detectionScore: 0.35, aspect: 1.4 }))).toBe(true);
});

test('a telephone number on a long board is none, though it may be built as a serial', () => {
  expect(isPlateLike(seen({ plate: '5550142', aspect: 3.1 }))).toBe(false);
  expect(isPlateLike(seen({ plate: '5550142', detectionScore: 0.25 }))).toBe(false);
});

test.each(['ONLY', 'STOP', 'SALE', 'FORRENT', 'IIII'])("%s is none where its look is not surely a plate's", (plate) => {
  expect(isPlateLike(seen({ plate, detectionScore: 0.55 }))).toBe(false);
  expect(isPlateLike(seen({ plate, confidence: 0.55 }))).toBe(false);
  expect(isPlateLike(seen({ plate, aspect: 3.2 }))).toBe(false);
});

test('a vanity plate can say anything', () => {
  for (const plate of ['STOP', 'SALE', 'GR8DAY', 'ONLY', 'II']) expect(isPlateLike(seen({ plate }))).toBe(true);
});

test('a surer look is never less of a plate', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.constantFrom('TST042', 'SALE', '5550142'), share, share, share, (plate, confidence, score, more) => {
      const before = seen({ plate, confidence, detectionScore: score });
      const after = {
        ...before,
        confidence: Math.min(1, confidence + more),
        detectionScore: Math.min(1, score + more)
      };
      if (isPlateLike(before)) expect(isPlateLike(after)).toBe(true);
    })
  );
});
