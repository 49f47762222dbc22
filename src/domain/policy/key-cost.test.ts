import { expect, test } from 'vitest';
import { atLeastShipped, KeyTooCheap, SHIPPED_KEY_COST } from './key-cost.ts';

test('a guess at an officer’s password costs 64 MiB and three passes, and nothing cheaper is opened', () => {
  expect(SHIPPED_KEY_COST).toEqual({ memoryKiB: 65_536, passes: 3 });
  expect(atLeastShipped(SHIPPED_KEY_COST)).toBe(SHIPPED_KEY_COST);
  for (const cost of [
    { memoryKiB: 65_535, passes: 3 },
    { memoryKiB: 65_536, passes: 2 },
    { memoryKiB: NaN, passes: 3 }
  ])
    expect(() => atLeastShipped(cost)).toThrow(KeyTooCheap);
});
