import { SHIPPED_RETENTION_DAYS } from '#domain/policy/retention.ts';
import type { Agency, Member } from '#domain/records/agency.ts';
import { startOfLocalDate, utcOffsetMinutesOf } from '#domain/time/instant.ts';
import type { SetupRequest } from '#domain/wire/requests.ts';
import type { House } from '../house.ts';
import { keepPassword } from '../users/accounts.ts';
import { adoptPolicy } from './policy.ts';

const SETUP_ROLES = ['administrator', 'supervisor'] as const;

/**
 * Makes the agency and its first account, the Administration Sergeant (426.2), with the policy in force (626.8472), the
 * training (426.3(d)) and the written authorization (13.824 subd. 7(b)) that everything else presupposes. The agency is
 * written last: until it is there, setup has not happened and may be done again.
 */
export async function setUp(
  house: House,
  request: SetupRequest,
  memberId: string
): Promise<{ agency: Agency; member: Member }> {
  const { register, given } = house;
  const now = given.now();
  const member: Member = {
    _id: memberId,
    kind: 'member',
    schema: 1,
    name: request.name,
    signInName: request.signInName,
    roles: SETUP_ROLES,
    disabledAt: null
  };
  const agency: Agency = {
    _id: given.newId(),
    kind: 'agency',
    schema: 1,
    name: request.agencyName,
    timeZone: request.timeZone,
    retentionDays: SHIPPED_RETENTION_DAYS,
    backupDays: 0,
    suspended: false,
    demo: house.demo,
    secondFactor: 'required'
  };
  const passwordHash = await house.passwords.hash(request.password);
  await register.put(member);
  await keepPassword(house.store, memberId, passwordHash);
  await register.put(adoptPolicy(request.policy, given.newId()));
  await register.put({
    _id: given.newId(),
    kind: 'training',
    schema: 1,
    memberId,
    course: request.trainingCourse,
    completedAt: startOfLocalDate(request.trainingCompletedOn, utcOffsetMinutesOf(now, request.timeZone)),
    expiresAt: null,
    trainer: request.grantSignedBy
  });
  await register.put({
    _id: given.newId(),
    kind: 'grant',
    schema: 1,
    memberId,
    roles: SETUP_ROLES,
    purpose: 'Administration of the ALPR program',
    signedBy: request.grantSignedBy,
    from: now,
    until: null
  });
  await house.publicLog.showAgency(agency);
  await register.put(agency);
  return { agency, member };
}
