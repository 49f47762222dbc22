import type { AccessGrant, Agency, Member, PolicyAdoption, Role, Training } from '../records/agency.ts';
import { msOf, type Instant } from '../time/instant.ts';

/** Why capture or access is refused; each has one sentence for people in the catalog. */
export const PRECONDITION_FAILURES = [
  'noPolicy',
  'suspended',
  'memberDisabled',
  'noTraining',
  'trainingExpired',
  'noGrant',
  'noRole'
] as const;
export type PreconditionFailure = (typeof PRECONDITION_FAILURES)[number];

export type Permission =
  { readonly kind: 'allowed' } | { readonly kind: 'refused'; readonly failures: readonly PreconditionFailure[] };

/** Everything the rule looks at; `policy` is the version in force or null. */
export interface Standing {
  readonly agency: Pick<Agency, 'suspended'>;
  readonly policy: PolicyAdoption | null;
  readonly member: Member;
  readonly trainings: readonly Training[];
  readonly grants: readonly AccessGrant[];
}

/** Training that counts at `now`, if any (426.3(d)). */
export function trainingInForce(trainings: readonly Training[], memberId: string, now: Instant): Training | undefined {
  return trainings.find(
    (t) =>
      t.memberId === memberId &&
      msOf(t.completedAt) <= msOf(now) &&
      (t.expiresAt === null || msOf(t.expiresAt) > msOf(now))
  );
}

/** The written authorization that counts at `now`, if any (13.824 subd. 7(b)). */
export function grantInForce(grants: readonly AccessGrant[], memberId: string, now: Instant): AccessGrant | undefined {
  return grants.find(
    (g) =>
      g.memberId === memberId &&
      g.revokedAt === undefined &&
      msOf(g.from) <= msOf(now) &&
      (g.until === null || msOf(g.until) > msOf(now))
  );
}

/**
 * What every use of the system presupposes: a written policy in force (426.1; Minn. Stat. 626.8472), no suspension
 * (13.824 subd. 6(b)), a named member who is not disabled, completed training (426.3(d)), written authorization
 * (13.824 subd. 7(b)).
 */
export function standingOf(standing: Standing, now: Instant): Permission {
  const failures: PreconditionFailure[] = [];
  if (standing.policy === null) failures.push('noPolicy');
  if (standing.agency.suspended) failures.push('suspended');
  if (standing.member.disabledAt !== null) failures.push('memberDisabled');
  const own = standing.trainings.filter((t) => t.memberId === standing.member._id);
  if (own.length === 0) failures.push('noTraining');
  else if (trainingInForce(own, standing.member._id, now) === undefined) failures.push('trainingExpired');
  if (grantInForce(standing.grants, standing.member._id, now) === undefined) failures.push('noGrant');
  return failures.length === 0 ? { kind: 'allowed' } : { kind: 'refused', failures };
}

/** Roles a member really holds: those of the account that the written grant in force names too (13.824 subd. 7(c)). */
export function rolesInForce(standing: Standing, now: Instant): readonly Role[] {
  const grant = grantInForce(standing.grants, standing.member._id, now);
  return grant === undefined ? [] : standing.member.roles.filter((role) => grant.roles.indexOf(role) >= 0);
}

const CAPTURING_ROLES: readonly Role[] = ['operator', 'supervisor', 'investigator', 'administrator'];

/** Whether this member may start a period of active use now. Policy 426.1, 426.3(d); 13.824 subd. 6(b), 7(b), 7(c). */
export function mayCapture(standing: Standing, now: Instant): Permission {
  const base = standingOf(standing, now);
  const failures = base.kind === 'refused' ? [...base.failures] : [];
  if (!rolesInForce(standing, now).some((role) => CAPTURING_ROLES.indexOf(role) >= 0)) failures.push('noRole');
  return failures.length === 0 ? { kind: 'allowed' } : { kind: 'refused', failures };
}
