import { expect, test } from 'vitest';
import { instantOf, MINUTE_MS, msOf } from '#domain/time/instant.ts';
import { Throttle } from './throttle.ts';

const START = '2026-11-22T12:00:00.000Z';
const after = (minutes: number): string => instantOf(msOf(START) + minutes * MINUTE_MS);

test('four wrong passwords cost no time, the fifth costs 15 minutes', () => {
  const throttle = new Throttle();
  for (let tries = 0; tries < 4; tries++) throttle.wrong('sergeant', '10.0.0.1', START);
  expect(throttle.secondsToWait('sergeant', '10.0.0.1', START)).toBe(0);
  throttle.wrong('sergeant', '10.0.0.1', START);
  expect(throttle.secondsToWait('SERGEANT', '10.0.0.1', after(1))).toBe(14 * 60);
  expect(throttle.secondsToWait('sergeant', '10.0.0.1', after(15))).toBe(0);
});

test('wrong passwords that lie far apart do not add up, and a right one forgives them', () => {
  const throttle = new Throttle();
  for (let tries = 0; tries < 20; tries++) throttle.wrong('sergeant', '10.0.0.1', after(tries * 4));
  expect(throttle.secondsToWait('sergeant', '10.0.0.1', after(77))).toBe(0);
  throttle.right('sergeant', '10.0.0.1');
  for (let tries = 0; tries < 4; tries++) throttle.wrong('sergeant', '10.0.0.1', after(78));
  expect(throttle.secondsToWait('sergeant', '10.0.0.1', after(78))).toBe(0);
});

test('another address and another name are unharmed', () => {
  const throttle = new Throttle();
  for (let tries = 0; tries < 5; tries++) throttle.wrong('sergeant', '10.0.0.1', START);
  expect(throttle.secondsToWait('sergeant', '10.0.0.2', START)).toBe(0);
  expect(throttle.secondsToWait('chief', '10.0.0.1', START)).toBe(0);
});

test('one name guessed from many addresses waits there, and not where it has signed in before', () => {
  const throttle = new Throttle();
  throttle.right('sergeant', '10.0.0.1');
  for (let n = 0; n < 20; n++) throttle.wrong('sergeant', `10.1.0.${String(n)}`, START);
  expect(throttle.secondsToWait('sergeant', '10.2.0.1', START)).toBe(15 * 60);
  expect(throttle.secondsToWait('sergeant', '10.0.0.1', START)).toBe(0);
  expect(throttle.secondsToWait('chief', '10.2.0.1', START)).toBe(0);
});

test('one address that guesses many names waits with each of them, and not with who has signed in from it', () => {
  const throttle = new Throttle();
  throttle.right('chief', '10.0.0.1');
  for (let n = 0; n < 50; n++) throttle.wrong(`name${String(n)}`, '10.0.0.1', START);
  expect(throttle.secondsToWait('sergeant', '10.0.0.1', START)).toBe(15 * 60);
  expect(throttle.secondsToWait('chief', '10.0.0.1', START)).toBe(0);
  expect(throttle.secondsToWait('sergeant', '10.0.0.2', START)).toBe(0);
});
