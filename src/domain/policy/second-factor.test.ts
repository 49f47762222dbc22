import { expect, test } from 'vitest';
import { instantOf, msOf } from '../time/instant.ts';
import { codeStepOf, countsAsCode, needsSecondFactor } from './second-factor.ts';

const NOW = '2026-11-22T18:00:15.000Z';
const step = codeStepOf(NOW);

test('a second factor is required unless the agency has switched it off', () => {
  expect(needsSecondFactor({})).toBe(true);
  expect(needsSecondFactor({ secondFactor: 'required' })).toBe(true);
  expect(needsSecondFactor({ secondFactor: 'optional' })).toBe(false);
});

test('a one-time code counts half a minute, one step early or late, and never twice', () => {
  expect([-2, -1, 0, 1, 2].map((off) => countsAsCode(step + off, 0, NOW))).toEqual([false, true, true, true, false]);
  expect(countsAsCode(step, step, NOW)).toBe(false);
  // The code of the step before is worth nothing once a later one was used.
  expect(countsAsCode(step - 1, step, NOW)).toBe(false);
  expect(countsAsCode(step + 1, step, NOW)).toBe(true);
  expect(codeStepOf(instantOf(msOf(NOW) + 15_000))).toBe(step + 1);
});
