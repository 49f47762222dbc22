import { closed, list, nullable, number, oneOf, optional, text, yesOrNo, type Check } from '../check/check.ts';
import { instant, localDate, personName, uuid } from '../check/common.ts';
import type { Instant, LocalDate } from '../time/instant.ts';

/** Roles of LAW section 3. */
export const ROLES = [
  'operator',
  'supervisor',
  'investigator',
  'administrator',
  'designee',
  'chief',
  'records',
  'auditor',
  'system'
] as const;
export type Role = (typeof ROLES)[number];

/** The agency and the settings the Administration Sergeant answers for (426.2). */
export interface Agency {
  readonly _id: string;
  readonly kind: 'agency';
  readonly schema: 1;
  readonly name: string;
  readonly timeZone: string;
  /** days a read may be kept; ships with 30, the legal end is 60 (426.4) */
  readonly retentionDays: number;
  /** days a backup lives, counted inside the 60 */
  readonly backupDays: number;
  /** the Commissioner or the chief has suspended all use (13.824 subd. 6) */
  readonly suspended: boolean;
  /** entitled in writing to the restricted NCIC files (CJIS 4.2.2); left out: their rows are dropped at import */
  readonly restrictedFiles?: boolean;
  /** an invented agency of the demo; said on every screen */
  readonly demo: boolean;
  /** whether every member must have a second factor; never said: required (CJIS IA-2) */
  readonly secondFactor?: 'required' | 'optional';
}

export interface Member {
  readonly _id: string;
  readonly kind: 'member';
  readonly schema: 1;
  readonly name: string;
  /** what the member types to sign in; a badge number or short name */
  readonly signInName: string;
  readonly roles: readonly Role[];
  readonly disabledAt: Instant | null;
}

/** A version of the written policy in force (626.8472: no policy, no use). */
export interface PolicyAdoption {
  readonly _id: string;
  readonly kind: 'policy';
  readonly schema: 1;
  readonly title: string;
  readonly version: string;
  readonly sha256: string;
  readonly adoptedOn: LocalDate;
  readonly adoptedBy: string;
}

/** Department-approved training a member has completed (426.3(d)). */
export interface Training {
  readonly _id: string;
  readonly kind: 'training';
  readonly schema: 1;
  readonly memberId: string;
  readonly course: string;
  readonly completedAt: Instant;
  readonly expiresAt: Instant | null;
  readonly trainer: string;
}

/** Written authorization by the chief or the designee (13.824 subd. 7(b)). */
export interface AccessGrant {
  readonly _id: string;
  readonly kind: 'grant';
  readonly schema: 1;
  readonly memberId: string;
  readonly roles: readonly Role[];
  readonly purpose: string;
  readonly signedBy: string;
  readonly from: Instant;
  readonly until: Instant | null;
  readonly revokedAt?: Instant;
}

/** An enrolled tablet. */
export interface Device {
  readonly _id: string;
  readonly kind: 'device';
  readonly schema: 1;
  readonly label: string;
  readonly enrolledAt: Instant;
  readonly enrolledBy: string;
  readonly lastSeenAt: Instant | null;
  readonly revokedAt: Instant | null;
  /** the tablet's own ES256 public key, made at its enrollment: by it the tablet is known, and its audit trail signed */
  readonly signingKey?: { readonly x: string; readonly y: string };
  /** keys of before it was enrolled again: they open no door, but what they signed before that may still arrive */
  readonly formerKeys?: readonly { readonly x: string; readonly y: string }[];
}

const roles = list(oneOf(...ROLES), { min: 1, max: ROLES.length });
const schema = oneOf(1);

export const checkAgency: Check<Agency> = closed<Agency>({
  _id: uuid,
  kind: oneOf('agency'),
  schema,
  name: text({ min: 3, max: 120 }),
  timeZone: text({ min: 3, max: 60, pattern: /^[A-Za-z0-9_+/-]+$/, what: 'a time zone' }),
  retentionDays: number({ min: 1, max: 60, integer: true }),
  backupDays: number({ min: 0, max: 7, integer: true }),
  suspended: yesOrNo,
  restrictedFiles: optional(yesOrNo),
  demo: yesOrNo,
  secondFactor: optional(oneOf('required', 'optional'))
});

export const signInName: Check<string> = text({
  min: 2,
  max: 40,
  pattern: /^[a-z0-9][a-z0-9._-]+$/,
  what: 'a sign-in name'
});

export const checkMember: Check<Member> = closed<Member>({
  _id: uuid,
  kind: oneOf('member'),
  schema,
  name: personName,
  signInName,
  roles,
  disabledAt: nullable(instant)
});

export const checkPolicyAdoption: Check<PolicyAdoption> = closed<PolicyAdoption>({
  _id: uuid,
  kind: oneOf('policy'),
  schema,
  title: text({ min: 3, max: 200 }),
  version: text({ min: 1, max: 40 }),
  sha256: text({ min: 64, max: 64, pattern: /^[0-9a-f]+$/, what: 'a SHA-256 in hexadecimal' }),
  adoptedOn: localDate,
  adoptedBy: personName
});

export const checkTraining: Check<Training> = closed<Training>({
  _id: uuid,
  kind: oneOf('training'),
  schema,
  memberId: uuid,
  course: text({ min: 3, max: 120 }),
  completedAt: instant,
  expiresAt: nullable(instant),
  trainer: personName
});

export const checkAccessGrant: Check<AccessGrant> = closed<AccessGrant>({
  _id: uuid,
  kind: oneOf('grant'),
  schema,
  memberId: uuid,
  roles,
  purpose: text({ min: 3, max: 200 }),
  signedBy: personName,
  from: instant,
  until: nullable(instant),
  revokedAt: optional(instant)
});

const coordinate = text({ min: 43, max: 43, pattern: /^[A-Za-z0-9_-]+$/, what: 'a coordinate of a public key' });

/** The public half of a tablet's key. */
export const checkDeviceKey: Check<NonNullable<Device['signingKey']>> = closed<NonNullable<Device['signingKey']>>({
  x: coordinate,
  y: coordinate
});

/** Keys of earlier enrollments that are remembered. */
export const FORMER_KEYS = 20;

export const checkDevice: Check<Device> = closed<Device>({
  _id: uuid,
  kind: oneOf('device'),
  schema,
  label: text({ min: 2, max: 60 }),
  enrolledAt: instant,
  enrolledBy: uuid,
  lastSeenAt: nullable(instant),
  revokedAt: nullable(instant),
  signingKey: optional(checkDeviceKey),
  formerKeys: optional(list(checkDeviceKey, { max: FORMER_KEYS }))
});
