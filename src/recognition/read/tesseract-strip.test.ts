import { expect, test } from 'vitest';
import type { GrayImage } from '../luma.ts';
import { CUTS, TESSERACT_STRIP, tesseractFiles } from './tesseract-strip.ts';

const HEAD = 'P5\n128 40\n255\n';

function strip(width: number, height: number, gray: (x: number, y: number) => number): GrayImage {
  const data = Uint8Array.from({ length: width * height }, (_, i) => gray(i % width, Math.floor(i / width)));
  return { width, height, data };
}

test('any strip becomes one PGM file a cut, of the size that the network was trained with', () => {
  for (const [width, height] of [
    [256, 96],
    [128, 40],
    [97, 31]
  ] as const) {
    const files = tesseractFiles(strip(width, height, () => 77));
    expect(files).toHaveLength(CUTS.length);
    for (const file of files) {
      expect(new TextDecoder().decode(file.subarray(0, HEAD.length))).toBe(HEAD);
      expect(file).toHaveLength(HEAD.length + TESSERACT_STRIP.width * TESSERACT_STRIP.height);
      expect(new Set(file.subarray(HEAD.length))).toEqual(new Set([77]));
    }
  }
});

test('gray stays gray: the first cut is the whole strip, neither stretched nor made black and white', () => {
  const [whole] = tesseractFiles(strip(128, 40, (x) => 60 + x));
  expect([...(whole ?? []).slice(HEAD.length, HEAD.length + 128)]).toEqual(
    Array.from({ length: 128 }, (_, x) => 60 + x)
  );
});

test('the other cuts are narrower and wider than the strip', () => {
  const [, narrow, wide] = tesseractFiles(strip(256, 80, (x) => x));
  const ends = (file?: Uint8Array): number[] => [file?.[HEAD.length] ?? NaN, file?.[HEAD.length + 127] ?? NaN];
  const [left = 0, right = 0] = ends(narrow);
  expect(left).toBeGreaterThan(4);
  expect(right).toBeLessThan(251);
  expect(ends(wide)).toEqual([0, 255]);
});
