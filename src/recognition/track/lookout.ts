import { settling } from '#domain/voting/settle.ts';
import type { MeasuredLook } from './measured-look.ts';
import type { Pass } from './pass.ts';
import { SettledCars } from './settled-cars.ts';
import { Tracker } from './tracker.ts';

/**
 * Follows every plate from frame to frame and says which pass has become a read: the whole of what happens between the
 * eye and a settled read, without pixels, so that the worker, a clip of files and the bench share it.
 *
 * @example
 * lookout.see(measured(plateLooks, picture), atMs);
 * for (const pass of lookout.due(atMs)) keep(pass.vote);
 */
export class Lookout {
  readonly #tracker: Tracker;
  readonly #settledCars = new SettledCars();

  constructor(firstPassId = 1) {
    this.#tracker = new Tracker(firstPassId);
  }

  /** Gives each look of a frame its pass, in the order of the looks. */
  see(plateLooks: readonly MeasuredLook[], atMs: number): readonly Pass[] {
    return this.#tracker.follow(plateLooks, atMs);
  }

  /** The passes that become reads at `nowMs`, each once and each car once; lets go of what is over. */
  due(nowMs: number): readonly Pass[] {
    this.#settledCars.forgetOld(nowMs);
    const reads: Pass[] = [];
    for (const pass of this.#tracker.passes) {
      const decision = settling(pass, nowMs);
      const isOver = decision.kind === 'dismiss' || (decision.kind === 'settle' && decision.because === 'unseen');
      if (pass.isSettled) this.#settledCars.remember(pass);
      else if (decision.kind === 'settle' && this.#isNewCar(pass)) reads.push(pass);
      if (isOver) this.#tracker.leave(pass);
    }
    return reads;
  }

  /** The camera stops: every pass is over now. The passes that become reads by it. */
  finish(): readonly Pass[] {
    const reads = this.#tracker.passes.filter(
      (pass) => !pass.isSettled && settling(pass, Infinity).kind === 'settle' && this.#isNewCar(pass)
    );
    this.#tracker.leaveAll();
    return reads;
  }

  /** Forgets every pass and every car seen before. */
  forget(): void {
    this.#tracker.leaveAll();
    this.#settledCars.forgetAll();
  }

  #isNewCar(pass: Pass): boolean {
    pass.isSettled = true;
    if (this.#settledCars.knows(pass)) {
      pass.keepsake = undefined;
      return false;
    }
    this.#settledCars.remember(pass);
    return true;
  }
}
