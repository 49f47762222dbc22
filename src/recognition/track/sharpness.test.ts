import { expect, test } from 'vitest';
import type { GrayImage } from '../luma.ts';
import { gradientOverVariance, sharpnessOf } from './sharpness.ts';

/** Upright bars, `period` pixels a pair, blurred by averaging over `blur` pixels; contrast 0..1. */
function bars(blur: number, contrast = 1, period = 48): GrayImage {
  const [width, height] = [192, 96];
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let i = 0; i < blur; i++) sum += (x + i) % period < period / 2 ? 220 : 30;
      data[y * width + x] = 125 + (sum / blur - 125) * contrast;
    }
  }
  return { width, height, data };
}
const whole = [
  { x: 0, y: 0 },
  { x: 192, y: 0 },
  { x: 192, y: 96 },
  { x: 0, y: 96 }
] as const;

test('a blurred picture is less sharp than a crisp one', () => {
  const sharp = [1, 9, 17].map((blur) => sharpnessOf(bars(blur), whole));
  expect(sharp[0]).toBeGreaterThan(sharp[1] ?? Infinity);
  expect(sharp[1]).toBeGreaterThan(sharp[2] ?? Infinity);
});

test('poor light is not taken for blur', () => {
  expect(sharpnessOf(bars(1, 0.3), whole)).toBeCloseTo(sharpnessOf(bars(1, 1), whole), 1);
});

test('an even surface and corners that span nothing are not sharp at all', () => {
  expect(gradientOverVariance({ width: 8, height: 4, data: new Uint8Array(32).fill(90) })).toBe(0);
  expect(sharpnessOf(bars(1), [whole[0], whole[0], whole[0], whole[0]])).toBe(0);
});
