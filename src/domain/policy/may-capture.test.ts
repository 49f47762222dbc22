import { expect, test } from 'vitest';
import { aGrant, aMember, anAgency, anId, aPolicy, aTraining } from '#tests/builders/records.ts';
import { grantInForce, mayCapture, rolesInForce, trainingInForce, type Standing } from './may-capture.ts';

const NOW = '2026-11-22T16:00:00.000Z';
const standing = (given: Partial<Standing> = {}): Standing => ({
  agency: anAgency(),
  policy: aPolicy(),
  member: aMember(),
  trainings: [aTraining()],
  grants: [aGrant()],
  ...given
});

test('a trained, authorized operator under an adopted policy may capture', () => {
  expect(mayCapture(standing(), NOW)).toEqual({ kind: 'allowed' });
});

test.each([
  ['no policy is adopted', { policy: null }, 'noPolicy'],
  ['all use is suspended', { agency: anAgency({ suspended: true }) }, 'suspended'],
  ['the member is disabled', { member: aMember({ disabledAt: NOW }) }, 'memberDisabled'],
  ['the training was never completed', { trainings: [] }, 'noTraining'],
  ['the training has expired', { trainings: [aTraining({ expiresAt: NOW })] }, 'trainingExpired'],
  [
    'the training lies in the future',
    { trainings: [aTraining({ completedAt: '2026-11-23T00:00:00.000Z' })] },
    'trainingExpired'
  ],
  ['there is no written authorization', { grants: [] }, 'noGrant'],
  ['the written authorization was revoked', { grants: [aGrant({ revokedAt: NOW })] }, 'noGrant'],
  ['the written authorization has ended', { grants: [aGrant({ until: NOW })] }, 'noGrant'],
  [
    'the role does not capture',
    { member: aMember({ roles: ['auditor'] }), grants: [aGrant({ roles: ['auditor'] })] },
    'noRole'
  ]
] satisfies [string, Partial<Standing>, string][])('no capture when %s', (_, given, failure) => {
  const permission = mayCapture(standing(given), NOW);
  expect(permission.kind === 'refused' ? permission.failures : []).toContain(failure);
});

test("another member's training does not count", () => {
  expect(mayCapture(standing({ trainings: [aTraining({ memberId: aTraining()._id })] }), NOW).kind).toBe('refused');
});

test('a role that the written grant does not name is not in force', () => {
  expect(rolesInForce(standing({ member: aMember({ roles: ['operator', 'investigator'] }) }), NOW)).toEqual([
    'operator'
  ]);
});

test('training counts for the member who had it, from its completion until it expires, and for good where it has no end', () => {
  const counts = (given: Parameters<typeof aTraining>[0], now: string): boolean =>
    trainingInForce([aTraining(given)], aMember()._id, now) !== undefined;
  const from = { completedAt: '2026-11-01T00:00:00.000Z', expiresAt: '2026-12-01T00:00:00.000Z' };
  expect(counts(from, '2026-11-01T00:00:00.000Z')).toBe(true);
  expect(counts(from, '2026-10-31T23:59:59.999Z')).toBe(false);
  expect(counts(from, '2026-12-01T00:00:00.000Z')).toBe(false);
  expect(counts({ ...from, expiresAt: null }, '2036-12-01T00:00:00.000Z')).toBe(true);
  expect(counts({ ...from, memberId: anId(99) }, '2026-11-02T00:00:00.000Z')).toBe(false);
});

test('a written authorization counts for its member, from its day until its end or its revocation', () => {
  const counts = (given: Parameters<typeof aGrant>[0], now: string): boolean =>
    grantInForce([aGrant(given)], aMember()._id, now) !== undefined;
  const from = { from: '2026-11-01T00:00:00.000Z', until: '2026-12-01T00:00:00.000Z' };
  expect(counts(from, '2026-11-01T00:00:00.000Z')).toBe(true);
  expect(counts(from, '2026-10-31T23:59:59.999Z')).toBe(false);
  expect(counts(from, '2026-12-01T00:00:00.000Z')).toBe(false);
  expect(counts({ ...from, until: null }, '2036-12-01T00:00:00.000Z')).toBe(true);
  expect(counts({ ...from, memberId: anId(99) }, '2026-11-02T00:00:00.000Z')).toBe(false);
  expect(counts({ ...from, revokedAt: '2026-11-02T00:00:00.000Z' }, '2026-11-03T00:00:00.000Z')).toBe(false);
});
