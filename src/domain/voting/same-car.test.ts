import { expect, test } from 'vitest';
import { CONTINUES_WITHIN_MS, isSameCar, SAME_CAR_UNSEEN_MS, type Presence } from './same-car.ts';

const seen = (plate: string, firstSeenMs: number, lastSeenMs: number, x = 300): Presence => ({
  plate,
  firstSeenMs,
  lastSeenMs,
  firstAt: { x, y: 200, widthPx: 100 },
  lastAt: { x, y: 200, widthPx: 100 }
});

test('a plate seen again within 45 seconds is the same car, wherever it stands', () => {
  const before = seen('TST042', 0, 1000);
  const back = 1000 + SAME_CAR_UNSEEN_MS;
  expect(isSameCar(before, seen('TST042', back - 1, back, 900))).toBe(true);
  expect(isSameCar(before, seen('TSTO42', back - 1, back, 900))).toBe(true);
  expect(isSameCar(before, seen('TST042', back, back + 100))).toBe(false);
});

test('one look-alike character apart, at the same place a moment later, is the same car', () => {
  expect(isSameCar(seen('TST042', 0, 1000), seen('TST04Z', 1200, 1500))).toBe(true);
});

test('one look-alike character apart at another place is another car', () => {
  expect(isSameCar(seen('TST042', 0, 1000), seen('TST04Z', 1200, 1500, 900))).toBe(false);
});

test('one look-alike character apart at the same place much later is another car', () => {
  const later = 1000 + CONTINUES_WITHIN_MS;
  expect(isSameCar(seen('TST042', 0, 1000), seen('TST04Z', later, later + 100))).toBe(false);
});

test('a really different character is another car even at the same place', () => {
  expect(isSameCar(seen('TST042', 0, 1000), seen('TST041', 1100, 1500))).toBe(false);
});

test('look-alike plates that are in view together are two cars', () => {
  expect(isSameCar(seen('TST042', 0, 1000), seen('TST04Z', 900, 1500))).toBe(false);
});
