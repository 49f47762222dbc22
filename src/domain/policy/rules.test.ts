import { expect, test } from 'vitest';
import { anId, aPeriod } from '#tests/builders/records.ts';
import type { HotlistEntry } from '../records/hotlist.ts';
import { PURPOSES } from '../records/period.ts';
import { ROLES } from '../records/agency.ts';
import { accessReason } from './access-reason.ts';
import { listAge } from './list-age.ts';
import { mayMatchAgainst, mayMatchEntry } from './match-sources.ts';
import { needsCaseNumber, periodAdmission } from './period-of-use.ts';
import { may } from './roles.ts';
import { mayRecordEnforcement } from './verification.ts';

test('routine patrol starts with no case number', () => {
  expect(periodAdmission(aPeriod()).kind).toBe('lawful');
});

test('a canvass without a case number is refused', () => {
  expect(periodAdmission(aPeriod({ purpose: 'canvass' }))).toMatchObject({ code: 'caseNumberMissing' });
  expect(periodAdmission(aPeriod({ purpose: 'canvass', caseNumber: '26-004412' })).kind).toBe('lawful');
});

test('a period without a purpose of the policy is refused', () => {
  expect(periodAdmission({ ...aPeriod(), purpose: 'other' })).toMatchObject({ code: 'improperPeriod' });
  const { purpose: _, ...rest } = aPeriod();
  expect(periodAdmission(rest)).toMatchObject({ code: 'improperPeriod' });
});

test('a period without its attestation of official business is refused', () => {
  const { attestedAt: _, ...rest } = aPeriod();
  expect(periodAdmission(rest)).toMatchObject({ code: 'improperPeriod' });
});

test('a stationary reader names its place', () => {
  expect(periodAdmission(aPeriod({ deployment: 'stationary' }))).toMatchObject({ code: 'placeMissing' });
  expect(periodAdmission(aPeriod({ deployment: 'stationary', place: 'Example St at 3rd Ave' })).kind).toBe('lawful');
});

test('only uses that presuppose a case ask for its number', () => {
  expect(PURPOSES.filter(needsCaseNumber)).toEqual(['canvass', 'electronicSurveillance', 'suspectInterdiction']);
});

const reason = {
  purpose: 'criminalInvestigation',
  caseNumber: '26-004412',
  factualBasis: 'Witness saw a partial plate leave Example St'
};

test('a look at stored reads with purpose, case number and facts is accepted', () => {
  expect(accessReason(reason).kind).toBe('accepted');
});

test.each([
  ['without a case number', { ...reason, caseNumber: '' }, 'caseNumberMissing'],
  ['without a purpose', { ...reason, purpose: 'curiosity' }, 'reasonMissing'],
  [
    'for an administrative purpose, which the statute does not allow',
    { ...reason, purpose: 'administrative' },
    'reasonMissing'
  ],
  ['with "inv" as its basis', { ...reason, factualBasis: 'inv' }, 'basisTooVague'],
  ['with one long word', { ...reason, factualBasis: 'investigationinvestigation' }, 'basisTooVague'],
  ['with dots', { ...reason, factualBasis: '................ .... ....' }, 'basisTooVague'],
  ['with figures alone', { ...reason, factualBasis: '4711 0815 26-004412 again' }, 'basisTooVague'],
  ['with words that say nothing', { ...reason, factualBasis: 'police investigation see case' }, 'basisTooVague'],
  ['with two words', { ...reason, factualBasis: 'suspicious automobile' }, 'basisTooVague'],
  ['with nothing at all', undefined, 'reasonMissing']
])('a look at stored reads %s is refused', (_, given, code) => {
  expect(accessReason(given)).toMatchObject({ kind: 'refused', code });
});

test('the Minnesota license plate data file may be matched, any unknown source may not', () => {
  const file = {
    sourceId: aPeriod()._id,
    kind: 'mnPlateFile',
    compareName: 'Minnesota license plate data file',
    existencePublic: true
  };
  expect(mayMatchAgainst(file).kind).toBe('mayMatch');
  expect(mayMatchAgainst({ ...file, kind: 'socialMedia' })).toMatchObject({ code: 'unknownSource' });
  expect(mayMatchAgainst({ ...file, kind: 'agencyInvestigative' }).kind).toBe('mayMatch');
});

const at = '2026-11-22T16:00:00.000Z';
const own: HotlistEntry = {
  ref: 'a1',
  plate: 'TST042',
  jurisdiction: 'MN',
  category: 'agencyInvestigative',
  caseNumber: '26-004412',
  approval: { author: anId(7), approver: anId(8), at },
  expiresAt: '2026-11-29T16:00:00.000Z'
};

test('an agency entry of an active investigation, approved by somebody else, may be matched until it expires', () => {
  const source = { kind: 'agencyInvestigative' } as const;
  expect(mayMatchEntry(own, source, at).kind).toBe('mayMatch');
  expect(mayMatchEntry(own, source, '2026-11-29T15:59:59.999Z').kind).toBe('mayMatch');
  expect(mayMatchEntry(own, source, '2026-11-29T16:00:00.000Z')).toMatchObject({ code: 'expired' });
});

test.each([
  ['without a case number', { caseNumber: undefined }, 'caseNumberMissing'],
  ['without an approver', { approval: undefined }, 'notApproved'],
  ['approved by its own author', { approval: { author: anId(7), approver: anId(7), at } }, 'selfApproval'],
  ['that lives longer than 30 days', { expiresAt: '2026-12-22T16:00:00.001Z' }, 'livesTooLong'],
  ['that never expires', { expiresAt: null }, 'livesTooLong']
] satisfies [string, object, string][])('an agency entry %s is never matched', (_, given, code) => {
  expect(mayMatchEntry({ ...own, ...given } as HotlistEntry, { kind: 'agencyInvestigative' }, at)).toMatchObject({
    code
  });
});

test('a hotlist is fresh for 12 hours, lead only after 24 and off after 72', () => {
  const asOf = '2026-11-20T00:00:00.000Z';
  expect(listAge(asOf, '2026-11-20T12:00:00.000Z')).toBe('fresh');
  expect(listAge(asOf, '2026-11-20T12:00:00.001Z')).toBe('aging');
  expect(listAge(asOf, '2026-11-21T00:00:00.001Z')).toBe('stale');
  expect(listAge(asOf, '2026-11-23T00:00:00.001Z')).toBe('off');
});

test('no stop may be recorded before the alert was verified or verifying was not practicable for a reason', () => {
  const at = '2026-11-22T16:00:00.000Z';
  const stop = { kind: 'stop' } as const;
  const checks = { characters: 'yes', state: 'yes', vehicle: 'yes', driver: 'cannotTell' } as const;
  const correct = { answer: 'correctRead', checks } as const;
  const seen = { method: 'mnjis', at, result: 'confirmed' } as const;
  expect(mayRecordEnforcement(correct, null, stop).kind).toBe('refused');
  expect(mayRecordEnforcement(correct, { method: 'mnjis', at, result: 'notOnFile' }, stop).kind).toBe('refused');
  expect(mayRecordEnforcement(correct, { method: 'notPracticable', at, result: 'unable' }, stop).kind).toBe('refused');
  expect(
    mayRecordEnforcement(correct, { method: 'notPracticable', at, result: 'unable', reason: 'radio dead' }, stop).kind
  ).toBe('allowed');
  expect(mayRecordEnforcement(correct, { method: 'mnjis', at, result: 'confirmed' }, stop).kind).toBe('allowed');
  expect(mayRecordEnforcement({ answer: 'misread' }, { method: 'mnjis', at, result: 'confirmed' }, stop).kind).toBe(
    'refused'
  );
  expect(mayRecordEnforcement({ answer: 'misread' }, null, { kind: 'none' }).kind).toBe('allowed');
  for (const check of ['characters', 'state', 'vehicle', 'driver'] as const)
    expect(mayRecordEnforcement({ ...correct, checks: { ...checks, [check]: 'no' } }, seen, stop)).toMatchObject({
      code: 'differs'
    });
  expect(mayRecordEnforcement({ answer: 'correctRead' }, seen, stop)).toMatchObject({ code: 'notCompared' });
  expect(
    mayRecordEnforcement({ ...correct, checks: { ...checks, characters: 'cannotTell' } }, seen, stop)
  ).toMatchObject({ code: 'notCompared' });
});

test('nothing is allowed to a role by default, and an auditor may not search reads', () => {
  expect(may([], 'searchReads')).toBe(false);
  expect(may(['auditor'], 'searchReads')).toBe(false);
  expect(may(['operator'], 'searchReads')).toBe(false);
  expect(may(['investigator'], 'searchReads')).toBe(true);
  expect(ROLES.filter((role) => may([role], 'manageAgency'))).toEqual(['administrator']);
});
