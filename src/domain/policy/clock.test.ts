import { expect, test } from 'vitest';
import { DAY_MS, instantOf, MINUTE_MS, msOf, type Instant } from '../time/instant.ts';
import {
  clockWord,
  correctTime,
  endNoLaterThan,
  NO_TIME_MARKS,
  retentionTime,
  timeAtStart,
  timeLived,
  timeTold,
  type Clocks
} from './clock.ts';

const NOON = '2026-11-22T18:00:00.000Z';
const at = (minutes: number, aheadMs = 0): Clocks => ({
  wall: after(minutes * MINUTE_MS + aheadMs),
  monotonicMs: minutes * MINUTE_MS
});
const after = (ms: number): Instant => instantOf(msOf(NOON) + ms);

test('a clock that was set back is said, and data are destroyed by the time that has passed', () => {
  const before = timeLived(timeAtStart(NO_TIME_MARKS, at(0)), at(60));
  const setBack = at(70, -5 * DAY_MS);
  expect(clockWord(before, setBack)).toEqual({ kind: 'setBack', byMs: 5 * DAY_MS });
  expect(retentionTime(before, setBack)).toBe(after(70 * MINUTE_MS));
  const nextStart = timeAtStart(timeLived(before, setBack).marks, { ...setBack, monotonicMs: 0 });
  expect(clockWord(nextStart, { ...setBack, monotonicMs: 0 }).kind).toBe('setBack');
  expect(retentionTime(nextStart, { ...setBack, monotonicMs: 3 * MINUTE_MS })).toBe(after(73 * MINUTE_MS));
});

test('two minutes are no wrong clock, a little more is', () => {
  const told = (aheadMs: number) =>
    clockWord(timeTold(timeAtStart(NO_TIME_MARKS, at(0)), NOON, 'headquarters', at(0, aheadMs)), at(1, aheadMs));
  expect(told(120_000)).toEqual({ kind: 'agrees' });
  expect(told(-120_000)).toEqual({ kind: 'agrees' });
  expect(told(120_001)).toEqual({ kind: 'wrong', offsetMs: -120_001 });
  expect(clockWord(timeAtStart(NO_TIME_MARKS, at(0)), at(1))).toEqual({ kind: 'notCompared' });
  const wasWrong = { ...NO_TIME_MARKS, offsetMs: 200_000 };
  expect(clockWord(timeAtStart(wasWrong, at(0)), at(1)), 'until it is compared again').toMatchObject({ kind: 'wrong' });
});

test('while a correct time is known, a clock years ahead destroys nothing early', () => {
  const ahead = 4_000 * DAY_MS;
  const known = timeTold(timeAtStart(NO_TIME_MARKS, at(0, ahead)), NOON, 'headquarters', at(0, ahead));
  expect(retentionTime(known, at(5, ahead))).toBe(after(5 * MINUTE_MS));
  expect(timeLived(known, at(5, ahead)).marks.seen, 'and the wrong time is not remembered').toBe(after(5 * MINUTE_MS));
});

test('a clock that is set while the tablet runs makes the told time uncertain, and the later one counts', () => {
  const known = timeTold(timeAtStart(NO_TIME_MARKS, at(0)), NOON, 'headquarters', at(0));
  expect(correctTime(known, at(30, 3 * MINUTE_MS))).toBeNull();
  expect(retentionTime(known, at(30, 3 * MINUTE_MS))).toBe(after(33 * MINUTE_MS));
  expect(correctTime(timeLived(known, at(30, 3 * MINUTE_MS)), at(31)), 'also when it is set right again').toBeNull();
});

test('a told time before one that was proven is not believed', () => {
  const known = timeTold(timeAtStart(NO_TIME_MARKS, at(0)), after(DAY_MS), 'headquarters', at(0));
  const again = timeTold(known, NOON, 'headquarters', at(1));
  expect(correctTime(again, at(1))).toBeNull();
  expect(msOf(retentionTime(again, at(1)))).toBeGreaterThanOrEqual(msOf(after(DAY_MS)));
});

test('satellites prove nothing where they only repeat the own clock', () => {
  const start = timeAtStart(NO_TIME_MARKS, at(0));
  expect(correctTime(timeTold(start, after(1_000), 'satellites', at(0)), at(0))).toBeNull();
  expect(clockWord(timeTold(start, after(DAY_MS), 'satellites', at(0)), at(0))).toEqual({
    kind: 'wrong',
    offsetMs: DAY_MS
  });
});

test('a box of a clock that ran ahead ends no later than the agency’s days from when the time is known', () => {
  const settings = { retentionDays: 30, backupDays: 0 };
  expect(endNoLaterThan(after(90 * DAY_MS), NOON, settings)).toBe(after(30 * DAY_MS));
  expect(endNoLaterThan(after(10 * DAY_MS), NOON, settings)).toBe(after(10 * DAY_MS));
  expect(endNoLaterThan(after(90 * DAY_MS), null, settings)).toBe(after(90 * DAY_MS));
});

test('what was proven a minute ago and is told two minutes back is believed; more than that is not', () => {
  const proven = timeTold(timeAtStart(NO_TIME_MARKS, at(0)), NOON, 'headquarters', at(0));
  const told = (ms: number) => correctTime(timeTold(proven, after(ms), 'headquarters', at(0)), at(0));
  expect(told(-120_000)).toBe(after(-120_000));
  expect(told(-120_001)).toBeNull();
});

test('a clock that was a little wrong when it was last compared counts as not compared', () => {
  const marks = (offsetMs: number) => ({ ...NO_TIME_MARKS, offsetMs });
  expect(clockWord(timeAtStart(marks(120_000), at(0)), at(1)).kind).toBe('notCompared');
  expect(clockWord(timeAtStart(marks(-120_001), at(0)), at(1))).toEqual({ kind: 'wrong', offsetMs: -120_001 });
});

test('where nothing was ever told or seen, the own clock is all there is', () => {
  expect(retentionTime(timeAtStart(NO_TIME_MARKS, at(0)), at(5))).toBe(after(5 * MINUTE_MS));
  const ahead = { ...NO_TIME_MARKS, offsetMs: 3 * DAY_MS };
  expect(retentionTime(timeAtStart(ahead, at(0)), at(0)), 'a clock known to be behind is corrected').toBe(
    after(3 * DAY_MS)
  );
});
