import type { Observation } from '#domain/voting/observation.ts';
import type { Place, Presence } from '#domain/voting/same-car.ts';
import { textInView } from '#domain/voting/settle.ts';
import { vote, weightOf, type Vote } from '#domain/voting/vote.ts';
import type { Keepsake } from '../keepsake.ts';
import type { PlateInView, Quad } from '../protocol.ts';
import { placeOf } from '../quad.ts';
import { aspectOf, type MeasuredLook } from './measured-look.ts';

/** A car may stand for hours before it is settled; of its looks those with the most say are kept, in their order. */
const MOST_LOOKS = 24;

/** One plate passing through the view, from its first frame to its last. */
export class Pass {
  readonly firstAt: Place;
  lastAt: Place;
  lastSeenMs: number;
  vote: Vote = vote([]);
  /** settled, or known to be a car that was settled before: only followed on */
  isSettled = false;
  /** pictures and strip of the best look so far */
  keepsake: Keepsake | undefined;

  #observations: Observation[] = [];
  #quad: Quad;
  #score: number;
  /** pixels a millisecond */
  #speed = { x: 0, y: 0 };

  constructor(
    readonly id: number,
    plateLook: MeasuredLook,
    readonly firstSeenMs: number
  ) {
    this.firstAt = placeOf(plateLook.quad);
    this.lastAt = this.firstAt;
    this.lastSeenMs = firstSeenMs;
    this.#quad = plateLook.quad;
    this.#score = plateLook.score;
    this.#note(plateLook, firstSeenMs);
  }

  /** The same plate in a later frame. */
  seenAgain(plateLook: MeasuredLook, atMs: number): void {
    const at = placeOf(plateLook.quad);
    const elapsed = Math.max(1, atMs - this.lastSeenMs);
    this.#speed = { x: (at.x - this.lastAt.x) / elapsed, y: (at.y - this.lastAt.y) / elapsed };
    this.lastAt = at;
    this.lastSeenMs = atMs;
    this.#quad = plateLook.quad;
    this.#score = plateLook.score;
    this.#note(plateLook, atMs);
  }

  /** Where the plate should be by now if it moves on as it did; trusted for a quarter of a second. */
  expectedAt(atMs: number): { readonly x: number; readonly y: number } {
    const elapsed = Math.min(250, atMs - this.lastSeenMs);
    return { x: this.lastAt.x + this.#speed.x * elapsed, y: this.lastAt.y + this.#speed.y * elapsed };
  }

  /** The plate itself says who issued it: near-ties go to the formats of that jurisdiction. */
  issuedBy(jurisdiction: string): void {
    this.vote = vote(this.#observations, jurisdiction);
  }

  presence(): Presence {
    const { firstSeenMs, lastSeenMs, firstAt, lastAt } = this;
    return { plate: this.vote.plate, firstSeenMs, lastSeenMs, firstAt, lastAt };
  }

  inView(): PlateInView {
    return {
      passId: this.id,
      quad: this.#quad,
      detectionScore: this.#score,
      text: textInView(this.vote),
      looks: this.vote.looks,
      widthPx: this.lastAt.widthPx
    };
  }

  #note({ candidates, sharpness, score, quad }: MeasuredLook, atMs: number): void {
    if (this.isSettled) return;
    const { widthPx } = this.lastAt;
    const observed = { atMs, widthPx, candidates, sharpness, detectionScore: score, aspect: aspectOf(quad) };
    this.#observations = heaviest([...this.#observations, observed]);
    this.vote = vote(this.#observations);
  }
}

function heaviest(observations: readonly Observation[]): Observation[] {
  if (observations.length <= MOST_LOOKS) return [...observations];
  const least = Math.min(...observations.map(weightOf));
  const dropped = observations.findIndex((one) => weightOf(one) === least);
  return observations.filter((_, i) => i !== dropped);
}
