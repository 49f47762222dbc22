import { expect, test } from 'vitest';
import type { Hit } from '../records/hit.ts';
import { mayRewriteHit } from './hit-rewrite.ts';

const open: Hit = {
  _id: '11111111-1111-4111-8111-111111111111',
  kind: 'hit',
  schema: 1,
  readId: '22222222-2222-4222-8222-222222222222',
  periodId: '33333333-3333-4333-8333-333333333333',
  collectedAt: '2026-11-22T12:00:00.000Z',
  utcOffsetMinutes: -360,
  sourceId: '44444444-4444-4444-8444-444444444444',
  category: 'stolenVehicle',
  entryRef: 'row-1',
  listVersionId: '55555555-5555-4555-8555-555555555555',
  listAsOf: '2026-11-22T06:00:00.000Z',
  listAgeSeconds: 21_600,
  match: 'exact',
  jurisdictionCheck: 'match',
  answer: null,
  answeredAt: null,
  verification: null,
  enforcement: null,
  destroyBy: '2026-12-22T12:00:00.000Z'
};
const answered: Hit = { ...open, answer: 'misread', answeredAt: '2026-11-22T12:01:00.000Z' };

test('an open hit may be answered', () => {
  expect(mayRewriteHit(open, answered)).toBe(true);
});

test('an answer is never changed or taken back', () => {
  expect(mayRewriteHit(answered, { ...answered, answer: 'correctRead' })).toBe(false);
  expect(mayRewriteHit(answered, open)).toBe(false);
});

test('a later check may be added to an answered hit', () => {
  const checked: Hit = {
    ...answered,
    verification: { method: 'mnjis', at: '2026-11-22T12:02:00.000Z', result: 'notOnFile' }
  };
  expect(mayRewriteHit(answered, checked)).toBe(true);
  expect(mayRewriteHit(checked, { ...checked, verification: null })).toBe(false);
});

test('the comparison may be added where a hit has none yet, and is never changed', () => {
  const checks = { characters: 'yes', state: 'yes', vehicle: 'yes', driver: 'cannotTell' } as const;
  const compared: Hit = { ...answered, answer: 'correctRead', checks };
  const { checks: _none, ...without } = compared;
  expect(mayRewriteHit(without, compared)).toBe(true);
  expect(mayRewriteHit({ ...compared, checks: null }, compared)).toBe(true);
  expect(mayRewriteHit(compared, { ...compared, checks: { ...checks, driver: 'no' } })).toBe(false);
  expect(mayRewriteHit(open, { ...open, dupOf: open.readId }), 'a fact is not added').toBe(false);
});

test('the facts of a hit are never rewritten', () => {
  expect(mayRewriteHit(open, { ...answered, category: 'warrant' })).toBe(false);
  expect(mayRewriteHit(open, { ...answered, destroyBy: '2027-01-01T00:00:00.000Z' })).toBe(false);
});
