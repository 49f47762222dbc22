import { expect, test } from 'vitest';
import { calibrated, type Calibration, type Evidence } from '#domain/voting/calibration.ts';
import { Chance } from '#tests/simulation/chance.ts';
import { calibrationError, fitCalibration, reliability, type Sample } from './fit.ts';

const TRUE: Calibration = { shift: -0.5, scale: 0.7, perDoubling: 0.3, perDisagreement: 2 };

function samples(count: number): Sample[] {
  const chance = new Chance(5);
  return Array.from({ length: count }, () => {
    const looks = 1 + chance.below(8);
    const evidence: Evidence = { share: 0.02 + 0.97 * chance.next(), looks, agreeingLooks: 1 + chance.below(looks) };
    return { evidence, right: chance.happens(calibrated(evidence, TRUE)) };
  });
}

test('the numbers that made the samples are found again', () => {
  const fitted = fitCalibration(samples(6000));
  expect(Math.abs(fitted.scale - TRUE.scale)).toBeLessThan(0.1);
  expect(Math.abs(fitted.perDisagreement - TRUE.perDisagreement)).toBeLessThan(0.6);
  expect(calibrationError(reliability(samples(6000), fitted))).toBeLessThan(0.02);
});

test('a calibration that claims too much shows as an error', () => {
  expect(calibrationError(reliability(samples(6000), { ...TRUE, shift: 2 }))).toBeGreaterThan(0.1);
});
