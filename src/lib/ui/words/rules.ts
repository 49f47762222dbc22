/** The words of the law and the policy on screen: purposes, categories, roles, refusals. English; another language is another file of this shape. */
import type { AccessPurpose } from '#domain/policy/access-reason.ts';
import type { PreconditionFailure } from '#domain/policy/may-capture.ts';
import type { Withdrawal } from '#domain/wire/answers.ts';
import type { Role } from '#domain/records/agency.ts';
import type { Answer, Enforcement, Hit, Verification } from '#domain/records/hit.ts';
import type { HotlistCategory } from '#domain/records/hotlist.ts';
import type { ActivePeriod, Purpose } from '#domain/records/period.ts';

export const PURPOSE_WORDS: Readonly<Record<Purpose, string>> = {
  routinePatrol: 'Routine patrol',
  canvass: 'Canvass',
  stolenOrWantedVehicle: 'Stolen or wanted vehicle',
  stolenPlate: 'Stolen license plate',
  missingPerson: 'Missing person',
  activeWarrants: 'Active warrants',
  homelandSecurity: 'Homeland security',
  electronicSurveillance: 'Electronic surveillance',
  suspectInterdiction: 'Suspect interdiction',
  propertyRecovery: 'Stolen property recovery'
};

export const DEPLOYMENT_WORDS: Readonly<Record<ActivePeriod['deployment'], string>> = {
  handheld: 'Handheld',
  vehicle: 'In a vehicle',
  stationary: 'Tripod',
  fixed: 'Fixed'
};

export const DEPLOYMENT_HINTS: Readonly<Record<ActivePeriod['deployment'], string>> = {
  handheld: 'carried on foot',
  vehicle: 'mounted in a car',
  stationary: 'standing at one place',
  fixed: 'installed for good'
};

export const CATEGORY_WORDS: Readonly<Record<HotlistCategory, string>> = {
  stolenVehicle: 'Stolen vehicle',
  stolenPlate: 'Stolen license plate',
  felonyVehicle: 'Felony vehicle',
  wantedPerson: 'Wanted person',
  warrant: 'Warrant',
  licenseSuspended: 'License suspended',
  licenseRevoked: 'License revoked',
  licenseCancelled: 'License canceled',
  licenseDisqualified: 'License disqualified',
  attemptToLocate: 'Attempt to locate',
  missingPerson: 'Missing person',
  keepingOurPoliceSafe: 'Keeping Our Police Safe',
  agencyInvestigative: 'Active investigation of this agency',
  other: 'Other'
};

/** Lists about the owner say nothing of who drives. */
export const OWNER_CATEGORIES: readonly HotlistCategory[] = [
  'licenseSuspended',
  'licenseRevoked',
  'licenseCancelled',
  'licenseDisqualified',
  'warrant',
  'wantedPerson'
];

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  operator: 'Operator',
  supervisor: 'Shift supervisor',
  investigator: 'Investigator',
  administrator: 'Administration Sergeant',
  designee: 'Authorized designee',
  chief: 'Chief',
  records: 'Records',
  auditor: 'Independent auditor',
  system: 'System administrator'
};

export const FAILURE_WORDS: Readonly<Record<PreconditionFailure, string>> = {
  noPolicy: 'No written policy is in force. Headquarters must record it first (Minn. Stat. 626.8472).',
  suspended: 'All use is suspended. Nothing may be captured until headquarters lifts it (13.824 subd. 6).',
  memberDisabled: 'This account is disabled. Ask the Administration Sergeant.',
  noTraining: 'No completed training is on file. Training comes before the first use (policy 426.3(d)).',
  trainingExpired: 'The training on file has run out. Renew it before the next use (policy 426.3(d)).',
  noGrant: 'No written authorization by the chief is in force (13.824 subd. 7(b)).',
  noRole: 'The roles of this account do not include using a reader (13.824 subd. 7(c)).'
};

/** Why an authorization on a tablet was withdrawn. */
export const WITHDRAWAL_WORDS: Readonly<Record<Withdrawal, string>> = {
  ...FAILURE_WORDS,
  tabletRevoked:
    'Headquarters no longer accepts this tablet. Nothing may be captured on it; hand it to the Administration Sergeant.'
};

/** The same, short, for a table row at headquarters. */
export const FAILURE_TAGS: Readonly<Record<PreconditionFailure, string>> = {
  noPolicy: 'no policy in force',
  suspended: 'use suspended',
  memberDisabled: 'account disabled',
  noTraining: 'no training',
  trainingExpired: 'training ran out',
  noGrant: 'no written authorization',
  noRole: 'no role that captures'
};

export const ACCESS_PURPOSE_WORDS: Readonly<Record<AccessPurpose, string>> = {
  criminalInvestigation: 'Criminal investigation',
  missingPerson: 'Missing person',
  stolenVehicleRecovery: 'Stolen vehicle recovery',
  warrantService: 'Warrant service'
};

export const ANSWER_WORDS: Readonly<Record<Answer, string>> = {
  correctRead: 'Correct read',
  wrongJurisdiction: 'Wrong state',
  misread: 'Misread',
  notNow: 'Not now'
};

export const ANSWER_HINTS: Readonly<Record<Answer, string>> = {
  correctRead: 'next: verify with MNJIS / NLETS',
  wrongJurisdiction: 'number is right, state is not',
  misread: 'characters differ',
  notNow: 'keeps it in the tray'
};

export const METHOD_WORDS: Readonly<Record<Verification['method'], string>> = {
  mnjis: 'MNJIS',
  nlets: 'NLETS',
  dispatch: 'Dispatch',
  notPracticable: 'Not practicable'
};

export const METHOD_HINTS: Readonly<Record<Verification['method'], string>> = {
  mnjis: 'Minnesota plates',
  nlets: 'plates of other states',
  dispatch: 'by radio or phone',
  notPracticable: 'say why'
};

export const RESULT_WORDS: Readonly<Record<Verification['result'], string>> = {
  confirmed: 'Confirmed',
  notOnFile: 'Not on file',
  different: 'Different',
  unable: 'No answer'
};

export const RESULT_HINTS: Readonly<Record<Verification['result'], string>> = {
  confirmed: 'plate, state and vehicle agree',
  notOnFile: 'cleared, or never entered',
  different: 'another state or vehicle',
  unable: 'the check gave no result'
};

export const ENFORCEMENT_WORDS: Readonly<Record<Enforcement['kind'], string>> = {
  none: 'No action',
  stop: 'Stop made',
  citation: 'Citation',
  arrest: 'Arrest'
};

export const MATCH_WORDS: Readonly<Record<Hit['match'], string>> = {
  exact: 'every character agrees',
  confusable: 'a look-alike character'
};

/** The same, short, for a table row at headquarters. */
export const MATCH_TAGS: Readonly<Record<Hit['match'], string>> = { exact: 'exact', confusable: 'look-alike' };

export const STATE_CHECK_WORDS: Readonly<Record<Hit['jurisdictionCheck'], string>> = {
  match: 'agrees',
  mismatch: 'differs',
  unknown: 'not read'
};
