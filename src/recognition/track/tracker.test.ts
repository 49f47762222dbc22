import { expect, test } from 'vitest';
import type { MeasuredLook } from './measured-look.ts';
import { SettledCars } from './settled-cars.ts';
import { similarity } from './similarity.ts';
import { Tracker } from './tracker.ts';

const seen = (x: number, text: string, probability = 0.95, width = 100): MeasuredLook => ({
  quad: [
    { x, y: 300 },
    { x: x + width, y: 300 },
    { x: x + width, y: 350 },
    { x, y: 350 }
  ],
  score: 0.8,
  sharpness: 0.4,
  candidates: text === '' ? [] : [{ text, probability }]
});

test('a plate that moves on is one pass, and its looks are counted together', () => {
  const tracker = new Tracker(1);
  for (let i = 0; i < 5; i++) tracker.follow([seen(100 + i * 60, 'TST042')], i * 200);
  expect(tracker.passes).toHaveLength(1);
  expect(tracker.passes[0]?.vote).toMatchObject({ plate: 'TST042', looks: 5, agreeingLooks: 5 });
});

test('two plates side by side are two passes, in whatever order they are found', () => {
  const tracker = new Tracker(1);
  const [left, right] = tracker.follow([seen(100, 'TST042'), seen(500, '0XY17Z')], 0);
  const again = tracker.follow([seen(510, '0XY17Z'), seen(110, 'TST042')], 100);
  expect(again).toEqual([right, left]);
});

test('a sure other text at the same place is another car', () => {
  const tracker = new Tracker(1);
  tracker.follow([seen(100, 'TST042')], 0);
  tracker.follow([seen(105, '0XY17Z')], 100);
  expect(tracker.passes).toHaveLength(2);
});

test('an unreadable look belongs to the pass at its place', () => {
  const tracker = new Tracker(1);
  tracker.follow([seen(100, 'TST042')], 0);
  tracker.follow([seen(120, '')], 100);
  expect(tracker.passes).toHaveLength(1);
  expect(tracker.passes[0]?.vote.looks).toBe(1);
});

test('pass ids begin where they are told to and are never given twice', () => {
  const tracker = new Tracker(1_000_001);
  const [first] = tracker.follow([seen(100, 'TST042')], 0);
  if (first) tracker.leave(first);
  const [second] = tracker.follow([seen(100, 'TST042')], 100);
  expect([first?.id, second?.id]).toEqual([1_000_001, 1_000_002]);
});

test('a car that comes back within the time set is known, and one that was seen all along too', () => {
  const tracker = new Tracker(1);
  const cars = new SettledCars();
  const passAt = (atMs: number) => {
    const [pass] = tracker.follow([seen(100, 'TST042')], atMs);
    if (pass === undefined) throw new Error('no pass');
    tracker.leave(pass);
    return pass;
  };
  const first = passAt(0);
  expect(cars.knows(first)).toBe(false);
  cars.remember(first);
  expect(cars.knows(passAt(40_000))).toBe(true);
  // The absence counts from the last time it was seen, not from the read.
  expect(cars.knows(passAt(80_000))).toBe(true);
  expect(cars.knows(passAt(80_000 + 45_000))).toBe(false);
});

test('similar texts are those with few edits, O and 0 being one character', () => {
  expect(similarity('TSTO42', 'TST042')).toBe(1);
  expect(similarity('TST042', 'TST04')).toBeCloseTo(5 / 6);
  expect(similarity('TST042', '0XY17Z')).toBeLessThan(0.5);
});
