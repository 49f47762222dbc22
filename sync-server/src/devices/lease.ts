import {
  mayCapture,
  rolesInForce,
  grantInForce,
  trainingInForce,
  type PreconditionFailure
} from '#domain/policy/may-capture.ts';
import type { Agency, Member } from '#domain/records/agency.ts';
import { HOUR_MS, instantOf, msOf, type Instant } from '#domain/time/instant.ts';
import type { Lease } from '#domain/wire/answers.ts';
import { localDateIn } from '../register/local-date.ts';
import type { Register } from '../register/register.ts';

const LEASE_MS = 24 * HOUR_MS;

export type LeaseOutcome =
  | { readonly kind: 'lease'; readonly lease: Lease }
  | { readonly kind: 'refused'; readonly failures: readonly PreconditionFailure[] };

/**
 * What lets an officer capture without a network: 24 hours, and never longer than training and written authorization last.
 * Policy 426.1, 426.3(d); 13.824 subd. 6(b), 7(b).
 */
export function leaseFor(
  register: Register,
  agency: Agency,
  member: Member,
  deviceId: string,
  releaseHash: string,
  now: Instant
): LeaseOutcome {
  const standing = register.standing(member, agency, localDateIn(agency, now));
  const permission = mayCapture(standing, now);
  if (permission.kind === 'refused') return permission;
  const training = trainingInForce(standing.trainings, member._id, now);
  const grant = grantInForce(standing.grants, member._id, now);
  const ends = [training?.expiresAt, grant?.until].flatMap((end) =>
    end === null || end === undefined ? [] : [msOf(end)]
  );
  return {
    kind: 'lease',
    lease: {
      kind: 'lease',
      schema: 2,
      deviceId,
      memberId: member._id,
      roles: rolesInForce(standing, now),
      agency,
      policyVersion: standing.policy?.version ?? '',
      trainingUntil: training?.expiresAt ?? null,
      grantUntil: grant?.until ?? null,
      releaseHash,
      issuedAt: now,
      expiresAt: instantOf(Math.min(msOf(now) + LEASE_MS, ...ends))
    }
  };
}
