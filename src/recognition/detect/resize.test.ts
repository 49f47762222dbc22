import { expect, test } from 'vitest';
import { letterbox, NET_WIDTH } from './letterbox.ts';
import { resizeArea } from './resize.ts';

const picture = (width: number, height: number, values: readonly number[]) => ({
  width,
  height,
  data: Uint8Array.from(values)
});

test('half the size is the mean of four', () => {
  expect([...resizeArea(picture(4, 2, [0, 100, 10, 10, 100, 200, 10, 10]), 2, 1).data]).toEqual([100, 10]);
});

test('a third of the size is the mean of nine', () => {
  const nine = [0, 9, 18, 27, 36, 45, 54, 63, 72];
  expect([...resizeArea(picture(3, 3, nine), 1, 1).data]).toEqual([36]);
  expect([
    ...resizeArea(
      picture(6, 3, [...nine.slice(0, 3), 1, 2, 3, ...nine.slice(3, 6), 4, 5, 6, ...nine.slice(6), 7, 8, 9]),
      2,
      1
    ).data
  ]).toEqual([36, 5]);
});

test('a pixel that is covered in part counts in part', () => {
  // Three to two: the middle pixel belongs half to each side.
  expect([...resizeArea(picture(3, 1, [0, 90, 240]), 2, 1).data]).toEqual([30, 190]);
});

test('an even picture stays even, larger or smaller', () => {
  const gray = picture(37, 23, Array<number>(37 * 23).fill(77));
  for (const [width, height] of [
    [20, 11],
    [36, 22],
    [80, 60]
  ] as const) {
    const resized = resizeArea(gray, width, height);
    expect(resized.data).toHaveLength(width * height);
    expect(new Set(resized.data)).toEqual(new Set([77]));
  }
});

test("what a picture leaves free of the detector's frame is middle gray", () => {
  const { values, scale } = letterbox(picture(1280, 360, Array<number>(1280 * 360).fill(170)));
  expect(scale).toBe(0.5);
  expect(values[0]).toBe(1);
  expect(values[179 * NET_WIDTH]).toBe(1);
  expect(values[180 * NET_WIDTH]).toBe(0);
});
