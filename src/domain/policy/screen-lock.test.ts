import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../time/instant.ts';
import { idleLimitMs, LOCK_AFTER_MINUTES, mustLock } from './screen-lock.ts';

const START = 1_000;
const use = (minutes: number, touched = 0, limit = idleLimitMs(LOCK_AFTER_MINUTES)): ReturnType<typeof mustLock> =>
  mustLock({
    signedInAtMs: START,
    touchedAtMs: START + touched * MINUTE_MS,
    nowMs: START + minutes * MINUTE_MS,
    idleLimitMs: limit
  });

test('a tablet locks after five minutes without a touch', () => {
  expect(use(4.99)).toBeNull();
  expect(use(5)).toBe('idle');
  expect(use(9.99, 5)).toBeNull();
});

test('a setting may be 1 to 15 minutes; anything else counts as the nearest', () => {
  expect([1, 5, 15, 16, 30, 1_000, Infinity].map((minutes) => idleLimitMs(minutes) / MINUTE_MS)).toEqual([
    1, 5, 15, 15, 15, 15, 15
  ]);
  expect([0, -5, NaN].map((minutes) => idleLimitMs(minutes) / MINUTE_MS)).toEqual([1, 1, 5]);
});

test('thirty minutes are a hard cap, whatever limit is handed in', () => {
  expect(use(29.99, 0, Infinity)).toBeNull();
  expect(use(30, 0, Infinity)).toBe('idle');
});

test('after twelve hours the officer signs in anew, however busy the tablet is', () => {
  const hours = 12 * (HOUR_MS / MINUTE_MS);
  expect(use(hours - 0.01, hours - 1)).toBeNull();
  expect(use(hours, hours)).toBe('twelveHours');
});
