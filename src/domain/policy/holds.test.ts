import { expect, test } from 'vitest';
import { aHold, APPROVED } from '#tests/builders/holds.ts';
import { anId, aRead } from '#tests/builders/records.ts';
import { covers, datesOf, isInForce, isOver, reviewBy } from './holds.ts';

const ended = {
  by: anId(10),
  at: '2026-12-22T17:00:00.000Z',
  reason: 'resolved',
  afterwards: { kind: 'destroy' }
} as const;

test('a hold spares reads from its approval to its end; asking alone saves nothing', () => {
  expect(isInForce(aHold())).toBe(false);
  expect(isInForce(aHold({ decision: APPROVED }))).toBe(true);
  expect(isInForce(aHold({ decision: APPROVED, ended }))).toBe(false);
  expect([aHold(), aHold({ decision: APPROVED })].map(isOver)).toEqual([false, false]);
  expect(isOver(aHold({ decision: { ...APPROVED, kind: 'declined' } }))).toBe(true);
  expect(isOver(aHold({ decision: APPROVED, ended }))).toBe(true);
});

test('a hold in force is reaffirmed every 90 days', () => {
  expect(reviewBy(aHold())).toBeNull();
  expect(reviewBy(aHold({ decision: { ...APPROVED, kind: 'declined' } }))).toBeNull();
  expect(reviewBy(aHold({ decision: APPROVED }))).toBe('2027-02-20T17:00:00.000Z');
  const reaffirmed = { by: anId(10), at: '2027-02-01T00:00:00.000Z' };
  expect(reviewBy(aHold({ decision: APPROVED, reaffirmed }))).toBe('2027-05-02T00:00:00.000Z');
});

test('a hold covers a period, named reads, a plate on its dates, or a place at its time', () => {
  const read = aRead({ plate: 'TST0O2' });
  const from = '2026-11-22';
  expect(covers({ kind: 'period', periodId: read.periodId }, read)).toBe(true);
  expect(covers({ kind: 'period', periodId: anId(9) }, read)).toBe(false);
  expect(covers({ kind: 'reads', readIds: [anId(9), read._id] }, read)).toBe(true);
  expect(covers({ kind: 'reads', readIds: [anId(9)] }, read)).toBe(false);
  expect(covers({ kind: 'plate', plate: 'TSTO02', from, to: from }, read)).toBe(true);
  expect(covers({ kind: 'plate', plate: 'TST002', from: '2026-11-23', to: '2026-11-24' }, read)).toBe(false);
  const typed = { kind: 'plate', plate: 'TST007', from, to: from } as const;
  expect(covers(typed, read)).toBe(false);
  expect(covers(typed, read, ['TSTOO7']), 'as an officer found it by eye').toBe(true);
  expect(covers({ ...typed, from: '2026-11-23', to: '2026-11-24' }, read, ['TST007'])).toBe(false);
  const place = { kind: 'place', lat: 45.88, lon: -95.37, radiusM: 200 } as const;
  const noon = { from: '2026-11-22T15:00:00.000Z', to: '2026-11-22T17:00:00.000Z' };
  expect(covers({ ...place, ...noon }, read)).toBe(true);
  // A hundredth of a degree east is 775 m there.
  expect(covers({ ...place, ...noon, lon: -95.36 }, read)).toBe(false);
  expect(covers({ ...place, ...noon, lon: -95.36, radiusM: 800 }, read)).toBe(true);
  expect(covers({ ...place, ...noon, to: '2026-11-22T15:30:00.000Z' }, read)).toBe(false);
  // A read without a position is nowhere: not even where the numbers are zero.
  const nowhere = { ...place, ...noon, lat: 0, lon: 0 };
  for (const position of [{ lat: null }, { lon: null }])
    expect(covers(nowhere, aRead({ lat: 0, lon: 0, ...position }))).toBe(false);
  expect(covers(nowhere, aRead({ lat: 0, lon: 0 }))).toBe(true);
});

test('where a scope has dates, no other day box is looked through', () => {
  const from = '2026-11-22';
  expect(datesOf({ kind: 'plate', plate: 'TST042', from, to: from })).toEqual({ from, to: from });
  expect(datesOf({ kind: 'period', periodId: anId(4) })).toBeNull();
  const place = { kind: 'place', lat: 0, lon: 0, radiusM: 100 } as const;
  expect(datesOf({ ...place, from: '2026-11-22T03:00:00.000Z', to: '2026-11-22T22:00:00.000Z' })).toEqual({
    from: '2026-11-21',
    to: '2026-11-23'
  });
});
