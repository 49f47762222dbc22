/**
 * Milliseconds that never go back and do not stand still while the tablet sleeps: the larger of what the monotonic clock and
 * the wall clock say has passed. A clock that is set forward locks early, one that is set back gains nobody a minute.
 */
export function steadyClock(
  monotonicMs: () => number = () => performance.now(),
  wallMs: () => number = () => Date.now()
): () => number {
  const [monotonicStart, wallStart] = [monotonicMs(), wallMs()];
  let highest = 0;
  return () => {
    highest = Math.max(highest, monotonicMs() - monotonicStart, wallMs() - wallStart);
    return highest;
  };
}
