import { closed, list, nullable, oneOf, text, type Check } from '#domain/check/check.ts';
import { instant, uuid } from '#domain/check/common.ts';
import { checkAgency, ROLES } from '#domain/records/agency.ts';
import { sha256InHex } from '#domain/records/audit.ts';
import { HOUR_MS, instantOf, msOf, type Instant } from '#domain/time/instant.ts';
import type { Lease } from '#domain/wire/answers.ts';

/** No lease is honored longer than this, whatever it says (DESIGN 4). */
export const LONGEST_LEASE_MS = 72 * HOUR_MS;

export const checkLease: Check<Lease> = closed<Lease>({
  kind: oneOf('lease'),
  schema: oneOf(2),
  deviceId: uuid,
  memberId: uuid,
  roles: list(oneOf(...ROLES), { max: ROLES.length }),
  agency: checkAgency,
  policyVersion: text({ max: 40 }),
  trainingUntil: nullable(instant),
  grantUntil: nullable(instant),
  releaseHash: sha256InHex,
  issuedAt: instant,
  expiresAt: instant
});

/**
 * The lease as it counts at `now`: ours, not yet expired, never longer than 72 hours, and not beyond the training
 * (426.3(d)) or the written authorization (13.824 subd. 7(b)) it rests on; null where it does not count.
 */
export function leaseInForce(lease: Lease, deviceId: string, now: Instant): Lease | null {
  const ends = [msOf(lease.expiresAt), msOf(lease.issuedAt) + LONGEST_LEASE_MS];
  for (const end of [lease.trainingUntil, lease.grantUntil]) if (end !== null) ends.push(msOf(end));
  const expiresAt = Math.min(...ends);
  return lease.deviceId === deviceId && msOf(now) < expiresAt ? { ...lease, expiresAt: instantOf(expiresAt) } : null;
}
