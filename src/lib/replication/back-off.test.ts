import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOffMs, LONGEST_WAIT_MS, SHORTEST_WAIT_MS } from './back-off.ts';

test('a repeat waits between 2 s and 30 s, whatever chance says', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
      expect(backOffMs(attempt, chance)).toBeGreaterThanOrEqual(SHORTEST_WAIT_MS);
      expect(backOffMs(attempt, chance)).toBeLessThanOrEqual(LONGEST_WAIT_MS);
    })
  );
});

test('each repeat waits longer than the one before until half a minute is reached', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7].map((attempt) => backOffMs(attempt, 1));
  expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});
