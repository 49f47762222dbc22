export const SHORTEST_WAIT_MS = 2_000;
/** With the time to send what waits, a link that is back empties the queue within a minute (GOALS R6). */
export const LONGEST_WAIT_MS = 30_000;

/**
 * How long to wait before attempt `attempt` (1 is the first repeat): doubling from 2 s to 30 s, and only `chance` (0..1)
 * of the upper half of it, so that tablets which lost the server together do not return together.
 */
export function backOffMs(attempt: number, chance: number): number {
  const whole = Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** Math.max(0, attempt - 1));
  return Math.round(Math.max(SHORTEST_WAIT_MS, whole * (0.5 + chance / 2)));
}
