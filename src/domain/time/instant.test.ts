import { expect, test } from 'vitest';
import {
  isInstant,
  isLocalDate,
  localDateOf,
  nextLocalDate,
  startOfLocalDateIn,
  utcOffsetMinutesOf
} from './instant.ts';

test.each([
  '2026-11-22T16:00:00Z',
  '2026-11-22T16:00:00.000',
  '2026-02-30T00:00:00.000Z',
  '2026-11-22',
  1_795_363_200_000,
  null
])('%s is not an instant', (value) => {
  expect(isInstant(value)).toBe(false);
});

test('an instant is UTC with milliseconds', () => {
  expect(isInstant('2026-11-22T16:00:00.000Z')).toBe(true);
});

test('the leap day is a date in leap years only', () => {
  expect(isLocalDate('2028-02-29')).toBe(true);
  expect(isLocalDate('2027-02-29')).toBe(false);
});

test('the local date changes at local midnight', () => {
  expect(localDateOf('2026-11-23T05:59:59.999Z', -360)).toBe('2026-11-22');
  expect(localDateOf('2026-11-23T06:00:00.000Z', -360)).toBe('2026-11-23');
});

test('Minnesota is six hours behind UTC in winter and five in summer, to the second of the change', () => {
  expect(utcOffsetMinutesOf('2026-11-01T06:59:59.999Z', 'America/Chicago')).toBe(-300);
  expect(utcOffsetMinutesOf('2026-11-01T07:00:00.000Z', 'America/Chicago')).toBe(-360);
  expect(utcOffsetMinutesOf('2026-03-08T08:00:00.000Z', 'America/Chicago')).toBe(-300);
});

test.each([
  ['2026-11-01', '2026-11-01T05:00:00.000Z'],
  ['2026-11-02', '2026-11-02T06:00:00.000Z'],
  ['2026-03-08', '2026-03-08T06:00:00.000Z'],
  ['2026-03-09', '2026-03-09T05:00:00.000Z']
])('%s begins in Minnesota at %s, before and after the clocks change', (date, instant) => {
  expect(startOfLocalDateIn(date, 'America/Chicago')).toBe(instant);
});

test('the day after the last of February is known in leap years and others', () => {
  expect(nextLocalDate('2028-02-28')).toBe('2028-02-29');
  expect(nextLocalDate('2027-02-28')).toBe('2027-03-01');
});
