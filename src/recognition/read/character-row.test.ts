import { expect, test } from 'vitest';
import type { GrayImage } from '../luma.ts';
import { characterRow } from './character-row.ts';

/** A plate of bars: six tall ones as characters, a frame around, small ones as a state's name. */
function barPlate(ink: number, ground: number): GrayImage {
  const [width, height] = [256, 96];
  const data = new Uint8Array(width * height).fill(ground);
  const fill = (left: number, top: number, wide: number, high: number): void => {
    for (let y = top; y < top + high; y++) data.fill(ink, y * width + left, y * width + left + wide);
  };
  fill(0, 0, width, 3);
  fill(0, 93, width, 3);
  fill(0, 0, 3, height);
  fill(253, 0, 3, height);
  for (let i = 0; i < 6; i++) fill(30 + i * 34, 26, 14, 50);
  for (let i = 0; i < 12; i++) fill(70 + i * 10, 10, 5, 8);
  return { width, height, data };
}

test('only the tall characters are left, black on white with room around', () => {
  const row = characterRow(barPlate(30, 200));
  expect(row).toMatchObject({ width: 5 * 34 + 14 + 24, height: 50 + 24 });
  const dark = row?.data.filter((value) => value === 0).length;
  expect(dark).toBe(6 * 14 * 50);
  expect(row?.data[0]).toBe(255);
});

test('a light-on-dark plate gives the same row', () => {
  expect(characterRow(barPlate(220, 40))).toEqual(characterRow(barPlate(30, 200)));
});

test('an even surface has no row', () => {
  expect(characterRow({ width: 256, height: 96, data: new Uint8Array(256 * 96).fill(120) })).toBeUndefined();
});
