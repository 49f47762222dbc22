import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aRead } from '#tests/builders/records.ts';
import { DAY_MS, instantOf, msOf, startOfLocalDate, utcOffsetMinutesOf } from '../time/instant.ts';
import { boxDateOf, boxDestroyAt, destroyByOf, isDue, longestRetentionDays, mayEnterBox } from './retention.ts';

const SHIPPED = { retentionDays: 30, backupDays: 0 };
const instants = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2032, 0, 1) }).map(instantOf);

test('a read is destroyed 30 days of 24 hours after collection as shipped', () => {
  expect(destroyByOf('2026-11-22T16:00:00.000Z', '2026-11-22T16:05:00.000Z', SHIPPED)).toBe('2026-12-22T16:00:00.000Z');
});

test('sixty days are a hard end whatever is set, and backups are counted inside them', () => {
  expect(longestRetentionDays(7)).toBe(52);
  fc.assert(
    fc.property(
      instants,
      fc.integer({ min: 1, max: 9_999 }),
      fc.integer({ min: 0, max: 7 }),
      (at, retentionDays, backupDays) => {
        const kept = msOf(destroyByOf(at, at, { retentionDays, backupDays })) - msOf(at);
        expect(kept + backupDays * DAY_MS).toBeLessThan(60 * DAY_MS);
      }
    )
  );
});

test('a tablet clock that runs ahead never makes a read live longer than from its receipt', () => {
  expect(destroyByOf('2031-01-01T00:00:00.000Z', '2026-11-22T16:00:00.000Z', SHIPPED)).toBe('2026-12-22T16:00:00.000Z');
});

test('a box is destroyed no later than any read in it, on any day and in any season', () => {
  fc.assert(
    fc.property(instants, (collectedAt) => {
      const offset = utcOffsetMinutesOf(collectedAt, 'America/Chicago');
      const box = boxDestroyAt(boxDateOf({ collectedAt, utcOffsetMinutes: offset }), offset, SHIPPED);
      expect(msOf(box)).toBeLessThanOrEqual(msOf(destroyByOf(collectedAt, collectedAt, SHIPPED)));
    })
  );
});

test('a read is due at its last instant, not a millisecond later', () => {
  expect(isDue('2026-12-22T16:00:00.000Z', '2026-12-22T15:59:59.999Z')).toBe(false);
  expect(isDue('2026-12-22T16:00:00.000Z', '2026-12-22T16:00:00.000Z')).toBe(true);
});

test('a read at 23:30 in Minnesota belongs to the box of that local date, though it is tomorrow in UTC', () => {
  expect(boxDateOf({ collectedAt: '2026-11-23T05:30:00.000Z', utcOffsetMinutes: -360 })).toBe('2026-11-22');
});

test('the leap day has a box of its own', () => {
  expect(boxDateOf({ collectedAt: '2028-02-29T18:00:00.000Z', utcOffsetMinutes: -360 })).toBe('2028-02-29');
  expect(startOfLocalDate('2028-02-29', -360)).toBe('2028-02-29T06:00:00.000Z');
});

test('a read may enter the box of its own date only', () => {
  const now = '2026-11-22T17:00:00.000Z';
  expect(mayEnterBox(aRead(), '2026-11-22', now).kind).toBe('admitted');
  expect(mayEnterBox(aRead(), '2026-11-21', now)).toMatchObject({ code: 'wrongBox' });
});

test('a read that comes late, after its date of destruction, is refused', () => {
  expect(mayEnterBox(aRead(), '2026-11-22', '2026-12-22T16:00:00.000Z')).toMatchObject({ code: 'pastItsDate' });
});

test('a read received from another agency goes by its original date', () => {
  const collectedAt = '2026-09-24T16:00:00.000Z';
  const received = aRead({
    collectedAt,
    utcOffsetMinutes: -300,
    origin: { kind: 'received', agency: 'Other City Police Department', releaseRef: 'R-26-9' },
    destroyBy: destroyByOf(collectedAt, '2026-11-22T16:00:00.000Z', { retentionDays: 60, backupDays: 0 })
  });
  // Received on its 59th day, it is due that very day; nothing counts from the day of receipt.
  expect(received.destroyBy).toBe('2026-11-22T16:00:00.000Z');
  expect(mayEnterBox(received, boxDateOf(received), '2026-11-22T15:59:59.999Z').kind).toBe('admitted');
  expect(mayEnterBox(received, boxDateOf(received), '2026-11-22T16:00:00.000Z')).toMatchObject({ code: 'pastItsDate' });
  expect(mayEnterBox(received, '2026-11-22', '2026-11-22T15:00:00.000Z')).toMatchObject({ code: 'wrongBox' });
});

test('a read that asks for more than 60 days is refused', () => {
  const read = aRead({ destroyBy: instantOf(msOf('2026-11-22T16:00:00.000Z') + 60 * DAY_MS + 1) });
  expect(mayEnterBox(read, '2026-11-22', '2026-11-22T17:00:00.000Z')).toMatchObject({ code: 'keptTooLong' });
});
