import { isSameCar, SAME_CAR_UNSEEN_MS, type Presence } from '#domain/voting/same-car.ts';
import type { Pass } from './pass.ts';

/** The cars that were settled lately, in memory only, so that a car at a red light is one read. */
export class SettledCars {
  readonly #cars = new Map<Pass, Presence>();

  /** True when the pass is a car that was settled before; its absence then counts from this pass on. */
  knows(pass: Pass): boolean {
    const now = pass.presence();
    for (const [earlier, before] of this.#cars) {
      if (!isSameCar(before, now)) continue;
      this.#cars.delete(earlier);
      // The plate it was settled with stays its name, also where this pass reads a look-alike.
      this.#cars.set(pass, { ...now, plate: before.plate });
      return true;
    }
    return false;
  }

  /** The pass is settled now, or still in view: seen until now. */
  remember(pass: Pass): void {
    const plate = this.#cars.get(pass)?.plate ?? pass.vote.plate;
    this.#cars.set(pass, { ...pass.presence(), plate });
  }

  /** Lets go of cars that are out of view for too long to matter. */
  forgetOld(nowMs: number): void {
    for (const [pass, { lastSeenMs }] of this.#cars) {
      if (nowMs - lastSeenMs >= SAME_CAR_UNSEEN_MS) this.#cars.delete(pass);
    }
  }

  forgetAll(): void {
    this.#cars.clear();
  }
}
