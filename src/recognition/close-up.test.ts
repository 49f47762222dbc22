import { expect, test } from 'vitest';
import { mayBeCloseUp, withCloseUp } from './close-up.ts';
import type { PlateLook } from './seen.ts';
import type { Quad } from './protocol.ts';

const at = (left: number, top: number, width: number, height: number): Quad => [
  { x: left, y: top },
  { x: left + width, y: top },
  { x: left + width, y: top + height },
  { x: left, y: top + height }
];
const saying = (text: string, probability: number, quad: Quad): PlateLook => ({
  quad,
  score: 0.8,
  candidates: text === '' ? [] : [{ text, probability }]
});

const crop = { width: 320, height: 160 };
const frame = { width: 1280, height: 720 };
const sticker = saying('MAY', 0.98, at(10, 10, 50, 25));

test('of a picture that is a plate, the plate is read and not its stickers', () => {
  const whole = saying('TST042', 0.7, at(0, 0, 320, 160));
  expect(mayBeCloseUp(crop, [sticker])).toEqual(whole.quad);
  expect(withCloseUp(crop, [sticker], whole)).toEqual([whole]);
});

test('a plate cut out with much around it keeps its detection where that is read better', () => {
  const detected = saying('TST042', 0.95, at(30, 20, 250, 120));
  expect(withCloseUp(crop, [sticker, detected], saying('TSTO42', 0.5, at(0, 0, 320, 160)))).toEqual([detected]);
});

test('a street scene read as one plate is worth nothing, and what was found in it stays', () => {
  const found = [saying('TST042', 0.6, at(500, 300, 100, 50))];
  expect(withCloseUp(frame, found, saying('1I1', 0.42, at(0, 0, 1280, 720)))).toBe(found);
});

test('a small street scene with a sure plate in it stays a scene', () => {
  const found = [saying('TST042', 0.95, at(130, 80, 50, 25))];
  expect(withCloseUp({ width: 300, height: 170 }, found, saying('1I1', 0.3, at(0, 0, 300, 170)))).toBe(found);
});

test('the frame of a camera is not read as a whole while a sure plate is in it', () => {
  expect(mayBeCloseUp(frame, [saying('TST042', 0.97, at(500, 300, 100, 50))])).toBeUndefined();
  expect(mayBeCloseUp(frame, [])).toBeDefined();
});

test('a picture of another shape than a plate is never read as one', () => {
  expect(mayBeCloseUp({ width: 300, height: 300 }, [])).toBeUndefined();
  expect(mayBeCloseUp({ width: 1000, height: 200 }, [])).toBeUndefined();
});
