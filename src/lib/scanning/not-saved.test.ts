import { expect, test } from 'vitest';
import { FAILURES } from '../ui/words/tablet.ts';
import { savingFailureOf, type NotSaved } from './not-saved.ts';

const refused = (code: string): NotSaved => ({ kind: 'refused', code, reason: 'as the vault says' });

test('every reason for which nothing more could be saved stops capture, with a sentence that says what to do', () => {
  const outcomes: NotSaved[] = [
    { kind: 'storageFull' },
    { kind: 'failed' },
    ...['noLease', 'notEnrolled', 'noPeriod', 'wrongBox', 'pastItsDate', 'keptTooLong'].map(refused)
  ];
  for (const outcome of outcomes) {
    const failure = savingFailureOf(outcome);
    expect(failure === null ? '' : FAILURES[failure].how, JSON.stringify(outcome)).toMatch(/\w{3}.*\.$/);
  }
});

test('one record that the law does not allow stops nothing', () => {
  for (const code of ['unlawfulField', 'improperRead', 'improperPictures', 'improperHit', 'improperCorrection'])
    expect(savingFailureOf(refused(code))).toBeNull();
});
