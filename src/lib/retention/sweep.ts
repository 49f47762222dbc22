import { isDue } from '#domain/policy/retention.ts';
import type { Instant } from '#domain/time/instant.ts';

/** How often the sweep runs while the vault is open. */
export const SWEEP_EVERY_MS = 60_000;

export interface DatedBox {
  readonly boxId: string;
  readonly destroyBy: Instant;
}

/**
 * Destroys every box whose date has passed, whole. Runs before anything is shown and every minute after; killed at any
 * point it is simply run again. Policy 426.4, Minn. Stat. 13.824 subd. 3(a). Answers how many were destroyed.
 */
export async function sweep(
  boxes: readonly DatedBox[],
  now: Instant,
  destroy: (boxId: string) => Promise<void>
): Promise<number> {
  const due = boxes.filter((box) => isDue(box.destroyBy, now));
  for (const box of due) await destroy(box.boxId);
  return due.length;
}
