import { expect, test } from 'vitest';
import { agoOf, bytesOf, dateWords, lengthOf, momentOf, spanOf, timeOf } from './format.ts';

test('a time is shown at the place where the read was collected, not where it is looked at', () => {
  expect(timeOf('2026-11-22T03:14:09.120Z', -360)).toBe('21:14:09');
  expect(momentOf('2026-11-22T03:14:09.120Z', -360)).toBe('Nov 21, 21:14:09');
});

test('a date needs no time zone', () => {
  expect(dateWords('2026-01-05')).toBe('Jan 5');
  expect(dateWords('2026-12-31', true)).toBe('Dec 31, 2026');
});

test('a span counts on past a day and never runs backward', () => {
  expect(spanOf(41 * 60_000 + 7_000)).toBe('00:41:07');
  expect(spanOf(30 * 3_600_000)).toBe('30:00:00');
  expect(spanOf(-5)).toBe('00:00:00');
});

test('how long ago is said in one unit', () => {
  const now = Date.parse('2026-11-22T12:00:00.000Z');
  expect(agoOf('2026-11-22T11:59:30.000Z', now)).toBe('just now');
  expect(agoOf('2026-11-22T07:00:00.000Z', now)).toBe('5 h ago');
  expect(agoOf('2026-11-20T12:00:00.000Z', now)).toBe('2 days ago');
});

test('a length is said in the unit a person would use', () => {
  expect(lengthOf(180_000)).toBe('3 min');
  expect(lengthOf(26 * 3_600_000)).toBe('26 h');
  expect(lengthOf(61 * 86_400_000)).toBe('61 days');
});

test('sizes are said in the unit a person would use', () => {
  expect(bytesOf(1_400_000_000)).toBe('1.4 GB');
  expect(bytesOf(3_000)).toBe('3 kB');
});
