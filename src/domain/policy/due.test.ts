import { expect, test } from 'vitest';
import { aHold, APPROVED } from '#tests/builders/holds.ts';
import { aPlace, A_WITHHOLDING } from '#tests/builders/places.ts';
import { anId } from '#tests/builders/records.ts';
import type { AccessGrant, Training } from '../records/agency.ts';
import { whatIsDue, type KnownDuties } from './due.ts';

const known = (given: Partial<KnownDuties> = {}): KnownDuties => ({
  today: '2026-11-22',
  dateOf: (instant) => instant.slice(0, 10),
  notices: [],
  locations: [],
  holds: [],
  incidents: [],
  review: { week: '2026-11-16', isSigned: true },
  members: [],
  ...given
});
const training = (expiresAt: string | null): Training => ({
  _id: anId(80),
  kind: 'training',
  schema: 1,
  memberId: anId(3),
  course: 'ALPR operator course',
  completedAt: '2026-02-01T06:00:00.000Z',
  expiresAt,
  trainer: 'Sgt. T. Example'
});
const grant = (until: string | null, given: Partial<AccessGrant> = {}): AccessGrant => ({
  _id: anId(81),
  kind: 'grant',
  schema: 1,
  memberId: anId(3),
  roles: ['operator'],
  purpose: 'Patrol duties',
  signedBy: 'Chief C. Example',
  from: '2026-02-01T06:00:00.000Z',
  until,
  ...given
});
const of = (trainings: Training[], grants: AccessGrant[]): unknown =>
  whatIsDue(known({ members: [{ name: 'Ofc. A. Example', trainings, grants }] }));

test('nothing is due where everything is done', () => {
  expect(whatIsDue(known())).toEqual([]);
});

test('the review of a week is due on its Sunday until it is signed off', () => {
  expect(whatIsDue(known({ review: { week: '2026-11-16', isSigned: false } }))).toEqual([
    { what: 'weeklyReview', subject: null, dueOn: '2026-11-22', isOverdue: false }
  ]);
});

test('trainings and authorizations are due thirty days before they end, and overdue when they have', () => {
  expect(of([training('2026-12-22T05:00:00.000Z')], [grant('2026-11-21T05:00:00.000Z')])).toEqual([
    { what: 'grant', subject: 'Ofc. A. Example', dueOn: '2026-11-21', isOverdue: true },
    { what: 'training', subject: 'Ofc. A. Example', dueOn: '2026-12-22', isOverdue: false }
  ]);
  expect(of([training('2026-12-23T05:00:00.000Z')], [grant('2026-12-23T05:00:00.000Z')])).toEqual([]);
});

test('the one that counts longest counts, and one without an end is never due; a revoked one counts for nothing', () => {
  const soon = '2026-11-25T05:00:00.000Z';
  expect(of([training(soon), training(null)], [grant(soon), grant('2028-01-01T05:00:00.000Z')])).toEqual([]);
  expect(of([training(soon), training('2026-11-24T05:00:00.000Z')], [])).toMatchObject([{ dueOn: '2026-11-25' }]);
  expect(of([], [grant(soon), grant(null, { revokedAt: '2026-11-01T05:00:00.000Z' })])).toMatchObject([
    { what: 'grant', dueOn: '2026-11-25' }
  ]);
  expect(of([], [])).toEqual([]);
});

test('a notice that was not sent, a withheld place and a hold in force come by their dates, the most pressing first', () => {
  const notice = { id: anId(60), what: 'place', happenedOn: '2026-11-01', place: 'Example Ave at 1st St' } as const;
  const items = whatIsDue(
    known({
      incidents: [{ what: 'assess', dueAt: '2026-11-24T16:00:00.000Z' }],
      holds: [aHold({ decision: APPROVED }), aHold()],
      locations: [aPlace(), aPlace({ withheld: null }), aPlace({ withheld: A_WITHHOLDING })],
      notices: [
        { ...notice, dueOn: '2026-11-11', toldOn: null, isOverdue: true },
        { ...notice, what: 'firstUse', place: null, dueOn: '2026-11-22', toldOn: null, isOverdue: false },
        { ...notice, dueOn: '2026-11-11', toldOn: '2026-11-02', isOverdue: false }
      ]
    })
  );
  expect(items).toEqual([
    { what: 'bcaNotice', subject: 'Example Ave at 1st St', dueOn: '2026-11-11', isOverdue: true },
    { what: 'firstUse', subject: null, dueOn: '2026-11-22', isOverdue: false },
    { what: 'assess', subject: null, dueOn: '2026-11-24', isOverdue: false },
    { what: 'holdReview', subject: expect.any(String) as string, dueOn: '2027-02-20', isOverdue: false },
    { what: 'withholdingReview', subject: 'Example Ave at 1st St', dueOn: '2027-11-22', isOverdue: false }
  ]);
});
