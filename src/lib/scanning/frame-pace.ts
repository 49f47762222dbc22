import type { Strain } from '../capture/device-strain.ts';

/** No faster than this: more looks a second at one car repeat each other and only warm the tablet. */
export const FASTEST_MS = 66;
/** No slower than this, however hot the tablet is: a car that passes within two seconds is still looked at three times. */
export const SLOWEST_MS = 600;
/** Below this level, and not charging, the battery has to last: a shift is longer than a battery. */
export const LOW_BATTERY = 0.2;
/** How much one look moves what a look is taken to cost. */
const NEWEST_COUNTS = 0.2;

/**
 * How long to wait from the beginning of one look to the beginning of the next, when a look takes `lookMs`: so that the
 * tablet is busy with looking for a certain share of the time only. All of it while it is cool and on power, four fifths
 * on battery, half when it grows hot or the battery runs low, a quarter when it is about to be throttled.
 */
export function paceMs(lookMs: number, strain: Strain): number {
  return Math.min(SLOWEST_MS, Math.max(FASTEST_MS, lookMs / shareOf(strain)));
}

function shareOf({ heat, battery }: Strain): number {
  if (heat === 'critical') return 0.25;
  const onBattery = battery !== null && !battery.isCharging;
  if (heat === 'serious' || (onBattery && battery.level < LOW_BATTERY)) return 0.5;
  return onBattery ? 0.8 : 1;
}

/** Decides which of the camera's frames are looked at: as many as the tablet can bear, never more than it can do. */
export class FramePace {
  /** what a look takes, over the last ones; a hot tablet's clock slows down, which shows here first */
  #lookMs = 0;
  #lastMs = -Infinity;

  constructor(private readonly strain: () => Strain) {}

  /** A look was finished and took this long. */
  looked(tookMs: number): void {
    this.#lookMs = this.#lookMs === 0 ? tookMs : this.#lookMs + NEWEST_COUNTS * (tookMs - this.#lookMs);
  }

  /** True when the frame of this moment is to be looked at. */
  takes(atMs: number): boolean {
    // A camera's frames come at their own beat: one that is a few milliseconds early is the one to take.
    if (atMs - this.#lastMs < paceMs(this.#lookMs, this.strain()) - 5) return false;
    this.#lastMs = atMs;
    return true;
  }
}
