import { expect, test } from 'vitest';
import { repeatedLook } from './repeated-look.ts';

const NOW = '2026-11-22T16:00:00.000Z';
const OFFSET = -360;
const warrant = (until: string) => ({ kind: 'warrant', number: 'W 26-77', judge: 'J. Invented', until }) as const;
const exigency = (until: string) => ({ kind: 'exigency', facts: 'A child was taken an hour ago', until }) as const;
const look = (earlier: readonly string[], authority?: Parameters<typeof repeatedLook>[1]) =>
  repeatedLook(earlier, authority, NOW, OFFSET);

test('who looks for one plate on a third day needs a warrant or exigent circumstances', () => {
  const twoDays = ['2026-11-20T16:00:00.000Z', '2026-11-21T16:00:00.000Z'];
  expect(look([])).toEqual({ kind: 'allowed' });
  expect(look(twoDays.slice(1))).toEqual({ kind: 'allowed' });
  expect(look(twoDays)).toEqual({ kind: 'refused', code: 'lookNeedsAuthority' });
  expect(look(twoDays, warrant('2026-12-22T16:00:00.000Z'))).toEqual({ kind: 'allowed' });
  expect(look(twoDays, exigency('2026-11-23T16:00:00.000Z'))).toEqual({ kind: 'allowed' });
});

test('an authority that is over, or an exigency of more than a day, allows no look, not even a first one', () => {
  expect(look([], warrant(NOW))).toEqual({ kind: 'refused', code: 'expired' });
  expect(look([], exigency('2026-11-23T16:00:00.001Z'))).toEqual({ kind: 'refused', code: 'exigencyTooLong' });
});

test('many looks of one day are one piece of work, by the day where the agency is; looks of a month ago do not count', () => {
  expect(look(['2026-11-21T14:00:00.000Z', '2026-11-21T15:00:00.000Z', '2026-11-22T15:00:00.000Z'])).toEqual({
    kind: 'allowed'
  });
  // Half past five in the morning of the 22nd in UTC is the evening of the 21st there.
  expect(look(['2026-11-21T16:00:00.000Z', '2026-11-22T05:30:00.000Z'])).toEqual({ kind: 'allowed' });
  expect(look(['2026-11-20T16:00:00.000Z', '2026-10-23T16:00:00.000Z'])).toEqual({ kind: 'allowed' });
  expect(look(['2026-11-20T16:00:00.000Z', '2026-10-23T16:00:00.001Z'])).toMatchObject({ code: 'lookNeedsAuthority' });
});
