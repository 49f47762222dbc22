/** The words of the law and the policy on screen: purposes, categories, roles, refusals. English; another language is another file of this shape. */
import type { AccessPurpose } from '#domain/policy/access-reason.ts';
import type { PreconditionFailure } from '#domain/policy/may-capture.ts';
import type { Withdrawal } from '#domain/wire/answers.ts';
import type { Role } from '#domain/records/agency.ts';
import type { AlertCondition } from '#domain/policy/alert.ts';
import type { Answer, Enforcement, EyeCheck, EyeWord, Hit, Verification } from '#domain/records/hit.ts';
import type { EntryFlag, HotlistCategory } from '#domain/records/hotlist.ts';
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
  correctRead: 'next: compare, then verify',
  wrongJurisdiction: 'number is right, state is not',
  misread: 'characters differ',
  notNow: 'keeps it in the tray'
};

export const EYE_QUESTIONS: Readonly<Record<EyeCheck, string>> = {
  characters: 'Do all characters agree with the list?',
  state: 'Is it a plate of the state on the list?',
  vehicle: 'Is it the vehicle on the list?',
  driver: 'May this driver be whom the list speaks of?'
};

export const EYE_HINTS: Readonly<Record<EyeCheck, string>> = {
  characters: 'read them from the plate itself, one by one',
  state: 'the name on the plate, its colors and picture',
  vehicle: 'make, model and color, by eye',
  driver: 'the owner’s status is not the driver’s'
};

export const EYE_WORDS: Readonly<Record<EyeWord, string>> = { yes: 'Yes', no: 'No', cannotTell: 'Cannot tell' };

/** Why a lead waits in the tray without a sound. */
export const CONDITION_WORDS: Readonly<Record<AlertCondition, string>> = {
  exactMatch: 'only a look-alike of the plate on the list',
  twoLooksAgree: 'fewer than two looks agree',
  bothReadersAgree: 'the second engine does not agree',
  stateDoesNotDiffer: 'the plate looks like another state',
  listIsFresh: 'the list is old',
  oddsAreHigh: 'the odds that it is this plate are low',
  entryIsSound: 'the entry itself is doubtful',
  asksForAction: 'the entry is for information only'
};

/** What the hotlist doctor found wrong with an entry. */
export const FLAG_WORDS: Readonly<Record<EntryFlag, string>> = {
  twin: 'the list holds both spellings of this plate (O and 0, I and 1)',
  impossibleFormat: 'the state cannot have issued this spelling',
  old: 'the entry has stood for more than five years',
  matchesTooMuch: 'the plate is so short that it matches too much'
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
  confusable: 'look-alike characters'
};

/** The same, short, for a table row at headquarters. */
export const MATCH_TAGS: Readonly<Record<Hit['match'], string>> = { exact: 'exact', confusable: 'look-alike' };

export const STATE_CHECK_WORDS: Readonly<Record<Hit['jurisdictionCheck'], string>> = {
  match: 'agrees',
  mismatch: 'differs',
  unknown: 'not read'
};
