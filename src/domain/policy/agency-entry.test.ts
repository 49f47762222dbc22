import { expect, test } from 'vitest';
import { anId } from '#tests/builders/records.ts';
import { anEntry } from '#tests/builders/entries.ts';
import { checkAgencyEntry } from '../records/agency-entry.ts';
import { entryEnd, isEntryInForce, nextEntryStep } from './agency-entry.ts';

const AUTHOR = anId(7);
const OTHER = anId(8);
const AT = '2026-11-22T16:00:00.000Z';
const approvedBy = (by: string) => ({ kind: 'approved', by, at: AT }) as const;
const exigency = (until: string) => ({ kind: 'exigency', facts: 'A child was taken an hour ago', until }) as const;

test('an agency entry is proposed by its author and approved by somebody else, never by itself', () => {
  expect(nextEntryStep(null, anEntry(), AUTHOR).kind).toBe('lawful');
  expect(nextEntryStep(null, anEntry(), OTHER)).toMatchObject({ code: 'notTheAuthor' });
  expect(nextEntryStep(null, anEntry({ decision: approvedBy(OTHER) }), AUTHOR)).toMatchObject({ code: 'entryDecided' });
  expect(nextEntryStep(anEntry(), anEntry({ decision: approvedBy(OTHER) }), OTHER).kind).toBe('lawful');
  expect(nextEntryStep(anEntry(), anEntry({ decision: approvedBy(AUTHOR) }), AUTHOR)).toMatchObject({
    code: 'selfApproval'
  });
  expect(nextEntryStep(anEntry(), anEntry({ decision: approvedBy(OTHER) }), AUTHOR)).toMatchObject({
    code: 'notTheAuthor'
  });
});

test('an author may withdraw the own proposal, also when its warrant is over', () => {
  const declined = { kind: 'declined', by: AUTHOR, at: AT } as const;
  expect(nextEntryStep(anEntry(), anEntry({ decision: declined }), AUTHOR).kind).toBe('lawful');
  const past = { looksFor: 'person', tracking: exigency(AT) } as const;
  expect(nextEntryStep(anEntry(past), anEntry({ ...past, decision: declined }), AUTHOR).kind).toBe('lawful');
  const approved = anEntry({ ...past, decision: approvedBy(OTHER) });
  expect(nextEntryStep(anEntry(past), approved, OTHER)).toMatchObject({ code: 'expired' });
});

test('nothing that an entry said is changed by a later step', () => {
  const after = anEntry({ decision: approvedBy(OTHER), days: 30 });
  expect(nextEntryStep(anEntry(), after, OTHER)).toMatchObject({ code: 'immutable' });
  const approved = anEntry({ decision: approvedBy(OTHER) });
  const otherOrder = Object.fromEntries(Object.entries(approved).reverse()) as unknown as typeof approved;
  expect(nextEntryStep(anEntry(), otherOrder, OTHER).kind, 'the order of fields says nothing').toBe('lawful');
  expect(
    nextEntryStep(approved, { ...approved, decision: { ...approvedBy(OTHER), kind: 'declined' } }, OTHER)
  ).toMatchObject({
    code: 'entryDecided'
  });
  expect(nextEntryStep(approved, { ...approved, ended: { by: OTHER, at: AT } }, OTHER).kind).toBe('lawful');
});

test('an entry that was declined or has ended takes no further step, and none is ended before it is decided', () => {
  const ended = { by: OTHER, at: AT };
  const declined = anEntry({ decision: { ...approvedBy(OTHER), kind: 'declined' } });
  const over = anEntry({ decision: approvedBy(OTHER), ended });
  for (const [before, after] of [
    [declined, { ...declined, ended }],
    [over, { ...over, ended }],
    [anEntry(), anEntry({ decision: approvedBy(OTHER), ended })],
    [anEntry(), anEntry({ ended })],
    [anEntry(), anEntry()]
  ] as const)
    expect(nextEntryStep(before, after, OTHER)).toMatchObject({ code: 'entryDecided' });
  expect(nextEntryStep(null, anEntry({ ended }), AUTHOR)).toMatchObject({ code: 'entryDecided' });
});

test('an entry lives seven days unless it asks for others, and thirty at most', () => {
  const approved = anEntry({ decision: approvedBy(OTHER) });
  expect(entryEnd(approved)).toBe('2026-11-29T16:00:00.000Z');
  expect(entryEnd(anEntry()), 'of a proposal, counted from its day').toBe('2026-11-29T15:00:00.000Z');
  expect(entryEnd({ ...approved, days: 400 })).toBe('2026-12-22T16:00:00.000Z');
  expect(isEntryInForce(approved, '2026-11-29T15:59:59.999Z')).toBe(true);
  expect(isEntryInForce(approved, '2026-11-29T16:00:00.000Z')).toBe(false);
  expect(isEntryInForce(anEntry(), AT)).toBe(false);
  expect(isEntryInForce({ ...approved, ended: { by: OTHER, at: AT } }, AT)).toBe(false);
  expect(isEntryInForce({ ...approved, decision: approvedBy(AUTHOR) }, AT)).toBe(false);
  expect(checkAgencyEntry({ ...approved, days: 31 })).toMatchObject({ path: 'days' });
});

test('a person is looked for with a warrant or exigent circumstances of a day at most, and not a minute longer', () => {
  const person = { looksFor: 'person' } as const;
  expect(nextEntryStep(null, anEntry(person), AUTHOR)).toMatchObject({ code: 'trackingNeedsAuthority' });
  expect(checkAgencyEntry(anEntry(person))).toMatchObject({ path: 'tracking' });
  const inADay = exigency('2026-11-23T15:00:00.000Z');
  expect(nextEntryStep(null, anEntry({ ...person, tracking: inADay }), AUTHOR).kind).toBe('lawful');
  const tooLong = exigency('2026-11-23T15:00:00.001Z');
  expect(nextEntryStep(null, anEntry({ ...person, tracking: tooLong }), AUTHOR)).toMatchObject({
    code: 'exigencyTooLong'
  });
  const approved = anEntry({ ...person, tracking: inADay, decision: approvedBy(OTHER) });
  expect(entryEnd(approved)).toBe('2026-11-23T15:00:00.000Z');
  expect(isEntryInForce(approved, '2026-11-23T15:00:00.000Z')).toBe(false);
});

test('an entry without case, offense, facts or attestation is no entry', () => {
  for (const field of ['caseNumber', 'offense', 'factualBasis', 'attested'])
    expect(checkAgencyEntry({ ...anEntry(), [field]: undefined })).toMatchObject({ path: field });
  expect(checkAgencyEntry({ ...anEntry(), attested: false })).toMatchObject({ path: 'attested' });
  expect(checkAgencyEntry(anEntry())).toBeNull();
});
