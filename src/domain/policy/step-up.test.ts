import { expect, test } from 'vitest';
import { AUDIT_ACTIONS } from '../records/audit.ts';
import { instantOf, msOf } from '../time/instant.ts';
import { isFreshProof, isPrivileged, isPrivilegedAction, PROOF_COUNTS_MS } from './step-up.ts';

const AT = '2026-11-22T18:00:00.000Z';
const after = (ms: number): string => instantOf(msOf(AT) + ms);

test('a proof counts for five minutes of privileged acts, and one from the future not at all', () => {
  expect(isFreshProof(AT, AT)).toBe(true);
  expect(isFreshProof(AT, after(PROOF_COUNTS_MS - 1))).toBe(true);
  expect(isFreshProof(AT, after(PROOF_COUNTS_MS))).toBe(false);
  expect(isFreshProof(AT, after(-1))).toBe(false);
});

test('taking data out, holds, early destruction, roles, authorizations and tablets are privileged; looking is not', () => {
  const privileged = AUDIT_ACTIONS.filter(isPrivileged);
  for (const act of [
    'exportAudit',
    'decideHold',
    'endHold',
    'destroyEarly',
    'changeMember',
    'changeGrant',
    'revokeDevice'
  ])
    expect(privileged).toContain(act);
  for (const act of ['searchReads', 'viewHits', 'viewAudit', 'signIn', 'signOut', 'replicate'])
    expect(privileged).not.toContain(act);
  expect(isPrivilegedAction('decideHolds')).toBe(true);
  expect(isPrivilegedAction('searchReads')).toBe(false);
});
