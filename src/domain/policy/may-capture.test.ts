import { expect, test } from 'vitest';
import { aGrant, aMember, anAgency, aPolicy, aTraining } from '#tests/builders/records.ts';
import { mayCapture, rolesInForce, type Standing } from './may-capture.ts';

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
