import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CALIBRATION, calibrated, type Calibration, type Evidence } from './calibration.ts';
import { isCertain } from './certain.ts';

const anEvidence: fc.Arbitrary<Evidence> = fc
  .tuple(
    fc.double({ min: 1e-6, max: 1, noNaN: true }),
    fc.integer({ min: 1, max: 24 }),
    fc.double({ min: 0, max: 1, noNaN: true })
  )
  .map(([share, looks, agreeing]) => ({ share, looks, agreeingLooks: Math.round(agreeing * looks) }));

const aCalibration: fc.Arbitrary<Calibration> = fc.record({
  shift: fc.double({ min: -3, max: 3, noNaN: true }),
  scale: fc.double({ min: 0.1, max: 2, noNaN: true }),
  perDoubling: fc.double({ min: 0, max: 2, noNaN: true }),
  perDisagreement: fc.double({ min: 0, max: 5, noNaN: true })
});

test('a confidence is a chance: never less than 0, never more than 1', () => {
  fc.assert(
    fc.property(anEvidence, aCalibration, (evidence, calibration) => {
      for (const by of [calibration, CALIBRATION]) {
        expect(calibrated(evidence, by)).toBeGreaterThanOrEqual(0);
        expect(calibrated(evidence, by)).toBeLessThanOrEqual(1);
      }
    })
  );
});

test('more evidence, and more looks that agree, are never less confidence', () => {
  fc.assert(
    fc.property(anEvidence, fc.double({ min: 0, max: 1, noNaN: true }), (evidence, more) => {
      const { share, looks, agreeingLooks } = evidence;
      const least = calibrated(evidence);
      expect(calibrated({ ...evidence, share: Math.min(1, share + more) })).toBeGreaterThanOrEqual(least);
      expect(calibrated({ ...evidence, agreeingLooks: Math.min(looks, agreeingLooks + 1) })).toBeGreaterThanOrEqual(
        least
      );
      expect(calibrated({ share, looks: 2 * looks, agreeingLooks: 2 * agreeingLooks })).toBeGreaterThanOrEqual(least);
    })
  );
});

test('no evidence is no confidence', () => {
  expect(calibrated({ share: 0, looks: 3, agreeingLooks: 0 })).toBe(0);
  expect(calibrated({ share: 0.9, looks: 0, agreeingLooks: 0 })).toBe(0);
});

test('certain is 99 % or more, exactly, and never against the second reader', () => {
  expect(isCertain({ confidence: 0.99 })).toBe(true);
  expect(isCertain({ confidence: 0.9899 })).toBe(false);
  expect(isCertain({ confidence: 0.999, secondReader: 'differs' })).toBe(false);
  for (const secondReader of ['agrees', 'unavailable', 'notAsked'] as const) {
    expect(isCertain({ confidence: 0.99, secondReader })).toBe(true);
  }
});
