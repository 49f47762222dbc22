import { expect, test } from 'vitest';
import { anId } from '#tests/builders/records.ts';
import type { Incident } from '../records/incident.ts';
import { incidentDuties, nextIncident } from './incidents.ts';

const signed = { by: anId(3), at: '2026-11-22T17:00:00.000Z' };
const anIncident = (given: Partial<Incident> = {}): Incident => ({
  _id: anId(90),
  kind: 'incident',
  schema: 1,
  what: 'lostTablet',
  deviceId: anId(2),
  memberId: null,
  discoveredAt: '2026-11-22T16:00:00.000Z',
  facts: 'The tablet was left at a scene and was not there an hour later.',
  entered: signed,
  told: null,
  assessment: null,
  notices: null,
  report: null,
  ...given
});
const told = { ...signed, toWhom: 'Chief C. Example' };
const breach = { ...signed, isBreach: true, statement: 'The tablet was unlocked when it was left.' };
const noBreach = { ...signed, isBreach: false, statement: 'It was locked and found by an officer within the hour.' };
const notices = { ...signed, sentOn: '2026-11-24', persons: 3, how: 'By letter; copies on file' };
const report = { ...signed, dataType: 'Reads of two days', persons: 3, outcome: 'A written reprimand was given.' };

test('who answers for security is told within an hour, and it is judged whether it was a breach', () => {
  expect(incidentDuties(anIncident())).toEqual([
    { what: 'tellSecurity', dueAt: '2026-11-22T17:00:00.000Z' },
    { what: 'assess', dueAt: '2026-11-25T16:00:00.000Z' }
  ]);
  expect(incidentDuties(anIncident({ told, assessment: noBreach }))).toEqual([]);
});

test('of a breach the persons concerned are told, and the investigation is reported', () => {
  expect(incidentDuties(anIncident({ told, assessment: breach }))).toEqual([
    { what: 'sendNotices', dueAt: '2026-12-02T16:00:00.000Z' },
    { what: 'report', dueAt: '2026-12-22T16:00:00.000Z' }
  ]);
  expect(incidentDuties(anIncident({ told, assessment: breach, notices, report }))).toEqual([]);
});

const code = (before: Incident | null, after: Incident): string => {
  const step = nextIncident(before, after);
  return step.kind === 'lawful' ? 'lawful' : step.code;
};

test('an incident names the tablet that is lost, or the member who looked', () => {
  expect(code(null, anIncident())).toBe('lawful');
  expect(code(null, anIncident({ deviceId: null }))).toBe('incidentOfNobody');
  expect(code(null, anIncident({ what: 'unlawfulLook' }))).toBe('incidentOfNobody');
  expect(code(null, anIncident({ what: 'unlawfulLook', deviceId: null, memberId: anId(3) }))).toBe('lawful');
  expect(code(null, anIncident({ what: 'other', deviceId: null }))).toBe('lawful');
});

test.each([
  ['its kind', { what: 'dataOut' }],
  ['its tablet', { deviceId: anId(8) }],
  ['its member', { memberId: anId(8) }],
  ['when it was discovered', { discoveredAt: '2026-11-22T15:00:00.000Z' }],
  ['what happened', { facts: 'Nothing happened at all, it was here.' }],
  ['who entered it', { entered: { ...signed, by: anId(8) } }]
] as const)('what was written down of an incident stands: %s', (_, change) => {
  expect(code(anIncident(), anIncident({ ...change, told }))).toBe('incidentStands');
});

test('a step that was taken is neither changed nor taken back, and one follows the other', () => {
  expect(code(anIncident(), anIncident({ told }))).toBe('lawful');
  expect(code(anIncident({ told }), anIncident({ told: { ...told, toWhom: 'Nobody' } }))).toBe('incidentStands');
  expect(code(anIncident({ told }), anIncident())).toBe('incidentStands');
  expect(code(anIncident(), anIncident({ told, assessment: breach }))).toBe('oneStepAtATime');
  expect(code(null, anIncident({ told }))).toBe('oneStepAtATime');
  expect(code(anIncident({ assessment: breach }), anIncident({ assessment: breach, notices }))).toBe('lawful');
  const later = anIncident({ assessment: breach, notices });
  expect(code(later, { ...later, report })).toBe('lawful');
});

test('notices and a report belong to a breach', () => {
  expect(code(anIncident(), anIncident({ notices }))).toBe('notABreach');
  expect(code(anIncident({ assessment: noBreach }), anIncident({ assessment: noBreach, report }))).toBe('notABreach');
});
