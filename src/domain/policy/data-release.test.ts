import { expect, test } from 'vitest';
import { aDataRelease, SUSPICION, WRITTEN_REQUEST } from '#tests/builders/data-releases.ts';
import { anId } from '#tests/builders/records.ts';
import type { DataRelease } from '../records/data-release.ts';
import { nextReleaseStep } from './data-release.ts';

const AUTHOR = aDataRelease().entered.by;
const OTHER = anId(10);
const AT = '2026-11-22T17:00:00.000Z';
const approved: DataRelease['decision'] = {
  kind: 'approved',
  by: OTHER,
  at: AT,
  reasonableSuspicion: SUSPICION,
  holdId: anId(300)
};
const declined: DataRelease['decision'] = { kind: 'declined', by: OTHER, at: AT, reason: 'No open case' };
const made = { by: AUTHOR, at: AT, reads: 2, sha256: 'a'.repeat(64) };
const step = (before: DataRelease | null, after: DataRelease, who: string): string => {
  const taken = nextReleaseStep(before, after, who);
  return taken.kind === 'lawful' ? taken.kind : taken.code;
};

test('a release begins as a request that its author signs, without decision or package', () => {
  expect(step(null, aDataRelease(), AUTHOR)).toBe('lawful');
  expect(step(null, aDataRelease(), OTHER)).toBe('notTheAuthor');
  expect(step(null, aDataRelease({ decision: approved }), AUTHOR)).toBe('releaseNotApproved');
  expect(step(null, aDataRelease({ packages: [made] }), AUTHOR)).toBe('releaseNotApproved');
});

test('it is approved by somebody else, who signs for it; its author may withdraw it', () => {
  const before = aDataRelease();
  expect(step(before, aDataRelease({ decision: approved }), OTHER)).toBe('lawful');
  expect(step(before, aDataRelease({ decision: approved }), anId(11))).toBe('notTheAuthor');
  expect(step(before, aDataRelease({ decision: { ...approved, by: AUTHOR } }), AUTHOR)).toBe('selfApproval');
  expect(step(before, aDataRelease({ decision: { ...declined, by: AUTHOR } }), AUTHOR)).toBe('lawful');
  expect(step(before, aDataRelease(), OTHER)).toBe('releaseNotApproved');
  expect(step(before, aDataRelease({ decision: approved, packages: [made] }), OTHER)).toBe('releaseNotApproved');
});

test('packages are added one by one, each signed by who makes it, and stay on file', () => {
  const before = aDataRelease({ decision: approved, packages: [made] });
  const next = { ...made, reads: 3 };
  const packed = (packages: DataRelease['packages']): DataRelease => ({ ...before, packages });
  expect(step(before, packed([made, next]), AUTHOR)).toBe('lawful');
  expect(step(before, packed([made, next]), OTHER)).toBe('notTheAuthor');
  expect(step(before, packed([made]), AUTHOR)).toBe('immutable');
  expect(step(before, packed([made, next, next]), AUTHOR)).toBe('immutable');
  expect(step(before, packed([next, next]), AUTHOR)).toBe('immutable');
});

test('what a request said, and what was decided, is never changed', () => {
  const before = aDataRelease({ decision: approved });
  const request = { ...WRITTEN_REQUEST, caseNumber: 'SC 26-2003' };
  expect(step(before, { ...before, request, packages: [made] }, AUTHOR)).toBe('immutable');
  expect(step(before, { ...before, decision: { ...approved, holdId: anId(301) }, packages: [made] }, AUTHOR)).toBe(
    'releaseDecided'
  );
  const over = aDataRelease({ decision: declined });
  expect(step(over, { ...over, packages: [made] }, AUTHOR)).toBe('releaseDecided');
});
