import { expect, test } from 'vitest';
import type { Quad } from '../protocol.ts';
import { CLOSE_HEIGHT, CLOSE_WIDTH, closeUpOf } from './close-look.ts';

const white = (width: number, height: number) => ({ width, height, data: new Uint8Array(width * height).fill(255) });

function upright(left: number, top: number, width: number, height: number): Quad {
  const [right, bottom] = [left + width, top + height];
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom }
  ];
}

test('a plate comes to lie in the middle, 80 px wide, and the way back leads to where it was', () => {
  const { picture, toWhole } = closeUpOf(white(1280, 720), upright(600, 300, 160, 80));
  expect([picture.width, picture.height]).toEqual([CLOSE_WIDTH, CLOSE_HEIGHT]);
  const [x, y] = [CLOSE_WIDTH / 2, CLOSE_HEIGHT / 2];
  expect(toWhole({ x, y })).toEqual({ x: 680, y: 340 });
  expect(toWhole({ x: x + 40, y }).x - toWhole({ x: x - 40, y }).x).toBe(160);
});

test('a small plate is enlarged twice at most', () => {
  const { toWhole } = closeUpOf(white(1280, 720), upright(600, 300, 20, 10));
  expect(toWhole({ x: 100, y: 0 }).x - toWhole({ x: 0, y: 0 }).x).toBe(50);
});

test('beyond the edge of the picture is middle gray', () => {
  const { picture } = closeUpOf(white(640, 360), upright(0, 0, 80, 40));
  expect(picture.data[0]).toBe(110);
  expect(picture.data.at(-1)).toBe(255);
});

test('a box that lies wholly outside shows nothing but gray', () => {
  const { picture } = closeUpOf(white(640, 360), upright(2000, 2000, 80, 40));
  expect(new Set(picture.data)).toEqual(new Set([110]));
});
