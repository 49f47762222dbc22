/** What a page may ask of the server, with the check that stands at the server's door. */
import { closed, list, nullable, number, oneOf, optional, tagged, text, yesOrNo, type Check } from '../check/check.ts';
import { instant, localDate, personName, plateText, uuid } from '../check/common.ts';
import { checkAccessReason, type AccessReason } from '../policy/access-reason.ts';
import { checkDeviceKey, ROLES, signInName, type Device, type Role } from '../records/agency.ts';
import { checkAfterHold, checkHoldEndReason, checkHoldGround, type HoldEnd, type HoldGround } from '../records/hold.ts';
import {
  checkDeclineReason,
  checkReasonableSuspicion,
  checkWrittenRequest,
  type ReleaseDecision,
  type WrittenRequest
} from '../records/data-release.ts';
import { checkHoldScope, type HoldScope } from '../records/hold-scope.ts';
import { FORMAT_NAMES, type FormatName } from '../hotlist-file/formats.ts';
import {
  AGENCY_ENTRY_WORDS,
  checkTrackingAuthority,
  type AgencyEntry,
  type TrackingAuthority
} from '../records/agency-entry.ts';
import {
  checkDataType,
  checkFacts,
  checkHowSent,
  checkPersons,
  checkToWhom,
  INCIDENT_KINDS,
  type Incident,
  type IncidentReport
} from '../records/incident.ts';
import {
  checkDetermination,
  checkNoticeEventId,
  checkPlaceWords,
  checkProof,
  MOST_COVERED
} from '../records/location.ts';
import { checkHotlistSource, type HotlistSource } from '../records/hotlist.ts';
import type { Instant, LocalDate } from '../time/instant.ts';

/** Long enough to need no rules about its characters (NIST 800-63B). */
export const MIN_PASSWORD_LENGTH = 12;
const password: Check<string> = text({ min: MIN_PASSWORD_LENGTH, max: 200 });
const anyPassword: Check<string> = text({ min: 1, max: 200 });
/** A code that a person types: enrollment, setup, release. */
export const checkOneTimeCode: Check<string> = text({
  min: 8,
  max: 80,
  pattern: /^[A-Za-z0-9-]+$/,
  what: 'a one-time code'
});
const roles = list(oneOf(...ROLES), { min: 1, max: ROLES.length });

export interface PolicyGiven {
  readonly title: string;
  readonly version: string;
  readonly adoptedOn: LocalDate;
  readonly adoptedBy: string;
}
/** POST /api/policies */
export const checkPolicyGiven: Check<PolicyGiven> = closed<PolicyGiven>({
  title: text({ min: 3, max: 200 }),
  version: text({ min: 1, max: 40 }),
  adoptedOn: localDate,
  adoptedBy: personName
});

/** POST /api/setup: the first account, by the one-time link that the server printed. */
export interface SetupRequest {
  readonly code: string;
  readonly agencyName: string;
  readonly timeZone: string;
  readonly name: string;
  readonly signInName: string;
  readonly password: string;
  readonly policy: PolicyGiven;
  /** the training and the written authorization of the Administration Sergeant, as the chief signed them */
  readonly trainingCourse: string;
  readonly trainingCompletedOn: LocalDate;
  readonly grantSignedBy: string;
}
export const checkSetupRequest: Check<SetupRequest> = closed<SetupRequest>({
  code: checkOneTimeCode,
  agencyName: text({ min: 3, max: 120 }),
  timeZone: text({ min: 3, max: 60 }),
  name: personName,
  signInName,
  password,
  policy: checkPolicyGiven,
  trainingCourse: text({ min: 3, max: 120 }),
  trainingCompletedOn: localDate,
  grantSignedBy: personName
});

/** A one-time code of an authenticator app, or one of the recovery codes. */
export const checkFactorCode: Check<string> = text({ min: 6, max: 40, pattern: /^[A-Za-z0-9 -]+$/, what: 'a code' });

/** POST /api/session */
export interface SignInRequest {
  readonly signInName: string;
  readonly password: string;
  /** asked for when the account has an authenticator app */
  readonly code?: string;
}
export const checkSignInRequest: Check<SignInRequest> = closed<SignInRequest>({
  signInName: text({ min: 1, max: 40 }),
  password: anyPassword,
  code: optional(checkFactorCode)
});

const base64Url = (max: number): Check<string> =>
  text({ max, pattern: /^[A-Za-z0-9_-]*$/, what: 'base64 of an address' });

/** What a passkey answers to a challenge, as WebAuthn writes it in JSON. What a passkey is asked beyond that stays in the browser. */
export interface PasskeyAnswer {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly clientExtensionResults: Readonly<Record<string, never>>;
  readonly response: {
    readonly clientDataJSON: string;
    readonly authenticatorData: string;
    readonly signature: string;
    readonly userHandle?: string;
  };
}
const nothing: Check<Readonly<Record<string, never>>> = closed<Readonly<Record<string, never>>>({});
const passkeyId = base64Url(1400);
/** POST /api/session/passkey */
export const checkPasskeyAnswer: Check<PasskeyAnswer> = closed<PasskeyAnswer>({
  id: passkeyId,
  rawId: passkeyId,
  type: oneOf('public-key'),
  clientExtensionResults: nothing,
  response: closed<PasskeyAnswer['response']>({
    clientDataJSON: base64Url(4000),
    authenticatorData: base64Url(4000),
    signature: base64Url(4000),
    userHandle: optional(base64Url(100))
  })
});

/** A passkey just made, as WebAuthn writes it in JSON. */
export interface NewPasskey {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly clientExtensionResults: Readonly<Record<string, never>>;
  readonly response: {
    readonly clientDataJSON: string;
    readonly attestationObject: string;
    readonly transports?: readonly string[];
  };
}
/** POST /api/session/factors/passkey */
export interface NewPasskeyRequest {
  /** which of several it is, in the member's words */
  readonly label: string;
  readonly passkey: NewPasskey;
}
const factorLabel = text({ min: 2, max: 60 });
export const checkNewPasskeyRequest: Check<NewPasskeyRequest> = closed<NewPasskeyRequest>({
  label: factorLabel,
  passkey: closed<NewPasskey>({
    id: passkeyId,
    rawId: passkeyId,
    type: oneOf('public-key'),
    clientExtensionResults: nothing,
    response: closed<NewPasskey['response']>({
      clientDataJSON: base64Url(4000),
      attestationObject: base64Url(8000),
      transports: optional(list(text({ min: 2, max: 20, pattern: /^[a-z-]+$/, what: 'a transport' }), { max: 8 }))
    })
  })
});

/** POST /api/session/factors/authenticator: confirms an authenticator app with a first code of it. */
export interface NewAuthenticatorRequest {
  readonly id: string;
  readonly label: string;
  readonly code: string;
}
export const checkNewAuthenticatorRequest: Check<NewAuthenticatorRequest> = closed<NewAuthenticatorRequest>({
  id: uuid,
  label: factorLabel,
  code: text({ min: 6, max: 6, pattern: /^[0-9]{6}$/, what: 'six digits' })
});

/** POST /api/session/proof: who is signed in proves it anew, before a privileged act (CJIS IA-11). */
export type ProofRequest =
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'passkey'; readonly passkey: PasskeyAnswer };
export const checkProofRequest: Check<ProofRequest> = tagged<ProofRequest>('kind', {
  password: closed<Extract<ProofRequest, { kind: 'password' }>>({
    kind: oneOf('password'),
    password: anyPassword
  }) as Check<never>,
  code: closed<Extract<ProofRequest, { kind: 'code' }>>({
    kind: oneOf('code'),
    code: checkFactorCode
  }) as Check<never>,
  passkey: closed<Extract<ProofRequest, { kind: 'passkey' }>>({
    kind: oneOf('passkey'),
    passkey: checkPasskeyAnswer
  }) as Check<never>
});

/** What the officer on duty types at a locked tablet. */
export const checkUnlocking: Check<Pick<SignInRequest, 'password'>> = closed<Pick<SignInRequest, 'password'>>({
  password: anyPassword
});

/** POST /api/enrollment: a tablet with the code that the Administration Sergeant shows. */
export interface EnrollmentRequest {
  readonly code: string;
  readonly label: string;
  /** the public half of the key the tablet made for itself: by it the tablet is known from now on */
  readonly deviceKey: NonNullable<Device['signingKey']>;
  /** the enrollment whose key this tablet has lost while it holds records of it: it has to be enrolled again as that one */
  readonly formerDeviceId?: string;
}
/** What a person types for it. */
export type EnrollmentForm = Pick<EnrollmentRequest, 'code' | 'label'>;
const enrollmentForm = { code: checkOneTimeCode, label: text({ min: 2, max: 60 }) };
export const checkEnrollmentForm: Check<EnrollmentForm> = closed<EnrollmentForm>(enrollmentForm);
export const checkEnrollmentRequest: Check<EnrollmentRequest> = closed<EnrollmentRequest>({
  ...enrollmentForm,
  deviceKey: checkDeviceKey,
  formerDeviceId: optional(uuid)
});

/** POST /api/devices/codes: for a new tablet, or for one that lost its key and is to be enrolled again under its name and number. */
export interface EnrollmentCodeRequest {
  readonly deviceId?: string;
}
export const checkEnrollmentCodeRequest: Check<EnrollmentCodeRequest> = closed<EnrollmentCodeRequest>({
  deviceId: optional(uuid)
});

/** POST /api/devices/:id/releases: lets an officer try again on a tablet after five wrong passwords. */
export interface ReleaseRequest {
  readonly signInName: string;
}
export const checkReleaseRequest: Check<ReleaseRequest> = closed<ReleaseRequest>({ signInName });

/** POST /api/reads/search */
export interface SearchRequest {
  readonly reason: AccessReason;
  /** the plate in question; absent: by time alone */
  readonly plate?: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** what allows the same member to look for the same plate on further days (rule repeatedLook) */
  readonly authority?: TrackingAuthority;
}
export const checkSearchRequest: Check<SearchRequest> = closed<SearchRequest>({
  reason: checkAccessReason,
  plate: optional(plateText),
  from: localDate,
  to: localDate,
  authority: optional(checkTrackingAuthority)
});

/** POST /api/members */
export interface NewMemberRequest {
  readonly name: string;
  readonly signInName: string;
  readonly password: string;
  readonly roles: readonly Role[];
}
export const checkNewMemberRequest: Check<NewMemberRequest> = closed<NewMemberRequest>({
  name: personName,
  signInName,
  password,
  roles
});

/** PATCH /api/members/:id */
export interface ChangeMemberRequest {
  readonly roles?: readonly Role[];
  readonly disabled?: boolean;
}
export const checkChangeMemberRequest: Check<ChangeMemberRequest> = closed<ChangeMemberRequest>({
  roles: optional(roles),
  disabled: optional(yesOrNo)
});

/** POST /api/members/:id/trainings */
export interface NewTrainingRequest {
  readonly course: string;
  readonly completedAt: Instant;
  readonly expiresAt: Instant | null;
  readonly trainer: string;
}
export const checkNewTrainingRequest: Check<NewTrainingRequest> = closed<NewTrainingRequest>({
  course: text({ min: 3, max: 120 }),
  completedAt: instant,
  expiresAt: nullable(instant),
  trainer: personName
});

/** POST /api/members/:id/grants */
export interface NewGrantRequest {
  readonly roles: readonly Role[];
  readonly purpose: string;
  readonly signedBy: string;
  readonly until: Instant | null;
}
export const checkNewGrantRequest: Check<NewGrantRequest> = closed<NewGrantRequest>({
  roles,
  purpose: text({ min: 3, max: 200 }),
  signedBy: personName,
  until: nullable(instant)
});

/** PUT /api/agency */
export interface ChangeAgencyRequest {
  readonly retentionDays: number;
  readonly backupDays: number;
  readonly suspended: boolean;
  readonly restrictedFiles?: boolean;
  /** left out: as it was */
  readonly secondFactor?: 'required' | 'optional';
}
export const checkChangeAgencyRequest: Check<ChangeAgencyRequest> = closed<ChangeAgencyRequest>({
  retentionDays: number({ min: 1, max: 60, integer: true }),
  backupDays: number({ min: 0, max: 7, integer: true }),
  suspended: yesOrNo,
  restrictedFiles: optional(yesOrNo),
  secondFactor: optional(oneOf('required', 'optional'))
});

/** POST /api/review: signs off the review of the week that begins on this Monday. */
export interface SignReviewRequest {
  readonly week: LocalDate;
  /** what was looked at and what came of it */
  readonly statement: string;
}
export const checkSignReviewRequest: Check<SignReviewRequest> = closed<SignReviewRequest>({
  week: localDate,
  statement: text({ min: 15, max: 300 })
});

/** POST /api/locations: a place that no tablet told of */
export interface PlaceRequest {
  readonly description: string;
  readonly deployment: 'fixed' | 'otherDevice';
  readonly installedOn: LocalDate;
}
export const checkPlaceRequest: Check<PlaceRequest> = closed<PlaceRequest>({
  description: checkPlaceWords,
  deployment: oneOf('fixed', 'otherDevice'),
  installedOn: localDate
});

/** POST /api/locations/:id/removal */
export interface PlaceLeftRequest {
  readonly removedOn: LocalDate;
}
export const checkPlaceLeftRequest: Check<PlaceLeftRequest> = closed<PlaceLeftRequest>({ removedOn: localDate });

/** POST /api/locations/:id/withholding */
export interface WithholdRequest {
  readonly determination: string;
  readonly reviewOn: LocalDate;
}
export const checkWithholdRequest: Check<WithholdRequest> = closed<WithholdRequest>({
  determination: checkDetermination,
  reviewOn: localDate
});

/** POST /api/notices: the Bureau of Criminal Apprehension was told of these */
export interface NoticeRequest {
  readonly sentOn: LocalDate;
  readonly proof: string;
  readonly covers: readonly string[];
}
export const checkNoticeRequest: Check<NoticeRequest> = closed<NoticeRequest>({
  sentOn: localDate,
  proof: checkProof,
  covers: list(checkNoticeEventId, { min: 1, max: MOST_COVERED })
});

/** POST /api/incidents */
export type IncidentRequest = Pick<Incident, 'what' | 'deviceId' | 'memberId' | 'discoveredAt' | 'facts'>;
export const checkIncidentRequest: Check<IncidentRequest> = closed<IncidentRequest>({
  what: oneOf(...INCIDENT_KINDS),
  deviceId: nullable(uuid),
  memberId: nullable(uuid),
  discoveredAt: instant,
  facts: checkFacts
});

/** POST /api/incidents/:id/steps: what was done about it */
export type IncidentStepRequest =
  | { readonly step: 'told'; readonly toWhom: string }
  | { readonly step: 'assessment'; readonly isBreach: boolean; readonly statement: string }
  | { readonly step: 'notices'; readonly sentOn: LocalDate; readonly persons: number; readonly how: string }
  | ({ readonly step: 'report' } & IncidentReport);
type StepOf<S extends IncidentStepRequest['step']> = Extract<IncidentStepRequest, { readonly step: S }>;
export const checkIncidentStep: Check<IncidentStepRequest> = tagged<IncidentStepRequest>('step', {
  told: closed<StepOf<'told'>>({ step: oneOf('told'), toWhom: checkToWhom }) as Check<never>,
  assessment: closed<StepOf<'assessment'>>({
    step: oneOf('assessment'),
    isBreach: yesOrNo,
    statement: checkFacts
  }) as Check<never>,
  notices: closed<StepOf<'notices'>>({
    step: oneOf('notices'),
    sentOn: localDate,
    persons: checkPersons,
    how: checkHowSent
  }) as Check<never>,
  report: closed<StepOf<'report'>>({
    step: oneOf('report'),
    dataType: checkDataType,
    persons: checkPersons,
    outcome: checkFacts
  }) as Check<never>
});

/** POST /api/hotlists/imports: what the file that follows is */
export interface OpenImportRequest {
  readonly source: HotlistSource;
  readonly asOf: Instant;
  readonly format: FormatName;
  readonly fileName: string;
  /** SHA-256 of the file, when it came with one */
  readonly sha256?: string;
}
export const checkOpenImportRequest: Check<OpenImportRequest> = closed<OpenImportRequest>({
  source: checkHotlistSource,
  asOf: instant,
  format: oneOf(...FORMAT_NAMES),
  fileName: text({ min: 1, max: 200 }),
  sha256: optional(text({ min: 64, max: 64, pattern: /^[0-9a-fA-F]+$/, what: 'a SHA-256 in hexadecimal' }))
});

/** POST /api/hotlists/imports/:id/release */
export interface ReleaseImportRequest {
  /** a change of more than a fifth was looked at and is right */
  readonly confirmsSwing: boolean;
}
export const checkReleaseImportRequest: Check<ReleaseImportRequest> = closed<ReleaseImportRequest>({
  confirmsSwing: yesOrNo
});

/** POST /api/agency-entries: what its author writes, with the plate */
export type AgencyEntryRequest = Omit<AgencyEntry, '_id' | 'kind' | 'schema' | 'proposed' | 'decision' | 'ended'> & {
  readonly plate: string;
};
export const checkAgencyEntryRequest: Check<AgencyEntryRequest> = closed<AgencyEntryRequest>({
  ...AGENCY_ENTRY_WORDS,
  plate: plateText
});

/** POST /api/holds, and /api/holds/preview to see first what it would cover: a look at stored data, with the same grounds. */
export interface HoldRequest {
  readonly ground: HoldGround;
  readonly scope: HoldScope;
}
export const checkHoldRequest: Check<HoldRequest> = closed<HoldRequest>({
  ground: checkHoldGround,
  scope: checkHoldScope
});

/** POST /api/reads/early-destruction: reads that must go before their date. Why is private and is asked for nowhere (13.824 subd. 3(c)). */
export interface EarlyDestructionRequest {
  readonly date: LocalDate;
  readonly readIds: readonly string[];
}
export const checkEarlyDestructionRequest: Check<EarlyDestructionRequest> = closed<EarlyDestructionRequest>({
  date: localDate,
  readIds: list(uuid, { min: 1, max: 500 })
});

/** POST /api/holds/:id/end */
export type EndHoldRequest = Pick<HoldEnd, 'reason' | 'afterwards'>;
export const checkEndHoldRequest: Check<EndHoldRequest> = closed<EndHoldRequest>({
  reason: checkHoldEndReason,
  afterwards: checkAfterHold
});

/** POST /api/data-releases: the written request of another agency, as it was received (426.7(a)). */
export interface DataReleaseRequest {
  readonly request: WrittenRequest;
}
export const checkDataReleaseRequest: Check<DataReleaseRequest> = closed<DataReleaseRequest>({
  request: checkWrittenRequest
});

/** POST /api/data-releases/:id/approval */
export type ApproveReleaseRequest = Pick<
  Extract<ReleaseDecision, { kind: 'approved' }>,
  'reasonableSuspicion' | 'holdId'
>;
export const checkApproveReleaseRequest: Check<ApproveReleaseRequest> = closed<ApproveReleaseRequest>({
  reasonableSuspicion: checkReasonableSuspicion,
  holdId: uuid
});

/** POST /api/data-releases/:id/decline */
export type DeclineReleaseRequest = Pick<Extract<ReleaseDecision, { kind: 'declined' }>, 'reason'>;
export const checkDeclineReleaseRequest: Check<DeclineReleaseRequest> = closed<DeclineReleaseRequest>({
  reason: checkDeclineReason
});

/** POST /api/holds/:id/reads */
export interface HeldReadsRequest {
  readonly reason: AccessReason;
}
export const checkHeldReadsRequest: Check<HeldReadsRequest> = closed<HeldReadsRequest>({ reason: checkAccessReason });
