import { expect, test } from 'vitest';
import { DAY_MS, instantOf, msOf } from '#domain/time/instant.ts';
import type { Lease } from '#domain/wire/answers.ts';
import { anAgency, anId } from '#tests/builders/records.ts';
import { checkLease, leaseInForce, LONGEST_LEASE_MS } from './lease.ts';

const ISSUED = '2026-11-22T16:00:00.000Z';
const DEVICE = anId(2);
const after = (ms: number): string => instantOf(msOf(ISSUED) + ms);

const aLease = (given: Partial<Lease> = {}): Lease => ({
  kind: 'lease',
  schema: 2,
  deviceId: DEVICE,
  memberId: anId(3),
  roles: ['operator'],
  agency: anAgency(),
  policyVersion: '1',
  trainingUntil: null,
  grantUntil: null,
  releaseHash: 'ab'.repeat(32),
  issuedAt: ISSUED,
  expiresAt: after(DAY_MS),
  ...given
});

test('a lease counts until its last millisecond and no longer', () => {
  expect(checkLease(aLease())).toBeNull();
  expect(leaseInForce(aLease(), DEVICE, after(DAY_MS - 1))).not.toBeNull();
  expect(leaseInForce(aLease(), DEVICE, after(DAY_MS))).toBeNull();
});

test('no lease is honored longer than 72 hours, whatever it says', () => {
  const long = aLease({ expiresAt: after(30 * DAY_MS) });
  expect(leaseInForce(long, DEVICE, ISSUED)?.expiresAt).toBe(after(LONGEST_LEASE_MS));
  expect(leaseInForce(long, DEVICE, after(LONGEST_LEASE_MS))).toBeNull();
});

test('a lease ends with the training it rests on', () => {
  const lease = aLease({ trainingUntil: after(1_000) });
  expect(leaseInForce(lease, DEVICE, after(999))).not.toBeNull();
  expect(leaseInForce(lease, DEVICE, after(1_000))).toBeNull();
});

test('the lease of another tablet does not count', () => {
  expect(leaseInForce(aLease(), anId(9), ISSUED)).toBeNull();
});
