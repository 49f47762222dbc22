import { expect, test } from 'vitest';
import { periodAdmission } from '#domain/policy/period-of-use.ts';
import { NO_COUNTS } from '#domain/records/period.ts';
import { anId } from '#tests/builders/records.ts';
import { asIfEnded, beginPeriod, closePeriod, nextMidnight, resumePeriod } from './period-life.ts';

const setting = {
  id: anId(4),
  agencyId: anId(1),
  timeZone: 'America/Chicago',
  deviceId: anId(2),
  operatorId: anId(3),
  now: '2026-11-22T16:00:00.000Z',
  databases: []
};
const patrol = beginPeriod({ purpose: 'routinePatrol', deployment: 'handheld' }, setting);

test('a period begins with its purpose, its attestation and one running interval', () => {
  expect(periodAdmission(patrol).kind).toBe('lawful');
  expect(patrol.intervals).toEqual([{ startedAt: setting.now, endedAt: null, endReason: null }]);
});

test('after a crash the snapshot says until when data was collected, and the next interval begins at the restart', () => {
  const snapshot = asIfEnded(patrol, '2026-11-22T16:10:00.000Z', 'restart', NO_COUNTS);
  expect(snapshot.closedAt).toBeNull();
  const resumed = resumePeriod(snapshot, '2026-11-22T16:20:00.000Z');
  expect(resumed.intervals.map((i) => [i.startedAt, i.endedAt])).toEqual([
    ['2026-11-22T16:00:00.000Z', '2026-11-22T16:10:00.000Z'],
    ['2026-11-22T16:20:00.000Z', null]
  ]);
});

test('a reload of less than a minute is the same time of use', () => {
  const snapshot = asIfEnded(patrol, '2026-11-22T16:10:00.000Z', 'restart', NO_COUNTS);
  expect(resumePeriod(snapshot, '2026-11-22T16:11:00.000Z').intervals).toHaveLength(1);
});

test('a closed period has an end to every interval', () => {
  const closed = closePeriod(patrol, '2026-11-22T17:00:00.000Z', 'operator', NO_COUNTS);
  expect(closed.intervals.every((i) => i.endedAt !== null)).toBe(true);
  expect(closed.closedAt).toBe('2026-11-22T17:00:00.000Z');
});

test('a period ends at local midnight', () => {
  expect(nextMidnight(patrol, 'America/Chicago')).toBe('2026-11-23T06:00:00.000Z');
});

test('a period begun before the clocks change ends at the midnight that the new time shows', () => {
  const begun = beginPeriod(
    { purpose: 'routinePatrol', deployment: 'handheld' },
    { ...setting, now: '2026-03-08T07:00:00.000Z' }
  );
  expect(begun.localDate).toBe('2026-03-08');
  expect(nextMidnight(begun, 'America/Chicago')).toBe('2026-03-09T05:00:00.000Z');
});
