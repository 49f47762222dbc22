import { longestRetentionDays, type RetentionSettings } from './retention.ts';
import { DAY_MS, instantOf, MINUTE_MS, msOf, type Instant } from '../time/instant.ts';

/** A clock that differs by more than this is wrong, and that is said (13.824 subd. 7(a); LAW A2). */
export const CLOCK_TOLERANCE_MS = 2 * MINUTE_MS;

/** The two clocks of a tablet, read at one moment: the one that people set, and the one that only counts from its start. */
export interface Clocks {
  readonly wall: Instant;
  readonly monotonicMs: number;
}

/** What a tablet remembers of time from one start to the next. */
export interface TimeMarks {
  readonly schema: 1;
  /** the latest correct time that was ever told, and what was lived through since; it never goes back */
  readonly proven: Instant | null;
  /** the latest time that passed for true; only a correct time sets it back */
  readonly seen: Instant | null;
  /** the correct time minus the own clock when both were last compared */
  readonly offsetMs: number | null;
}

export const NO_TIME_MARKS: TimeMarks = { schema: 1, proven: null, seen: null, offsetMs: null };

/** What a tablet knows of time in one start: the marks, when they were last brought forward, and the last correct time. */
export interface TimeKnown {
  readonly marks: TimeMarks;
  readonly since: Clocks;
  readonly told: { readonly at: Instant; readonly when: Clocks } | null;
}

/** A tablet starts: nobody has told it the time yet. */
export function timeAtStart(marks: TimeMarks, clocks: Clocks): TimeKnown {
  return { marks, since: clocks, told: null };
}

/**
 * A correct time was told: by headquarters, or by satellites where they tell another time than the own clock (a browser
 * without satellites gives its own clock as theirs, which proves nothing). A time before the proven one cannot be correct: it is
 * not believed, and what was believed before is given up (13.824 subd. 7(a)).
 */
export function timeTold(known: TimeKnown, at: Instant, by: 'headquarters' | 'satellites', clocks: Clocks): TimeKnown {
  const before = timeLived(known, clocks);
  if (by === 'satellites' && Math.abs(msOf(at) - msOf(clocks.wall)) <= CLOCK_TOLERANCE_MS) return before;
  const { proven } = before.marks;
  if (proven !== null && msOf(at) < msOf(proven) - CLOCK_TOLERANCE_MS) return { ...before, told: null };
  return timeLived({ ...before, told: { at, when: clocks } }, clocks);
}

/** The correct time now; null while nobody told it in this start, or when the own clocks have parted since (sleep, or set). */
export function correctTime({ told }: TimeKnown, clocks: Clocks): Instant | null {
  if (told === null) return null;
  const counted = clocks.monotonicMs - told.when.monotonicMs;
  const shown = msOf(clocks.wall) - msOf(told.when.wall);
  return Math.abs(counted - shown) > CLOCK_TOLERANCE_MS ? null : instantOf(msOf(told.at) + counted);
}

/** Brings the marks forward to now. Kept every minute, so that a clock set back takes no more than that from them. */
export function timeLived(known: TimeKnown, clocks: Clocks): TimeKnown {
  const { marks } = known;
  const livedMs = Math.max(0, clocks.monotonicMs - known.since.monotonicMs);
  const correct = correctTime(known, clocks);
  const proven = later(plus(marks.proven, livedMs), correct);
  const seen = correct ?? later(plus(marks.seen, livedMs), clocks.wall);
  const offsetMs = correct === null ? marks.offsetMs : msOf(correct) - msOf(clocks.wall);
  // Clocks that have parted once tell nothing certain any more, even when they happen to meet again.
  const told = correct === null ? null : known.told;
  return { marks: { schema: 1, proven, seen, offsetMs }, since: clocks, told };
}

/**
 * The time by which data are destroyed. While a correct time is known it is that; otherwise the latest that anything speaks for,
 * because a clock that was set back must not keep data longer. Policy 426.4; 13.824 subd. 3(a).
 */
export function retentionTime(known: TimeKnown, clocks: Clocks): Instant {
  const { marks } = timeLived(known, clocks);
  const correct = correctTime(known, clocks);
  if (correct !== null) return correct;
  const corrected = marks.offsetMs === null ? null : plus(clocks.wall, marks.offsetMs);
  return later(later(later(clocks.wall, corrected), marks.proven), marks.seen) ?? clocks.wall;
}

/**
 * The end of a box when a correct time is known: never longer than the agency's days from now, whatever the clock said when its
 * reads were collected. The server does the same with what it receives (policy 426.4; LAW A2).
 */
export function endNoLaterThan(destroyBy: Instant, correctNow: Instant | null, settings: RetentionSettings): Instant {
  if (correctNow === null) return destroyBy;
  const days = Math.min(settings.retentionDays, longestRetentionDays(settings.backupDays));
  return instantOf(Math.min(msOf(destroyBy), msOf(correctNow) + days * DAY_MS));
}

/** What there is to say about the clock. */
export type ClockWord =
  | { readonly kind: 'agrees' }
  /** nobody has told the time since the tablet was switched on */
  | { readonly kind: 'notCompared' }
  /** correct time minus own clock, when both were last compared */
  | { readonly kind: 'wrong'; readonly offsetMs: number }
  /** it shows an earlier time than has passed already */
  | { readonly kind: 'setBack'; readonly byMs: number };

/** What people are told of the clock, and what is written down (13.824 subd. 7(a); Minneapolis 2021: wrong clocks). */
export function clockWord(known: TimeKnown, clocks: Clocks): ClockWord {
  const correct = correctTime(known, clocks);
  if (correct !== null) {
    const offsetMs = msOf(correct) - msOf(clocks.wall);
    return Math.abs(offsetMs) > CLOCK_TOLERANCE_MS ? { kind: 'wrong', offsetMs } : { kind: 'agrees' };
  }
  const { seen, offsetMs } = timeLived(known, clocks).marks;
  const byMs = seen === null ? 0 : msOf(seen) - msOf(clocks.wall);
  if (byMs > CLOCK_TOLERANCE_MS) return { kind: 'setBack', byMs };
  return offsetMs !== null && Math.abs(offsetMs) > CLOCK_TOLERANCE_MS
    ? { kind: 'wrong', offsetMs }
    : { kind: 'notCompared' };
}

const plus = (instant: Instant | null, ms: number): Instant | null =>
  instant === null ? null : instantOf(msOf(instant) + ms);

function later(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return msOf(a) >= msOf(b) ? a : b;
}
