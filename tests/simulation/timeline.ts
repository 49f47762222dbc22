/**
 * One life of a tablet as its clocks tell it (R8): it collects, is switched off and on, sleeps, is told the time or not, and its
 * clock is set by minutes, days and years. Time by time the rules of the domain sweep; what they leave is compared with the true time.
 */
import {
  correctTime,
  endNoLaterThan,
  NO_TIME_MARKS,
  retentionTime,
  timeAtStart,
  timeLived,
  timeTold,
  type Clocks,
  type TimeKnown,
  type TimeMarks
} from '#domain/policy/clock.ts';
import { boxDestroyAt, isDue } from '#domain/policy/retention.ts';
import {
  DAY_MS,
  HOUR_MS,
  instantOf,
  localDateOf,
  MINUTE_MS,
  msOf,
  startOfLocalDate,
  utcOffsetMinutesOf,
  type Instant
} from '#domain/time/instant.ts';
import type { Chance } from './chance.ts';

export const SETTINGS = { retentionDays: 30, backupDays: 0 };
const LIMIT_MS = SETTINGS.retentionDays * DAY_MS;
const ZONE = 'America/Chicago';
/** A told time may be off by the tolerance of the rule, and so may what follows from it. */
const SLACK_MS = 10 * MINUTE_MS;

/** Days when clocks change, a leap day, a turn of the year, and a plain one. */
const BEGINNINGS = ['2028-02-20', '2026-03-01', '2026-10-25', '2027-12-20', '2026-06-01'] as const;

interface SimulatedBox {
  destroyBy: Instant;
  readonly collectedMs: number;
  /** as early as it may go: its local date by the earlier of both clocks, and the agency's days */
  readonly dueMs: number;
  readonly wasTimeKnown: boolean;
  readonly errorMs: number;
  toldSinceMs: number | null;
  setBackSince: boolean;
  /** how long the tablet has run since, whatever its clocks said */
  ranMs: number;
}

export interface Fault {
  readonly what: 'shownTooOld' | 'keptTooLong' | 'destroyedEarly';
  readonly detail: string;
}

/** What time a sweep goes by; the control gives another. */
export type Rule = (known: TimeKnown, clocks: Clocks) => Instant;

export interface Lived {
  readonly faults: readonly Fault[];
  readonly collected: number;
  readonly destroyed: number;
}

/** Plays one timeline. */
export function live(chance: Chance, rule: Rule = retentionTime): Lived {
  const tablet = new SimulatedClockwork(chance, rule);
  for (let step = 0; step < 40; step++) tablet.step();
  return tablet;
}

const offsets = new Map<string, number>();
/** Offsets change on the hour; asking the time zone is slow. */
function offsetAt(instant: Instant): number {
  const hour = instant.slice(0, 13);
  const known = offsets.get(hour) ?? utcOffsetMinutesOf(instant, ZONE);
  offsets.set(hour, known);
  return known;
}

class SimulatedClockwork implements Lived {
  readonly faults: Fault[] = [];
  collected = 0;
  destroyed = 0;
  #nowMs: number;
  #errorMs = 0;
  #monotonicMs = 0;
  #marks: TimeMarks = NO_TIME_MARKS;
  #known: TimeKnown;
  #boxes: SimulatedBox[] = [];

  constructor(
    private readonly chance: Chance,
    private readonly rule: Rule
  ) {
    this.#nowMs = Date.parse(`${chance.oneOf(BEGINNINGS)}T00:00:00.000Z`) + chance.below(10 * DAY_MS);
    if (chance.happens(0.4)) this.#setClock(this.#someError());
    this.#known = timeAtStart(this.#marks, this.#clocks);
  }

  step(): void {
    const { chance } = this;
    if (chance.happens(0.35)) this.#collect();
    else if (chance.happens(0.3)) this.#runs(chance.oneOf([MINUTE_MS, 30 * MINUTE_MS, 8 * HOUR_MS, 9 * DAY_MS]));
    else if (chance.happens(0.3)) this.#isOff(chance.oneOf([MINUTE_MS, 10 * HOUR_MS, 5 * DAY_MS, 61 * DAY_MS]));
    else if (chance.happens(0.25)) this.#sleeps(chance.oneOf([MINUTE_MS, 5 * MINUTE_MS, 9 * HOUR_MS, 4 * DAY_MS]));
    else if (chance.happens(0.3)) this.#setClock(this.#someError());
    else if (chance.happens(0.3)) this.#setClock(0);
    else if (chance.happens(0.9)) this.#isTold('headquarters');
    else this.#isTold('satellites');
    this.#sweep();
  }

  get #clocks(): Clocks {
    return { wall: instantOf(this.#nowMs + this.#errorMs), monotonicMs: this.#monotonicMs };
  }

  #collect(): void {
    const clocks = this.#clocks;
    const correct = correctTime(this.#known, clocks);
    const trueNow = instantOf(this.#nowMs);
    const earlier = msOf(clocks.wall) < this.#nowMs ? clocks.wall : trueNow;
    const offset = offsetAt(clocks.wall);
    const destroyBy = endNoLaterThan(
      boxDestroyAt(localDateOf(clocks.wall, offset), offset, SETTINGS),
      correct,
      SETTINGS
    );
    // As the vault does: nothing is collected into a box that is due already.
    if (isDue(destroyBy, retentionTime(this.#known, clocks))) return;
    const earlierOffset = offsetAt(earlier);
    this.collected++;
    this.#boxes.push({
      destroyBy,
      collectedMs: this.#nowMs,
      dueMs: msOf(startOfLocalDate(localDateOf(earlier, earlierOffset), earlierOffset)) + LIMIT_MS,
      wasTimeKnown: correct !== null,
      errorMs: this.#errorMs,
      toldSinceMs: null,
      setBackSince: false,
      ranMs: 0
    });
  }

  /** Runs for so long, in pieces of a minute at first and then of up to a day: a sweep may come at any moment. */
  #runs(forMs: number): void {
    for (let leftMs = forMs; leftMs > 0;) {
      const pieceMs = Math.min(leftMs, leftMs === forMs ? MINUTE_MS : DAY_MS);
      this.#passes(pieceMs, pieceMs);
      for (const box of this.#boxes) box.ranMs += pieceMs;
      this.#sweep();
      leftMs -= pieceMs;
    }
  }

  #passes(trueMs: number, countedMs: number): void {
    this.#nowMs += trueMs;
    this.#monotonicMs += countedMs;
  }

  /** Without power; the last minute before was not written down. */
  #isOff(forMs: number): void {
    this.#marks = this.#known.marks;
    this.#passes(forMs, 0);
    this.#monotonicMs = 0;
    this.#known = timeAtStart(this.#marks, this.#clocks);
  }

  /** Asleep: the clock on the wall goes on, the one that counts does not. */
  #sleeps(forMs: number): void {
    this.#passes(forMs, 0);
  }

  #setClock(errorMs: number): void {
    if (errorMs < this.#errorMs) for (const box of this.#boxes) box.setBackSince = true;
    this.#errorMs = errorMs;
  }

  #someError(): number {
    const size = this.chance.oneOf([
      MINUTE_MS,
      3 * MINUTE_MS,
      HOUR_MS,
      DAY_MS,
      12 * DAY_MS,
      59 * DAY_MS,
      3_650 * DAY_MS
    ]);
    return this.chance.happens(0.5) ? size : -size;
  }

  #isTold(by: 'headquarters' | 'satellites'): void {
    this.#known = timeTold(this.#known, instantOf(this.#nowMs), by, this.#clocks);
    const correct = correctTime(this.#known, this.#clocks);
    if (correct === null) return;
    for (const box of this.#boxes) {
      box.toldSinceMs ??= this.#nowMs;
      box.destroyBy = endNoLaterThan(box.destroyBy, correct, SETTINGS);
    }
  }

  #sweep(): void {
    const clocks = this.#clocks;
    const now = this.rule(this.#known, clocks);
    const isTimeKnown = correctTime(this.#known, clocks) !== null;
    this.#known = timeLived(this.#known, clocks);
    for (const box of this.#boxes.filter(({ destroyBy }) => isDue(destroyBy, now))) {
      this.destroyed++;
      if (isTimeKnown && this.#nowMs < box.dueMs - SLACK_MS) this.#fault('destroyedEarly', box);
    }
    this.#boxes = this.#boxes.filter(({ destroyBy }) => !isDue(destroyBy, now));
    for (const box of this.#boxes) this.#check(box, isTimeKnown);
  }

  /** What is still here after a sweep may be shown; none of it may be older than its limit. */
  #check(box: SimulatedBox, isTimeKnown: boolean): void {
    const ageMs = this.#nowMs - box.collectedMs;
    const isClockHonest = !box.setBackSince && box.toldSinceMs === null && !box.wasTimeKnown;
    if (isClockHonest && ageMs > LIMIT_MS) this.#fault('shownTooOld', box);
    const limitFrom = box.wasTimeKnown || box.errorMs <= 0 ? box.collectedMs : box.toldSinceMs;
    if (isTimeKnown && limitFrom !== null && this.#nowMs > limitFrom + LIMIT_MS + SLACK_MS)
      this.#fault('shownTooOld', box);
    const isEndCertain = box.toldSinceMs === null || box.errorMs <= 0;
    if (isEndCertain && box.ranMs > LIMIT_MS + SLACK_MS) this.#fault('keptTooLong', box);
  }

  #fault(what: Fault['what'], box: SimulatedBox): void {
    const days = ((this.#nowMs - box.collectedMs) / DAY_MS).toFixed(2);
    this.faults.push({ what, detail: `${days} days old, clock off by ${box.errorMs} ms at collection` });
  }
}
