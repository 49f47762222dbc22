import { overlap, placeOf } from '../quad.ts';
import type { MeasuredLook } from './measured-look.ts';
import { Pass } from './pass.ts';
import { similarity } from './similarity.ts';

/** A plate may move this many of its own widths from where it is expected between two looks. */
const FARTHEST_WIDTHS = 1.5;
/** With the same text it may have moved farther: the tablet was swung. */
const FARTHEST_WIDTHS_SAME_TEXT = 6;
/** Sure texts less alike than this are two cars, wherever they stand. */
const LEAST_SIMILARITY = 0.5;
const SURE = 0.6;

/** Follows plates from frame to frame, so that one passing car is one pass. */
export class Tracker {
  #passes: Pass[] = [];
  #nextId: number;

  constructor(firstPassId: number) {
    this.#nextId = firstPassId;
  }

  get passes(): readonly Pass[] {
    return this.#passes;
  }

  /** Gives each look of a frame its pass: the best fitting one, or a new one. In the order of the looks. */
  follow(plateLooks: readonly MeasuredLook[], atMs: number): readonly Pass[] {
    const pairs = plateLooks
      .flatMap((plateLook) => this.#passes.map((pass) => ({ plateLook, pass, misfit: misfit(pass, plateLook, atMs) })))
      .filter((pair) => pair.misfit < Infinity)
      .sort((a, b) => a.misfit - b.misfit);
    const chosen = new Map<MeasuredLook, Pass>();
    const taken = new Set<Pass>();
    for (const { plateLook, pass } of pairs) {
      if (chosen.has(plateLook) || taken.has(pass)) continue;
      chosen.set(plateLook, pass);
      taken.add(pass);
      pass.seenAgain(plateLook, atMs);
    }
    return plateLooks.map((plateLook) => chosen.get(plateLook) ?? this.#begin(plateLook, atMs));
  }

  /** The pass is over. */
  leave(pass: Pass): void {
    this.#passes = this.#passes.filter((one) => one !== pass);
  }

  leaveAll(): void {
    this.#passes = [];
  }

  #begin(plateLook: MeasuredLook, atMs: number): Pass {
    const pass = new Pass(this.#nextId++, plateLook, atMs);
    this.#passes.push(pass);
    return pass;
  }
}

/** How badly a look fits a pass: distance in plate widths, less for a like text or overlapping boxes; Infinity for no fit. */
function misfit(pass: Pass, plateLook: MeasuredLook, atMs: number): number {
  const at = placeOf(plateLook.quad);
  const expected = pass.expectedAt(atMs);
  const width = Math.max(at.widthPx, pass.lastAt.widthPx, 1);
  const distance = Math.hypot(at.x - expected.x, at.y - expected.y) / width;
  if (Math.min(at.widthPx, pass.lastAt.widthPx) < 0.5 * width) return Infinity;

  const best = plateLook.candidates[0];
  const bothRead = best !== undefined && pass.vote.plate !== '';
  const alike = bothRead ? similarity(best.text, pass.vote.plate) : 0;
  if (bothRead && alike < LEAST_SIMILARITY && best.probability >= SURE && pass.vote.confidence >= SURE) return Infinity;
  if (distance > (alike === 1 ? FARTHEST_WIDTHS_SAME_TEXT : FARTHEST_WIDTHS)) return Infinity;
  return distance - 2 * alike - overlap(pass.inView().quad, plateLook.quad);
}
