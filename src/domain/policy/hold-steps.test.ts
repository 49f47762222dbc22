import { expect, test } from 'vitest';
import { aHold, APPROVED } from '#tests/builders/holds.ts';
import { anId } from '#tests/builders/records.ts';
import type { Hold } from '../records/hold.ts';
import { nextStepOf } from './hold-steps.ts';

const AUTHOR = aHold().requested.by;
const OTHER = APPROVED.by;
const AT = '2026-12-22T17:00:00.000Z';
const signed = { by: OTHER, at: AT };
const ended: NonNullable<Hold['ended']> = { ...signed, reason: 'resolved', afterwards: { kind: 'destroy' } };
const declined = { ...APPROVED, kind: 'declined' } as const;
const step = (before: Hold | null, after: Hold, who: string): string => {
  const taken = nextStepOf(before, after, who);
  return taken.kind === 'lawful' ? taken.kind : taken.code;
};

test('a hold begins as a request that its author signs, and neither decided, reaffirmed nor ended', () => {
  expect(step(null, aHold(), AUTHOR)).toBe('lawful');
  expect(step(null, aHold(), OTHER)).toBe('notTheAuthor');
  for (const given of [{ decision: APPROVED }, { reaffirmed: signed }, { ended }])
    expect(step(null, aHold(given), AUTHOR)).toBe('holdDecided');
});

test('somebody else approves it, alone in that step; its author may withdraw it', () => {
  expect(step(aHold(), aHold({ decision: APPROVED }), OTHER)).toBe('lawful');
  expect(step(aHold(), aHold({ decision: APPROVED }), anId(77))).toBe('notTheAuthor');
  expect(step(aHold(), aHold({ decision: { ...APPROVED, by: AUTHOR } }), AUTHOR)).toBe('selfApproval');
  expect(step(aHold(), aHold({ decision: { ...declined, by: AUTHOR } }), AUTHOR)).toBe('lawful');
  expect(step(aHold(), aHold(), OTHER)).toBe('holdNotInForce');
  expect(step(aHold(), aHold({ decision: APPROVED, reaffirmed: signed }), OTHER)).toBe('holdNotInForce');
  expect(step(aHold(), aHold({ decision: APPROVED, ended }), OTHER)).toBe('holdNotInForce');
});

test('in force it is reaffirmed or ended, not both at once, signed by who does it; declined or ended it stays as it is', () => {
  const inForce = aHold({ decision: APPROVED });
  expect(step(inForce, { ...inForce, reaffirmed: signed }, OTHER)).toBe('lawful');
  expect(step(inForce, { ...inForce, reaffirmed: signed }, AUTHOR)).toBe('notTheAuthor');
  expect(step(inForce, { ...inForce, ended }, OTHER)).toBe('lawful');
  expect(step(inForce, { ...inForce, reaffirmed: signed, ended }, OTHER)).toBe('immutable');
  expect(step(inForce, { ...inForce, decision: declined }, OTHER)).toBe('holdDecided');
  const over = aHold({ decision: declined });
  expect(step(over, { ...over, ended }, OTHER)).toBe('holdDecided');
  const gone = aHold({ decision: APPROVED, ended });
  expect(step(gone, { ...gone, reaffirmed: signed }, OTHER)).toBe('holdDecided');
});
