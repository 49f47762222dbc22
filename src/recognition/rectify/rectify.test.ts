import { expect, test } from 'vitest';
import type { GrayImage } from '../luma.ts';
import type { Quad } from '../protocol.ts';
import { homographyOnto } from './homography.ts';
import { MARGINS, rectify, straighten, STRIP_HEIGHT, STRIP_WIDTH } from './rectify.ts';

/** Brightness rises to the right and, less, downward: any place can be told from its gray. */
function slope(width: number, height: number): GrayImage {
  const data = Uint8Array.from({ length: width * height }, (_, i) => (i % width) * 0.5 + Math.floor(i / width) * 0.25);
  return { width, height, data };
}

const upright = (left: number, top: number, width: number, height: number): Quad => [
  { x: left, y: top },
  { x: left + width, y: top },
  { x: left + width, y: top + height },
  { x: left, y: top + height }
];

test('the corners of the rectangle come to lie on the corners of the quadrilateral', () => {
  const quad: Quad = [
    { x: 10, y: 20 },
    { x: 110, y: 30 },
    { x: 105, y: 85 },
    { x: 5, y: 70 }
  ];
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = homographyOnto(quad, 128, 48) ?? [];
  [
    [0, 0],
    [128, 0],
    [128, 48],
    [0, 48]
  ].forEach(([u = 0, v = 0], corner) => {
    const w = g * u + h * v + i;
    expect((a * u + b * v + c) / w).toBeCloseTo(quad[corner as 0].x, 6);
    expect((d * u + e * v + f) / w).toBeCloseTo(quad[corner as 0].y, 6);
  });
});

test('corners in one line span no plate', () => {
  const line: Quad = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 20, y: 0 },
    { x: 30, y: 0 }
  ];
  expect(homographyOnto(line, 128, 48)).toBeUndefined();
  expect([...rectify(slope(40, 40), line)]).toEqual([]);
});

test("a plate is cut out once for each margin, always at the reader's size", () => {
  const strips = [...rectify(slope(400, 200), upright(100, 50, 140, 70))];
  expect(strips).toHaveLength(MARGINS.length);
  for (const strip of strips) expect([strip.width, strip.height]).toEqual([STRIP_WIDTH, STRIP_HEIGHT]);
});

test("an upright cut of the strip's own size is the picture itself", () => {
  const picture = slope(400, 200);
  const strip = straighten(picture, upright(100, 50, STRIP_WIDTH, STRIP_HEIGHT), STRIP_WIDTH, STRIP_HEIGHT);
  expect(strip?.data[0]).toBe(picture.data[50 * 400 + 100]);
  expect(strip?.data.at(-1)).toBe(picture.data[(50 + STRIP_HEIGHT - 1) * 400 + 100 + STRIP_WIDTH - 1]);
});

test('beyond the picture its edge is continued, and a large plate is averaged down', () => {
  const picture = slope(400, 200);
  const beyond = straighten(picture, upright(-60, -30, 120, 60), STRIP_WIDTH, STRIP_HEIGHT);
  expect(beyond?.data[0]).toBe(0);
  const checkered = { ...picture, data: picture.data.map((_, i) => (((i % 400) + Math.floor(i / 400)) % 2 ? 255 : 0)) };
  const strip = straighten(checkered, upright(0, 0, 384, 144), STRIP_WIDTH, STRIP_HEIGHT);
  expect(Math.max(...(strip?.data ?? []))).toBeLessThan(160);
});
