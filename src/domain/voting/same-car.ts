import { areConfusable } from '../plate/confusable.ts';
import { foldPlate } from '../plate/fold.ts';

/** The same plate is a new read only after it was out of view for this long; a red light is not sixty reads. */
export const SAME_CAR_UNSEEN_MS = 45_000;
/** Within this time a plate that turns up where the last one was is the same plate, if only one look-alike differs. */
export const CONTINUES_WITHIN_MS = 2_500;
/** How far it may have moved meanwhile, in its own widths. */
const CONTINUES_WITHIN_WIDTHS = 2.5;

/** Where and when a plate was in view. */
export interface Presence {
  readonly plate: string;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  /** center of the plate in the first and in the last frame, and its width, in pixels */
  readonly firstAt: Place;
  readonly lastAt: Place;
}
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
}

/**
 * True when `now` is the car that was already settled as `before`, so that no second read is made of it: the same plate
 * (O and 0 counting as one) seen again within 45 s, or a plate one look-alike character apart that goes on where the
 * former left off.
 */
export function isSameCar(before: Presence, now: Presence): boolean {
  const unseenMs = now.firstSeenMs - before.lastSeenMs;
  if (foldPlate(before.plate) === foldPlate(now.plate)) return unseenMs < SAME_CAR_UNSEEN_MS;
  // Two plates in one frame are two plates, however alike.
  if (unseenMs < 0) return false;
  return unseenMs < CONTINUES_WITHIN_MS && areConfusable(before.plate, now.plate) && continues(before, now);
}

function continues(before: Presence, now: Presence): boolean {
  const width = Math.max(before.lastAt.widthPx, now.firstAt.widthPx);
  const moved = Math.hypot(now.firstAt.x - before.lastAt.x, now.firstAt.y - before.lastAt.y);
  return moved <= CONTINUES_WITHIN_WIDTHS * width;
}
