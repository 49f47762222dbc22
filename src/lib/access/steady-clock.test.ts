import { expect, test } from 'vitest';
import { steadyClock } from './steady-clock.ts';

test('a night of sleep counts, and a wall clock that is set back gains nothing', () => {
  let [monotonic, wall] = [0, 1_000_000];
  const clock = steadyClock(
    () => monotonic,
    () => wall
  );
  [monotonic, wall] = [1_000, 1_001_000];
  expect(clock()).toBe(1_000);
  // Asleep: the monotonic clock stood still.
  [monotonic, wall] = [1_000, 4_601_000];
  expect(clock()).toBe(3_601_000);
  // Set back by a day.
  wall -= 86_400_000;
  expect(clock()).toBe(3_601_000);
});
