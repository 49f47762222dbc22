import { expect, test } from 'vitest';
import { anId, aHit } from '#tests/builders/records.ts';
import type { Hit } from '../records/hit.ts';
import { checkHitStub } from '../records/hit-stub.ts';
import { dispositionOf, holdWarning, monthlyFigures, stubOf } from './hit-figures.ts';

const AT = '2026-11-22T16:05:00.000Z';
const checks = { characters: 'yes', state: 'yes', vehicle: 'yes', driver: 'cannotTell' } as const;
const confirmed = { method: 'mnjis', at: AT, result: 'confirmed' } as const;
const unable = { method: 'notPracticable', at: AT, result: 'unable', reason: 'Moving traffic' } as const;
const stop = { kind: 'stop' } as const;
const answered = (given: Partial<Hit>): Hit => aHit({ answer: 'correctRead', answeredAt: AT, checks, ...given });

test.each([
  ['nobody has answered', aHit(), 'open'],
  ['it was misread', aHit({ answer: 'misread' }), 'misread'],
  ['the state was wrong', aHit({ answer: 'wrongJurisdiction' }), 'wrongState'],
  ['the vehicle differed', answered({ checks: { ...checks, vehicle: 'no' } }), 'wrongVehicle'],
  ['the characters differed', answered({ checks: { ...checks, characters: 'no' } }), 'misread'],
  ['its state differed', answered({ checks: { ...checks, state: 'no' } }), 'wrongState'],
  [
    'it was confirmed and nothing was done',
    answered({ verification: confirmed, enforcement: { kind: 'none' } }),
    'confirmedNoAction'
  ],
  ['it could not be checked, and nothing was done', answered({ verification: unable }), 'notFollowedUp'],
  ['the driver was not the owner', answered({ checks: { ...checks, driver: 'no' } }), 'ownerNotDriver'],
  [
    'it was confirmed and somebody stopped',
    answered({ verification: confirmed, enforcement: stop }),
    'confirmedAction'
  ],
  ['it was confirmed', answered({ verification: confirmed }), 'confirmedNoAction'],
  ['it was stopped without a check', answered({ verification: unable, enforcement: stop }), 'unverifiedAction'],
  ['the record was cleared', answered({ verification: { ...confirmed, result: 'notOnFile' } }), 'recordCleared'],
  ['it repeats a car that was told', aHit({ dupOf: anId(201) }), 'duplicate']
] as const)('what came of a hit when %s', (_, hit, disposition) => {
  expect(dispositionOf(hit)).toBe(disposition);
});

test('what stays of a hit at its expiry names no plate, place, read, list or moment', () => {
  const stub = stubOf(answered({ told: 'sound', verification: confirmed }));
  expect(checkHitStub(stub)).toBeNull();
  expect(Object.keys(stub).sort()).toEqual(
    ['_id', 'category', 'disposition', 'kind', 'month', 'schema', 'staleList', 'told', 'verified'].sort()
  );
  expect(JSON.stringify(stub)).not.toContain(aHit().readId);
});

test('a hit that could not be checked does not count as verified', () => {
  expect(stubOf(answered({ verification: confirmed })).verified).toBe(true);
  expect(stubOf(answered({ verification: unable })).verified).toBe(false);
  expect(stubOf(answered({})).verified).toBe(false);
});

test('the monthly figure counts alerts, confirmed, misread, wrong state, stale and unverified enforcement', () => {
  const hits = [
    answered({ told: 'sound', verification: confirmed, enforcement: stop }),
    aHit({ told: 'sound', answer: 'misread' }),
    aHit({ told: 'tray', answer: 'wrongJurisdiction' }),
    aHit({ told: 'tray', listAgeSeconds: 100_000 }),
    answered({ told: 'sound', verification: unable, enforcement: stop }),
    aHit({ told: 'tray', dupOf: anId(201) }),
    aHit({ told: 'sound', collectedAt: '2026-12-01T05:00:00.000Z' }),
    aHit({ told: 'headquartersOnly', collectedAt: '2026-12-01T18:00:00.000Z' })
  ];
  const [december, november] = monthlyFigures(hits.map(stubOf));
  expect(november).toEqual({
    month: '2026-11',
    alerts: 4,
    tray: 2,
    confirmed: 1,
    misread: 1,
    wrongState: 1,
    otherwiseWrong: 0,
    stale: 1,
    unverifiedEnforcement: 1,
    unanswered: 2
  });
  expect(december).toMatchObject({ month: '2026-12', alerts: 0, tray: 0, unanswered: 1 });
});

test('a hit that led to a stop is warned about at 45 and 55 days of 60, so that a hold is asked for', () => {
  const hit = answered({ verification: confirmed, enforcement: stop, destroyBy: '2027-01-21T16:00:00.000Z' });
  expect(holdWarning(hit, '2027-01-06T15:59:59.000Z')).toBe('none');
  expect(holdWarning(hit, '2027-01-06T16:00:00.000Z')).toBe('soon');
  expect(holdWarning(hit, '2027-01-16T16:00:00.000Z')).toBe('last');
  expect(holdWarning(aHit({ destroyBy: hit.destroyBy }), '2027-01-20T16:00:00.000Z')).toBe('none');
});
