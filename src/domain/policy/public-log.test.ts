import { expect, test } from 'vitest';
import { aHit, anId, aPeriod, aRead } from '#tests/builders/records.ts';
import { foldPlate } from '../plate/fold.ts';
import { countPeriod, publicLogRow } from './public-log.ts';

const closed = aPeriod({
  intervals: [{ startedAt: '2026-11-22T16:00:00.000Z', endedAt: '2026-11-22T17:00:00.000Z', endReason: 'operator' }],
  databases: [
    { compareName: 'Minnesota license plate data file', listVersionId: anId(6), asOf: '2026-11-22T12:00:00.000Z' },
    { compareName: 'A database that is not public', listVersionId: anId(7), asOf: '2026-11-22T12:00:00.000Z' }
  ],
  closedAt: '2026-11-22T17:00:00.000Z'
});

test('the log counts reads, distinct plates, and distinct plates of each kind of match', () => {
  const reads = [
    aRead({ _id: anId(1), plate: 'TST042' }),
    aRead({ _id: anId(2), plate: 'TSTO42' }),
    aRead({ _id: anId(3), plate: 'TST907' })
  ];
  const hits = [
    aHit({ readId: anId(1) }),
    aHit({ readId: anId(2), category: 'stolenPlate' }),
    aHit({ readId: anId(3), category: 'licenseRevoked' })
  ];
  expect(countPeriod(reads, hits, foldPlate)).toEqual({
    reads: 3,
    distinctPlates: 2,
    stolen: 1,
    warrant: 0,
    license: 1,
    investigative: 0,
    other: 0
  });
});

test('the public row shows times, counts and databases, and no operator, device, case or position', () => {
  const row = publicLogRow({ ...closed, caseNumber: '26-004412', purpose: 'canvass' }, closed.counts, {
    id: anId(50),
    periodNumber: 1,
    generatedAt: '2026-11-23T06:00:00.000Z',
    isPublic: (name) => name !== 'A database that is not public',
    placeIsWithheld: false
  });
  expect(row.times).toEqual([{ from: '2026-11-22T16:00:00.000Z', to: '2026-11-22T17:00:00.000Z' }]);
  expect(row.comparedWith).toEqual(['Minnesota license plate data file']);
  const written = JSON.stringify(row);
  for (const hidden of [closed.operatorId, closed.deviceId, closed._id, '26-004412', 'canvass', 'not public'])
    expect(written).not.toContain(hidden);
});

test('the place is shown for a stationary reader and never for a handheld one', () => {
  const given = {
    id: anId(50),
    periodNumber: 1,
    generatedAt: '2026-11-23T06:00:00.000Z',
    isPublic: () => true,
    placeIsWithheld: false
  };
  expect(publicLogRow({ ...closed, place: 'Example St' }, closed.counts, given).place).toBeNull();
  expect(publicLogRow({ ...closed, deployment: 'stationary', place: 'Example St' }, closed.counts, given).place).toBe(
    'Example St'
  );
});

test('of a place that is withheld the row says that it is, and not where', () => {
  const given = { id: anId(50), periodNumber: 1, generatedAt: '2026-11-23T06:00:00.000Z', isPublic: () => true };
  const standing = { ...closed, deployment: 'fixed', place: 'Example St' } as const;
  const row = publicLogRow(standing, closed.counts, { ...given, placeIsWithheld: true });
  expect(row).toMatchObject({ place: null, placeIsWithheld: true });
  expect(JSON.stringify(row)).not.toContain('Example');
  // Nothing is said of a place where there is none to withhold.
  const handheld = { ...closed, place: 'Example St' };
  expect(publicLogRow(handheld, closed.counts, { ...given, placeIsWithheld: true }).placeIsWithheld).toBeUndefined();
});
