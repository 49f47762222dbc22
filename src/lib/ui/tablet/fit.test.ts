import { expect, test } from 'vitest';
import type { Quad } from '#recognition/protocol.ts';
import { cornersInView, fitOf, labelPlace } from './fit.ts';

const HD = { width: 1280, height: 720 };
const plateAt = (x: number, y: number, width = 100, height = 50): Quad => [
  { x, y },
  { x: x + width, y },
  { x: x + width, y: y + height },
  { x, y: y + height }
];

test('the whole frame is shown: what the engine sees, the officer sees', () => {
  expect(fitOf(HD, { width: 640, height: 360 })).toEqual({ scale: 0.5, left: 0, top: 0 });
  expect(fitOf(HD, { width: 800, height: 800 })).toEqual({ scale: 0.625, left: 0, top: 175 });
  expect(fitOf({ width: 720, height: 1280 }, { width: 900, height: 640 })).toEqual({ scale: 0.5, left: 270, top: 0 });
});

test('a box lies over its plate in a view with bars', () => {
  expect(cornersInView(plateAt(0, 0), fitOf(HD, { width: 800, height: 800 }))).toBe(
    '0.0,175.0 62.5,175.0 62.5,206.3 0.0,206.3'
  );
});

test('a frame of unknown size draws nothing and breaks nothing', () => {
  expect(fitOf({ width: 0, height: 0 }, HD)).toEqual({ scale: 0, left: 0, top: 0 });
});

test('the words of a plate stand above it, and below it at the top edge', () => {
  const fit = fitOf(HD, HD);
  expect(labelPlace(plateAt(300, 400), fit, 40)).toEqual({ left: 300, top: 352 });
  expect(labelPlace(plateAt(300, 10), fit, 40)).toEqual({ left: 300, top: 68 });
});
