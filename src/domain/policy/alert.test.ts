import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ENTRY_FLAGS } from '../records/hotlist.ts';
import { ALERT_CONDITIONS, alertLevel, failedConditions, ODDS_FLOOR, type HitEvidence } from './alert.ts';

const sure: HitEvidence = {
  match: 'exact',
  agreeingLooks: 2,
  secondReader: 'agrees',
  jurisdictionCheck: 'unknown',
  listAge: 'fresh',
  odds: ODDS_FLOOR,
  flags: [],
  informationOnly: false,
  covert: false
};

const anyEvidence: fc.Arbitrary<HitEvidence> = fc.record({
  match: fc.constantFrom('exact', 'confusable'),
  agreeingLooks: fc.integer({ min: 0, max: 5 }),
  secondReader: fc.constantFrom('agrees', 'differs', 'notAsked', 'unavailable'),
  jurisdictionCheck: fc.constantFrom('match', 'mismatch', 'unknown'),
  listAge: fc.constantFrom('fresh', 'aging', 'stale', 'off'),
  odds: fc.oneof(fc.double({ min: 0, max: 1 }), fc.constantFrom(NaN, 0.949999, ODDS_FLOOR, 0.9999)),
  flags: fc.subarray([...ENTRY_FLAGS]),
  informationOnly: fc.boolean(),
  covert: fc.boolean()
});

test('no combination of inputs sounds an alarm unless every condition holds', () => {
  let sounded = 0;
  // Half of the runs begin from a lead that sounds, so that each condition is met alone too.
  const mixed = fc
    .tuple(anyEvidence, fc.subarray(Object.keys(sure) as (keyof HitEvidence)[]))
    .map(([any, changed]) => ({
      ...sure,
      ...Object.fromEntries(changed.map((name) => [name, any[name]]))
    }));
  fc.assert(
    fc.property(fc.oneof(anyEvidence, mixed), (evidence) => {
      // Said a second time, in the words of the issue and not by the rule's own table.
      const may =
        evidence.match === 'exact' &&
        evidence.agreeingLooks > 1 &&
        evidence.secondReader === 'agrees' &&
        ['match', 'unknown'].includes(evidence.jurisdictionCheck) &&
        ['fresh', 'aging'].includes(evidence.listAge) &&
        evidence.odds >= 0.95 &&
        evidence.flags.length === 0 &&
        !evidence.informationOnly &&
        !evidence.covert;
      expect(alertLevel(evidence) === 'sound').toBe(may);
      if (may) sounded++;
    }),
    { numRuns: 5_000, seed: 426 }
  );
  expect(sounded).toBeGreaterThan(100);
});

test('a covert entry alerts headquarters only, whatever else is known', () => {
  fc.assert(
    fc.property(anyEvidence, (evidence) => {
      expect(alertLevel({ ...evidence, covert: true })).toBe('headquartersOnly');
    })
  );
});

test('a lead that stays silent names each condition that it fails', () => {
  expect(failedConditions(sure)).toEqual([]);
  expect(failedConditions({ ...sure, agreeingLooks: 1, listAge: 'stale' })).toEqual(['twoLooksAgree', 'listIsFresh']);
  const worst: HitEvidence = {
    match: 'confusable',
    agreeingLooks: 0,
    secondReader: 'differs',
    jurisdictionCheck: 'mismatch',
    listAge: 'off',
    odds: 0,
    flags: ['twin'],
    informationOnly: true,
    covert: false
  };
  expect(failedConditions(worst)).toEqual(ALERT_CONDITIONS);
});

test.each([
  ['the match is a look-alike', { match: 'confusable' }, 'exactMatch'],
  ['there was one look', { agreeingLooks: 1 }, 'twoLooksAgree'],
  ['the second engine differs', { secondReader: 'differs' }, 'bothReadersAgree'],
  ['the second engine was not heard', { secondReader: 'unavailable' }, 'bothReadersAgree'],
  ['the state does not match', { jurisdictionCheck: 'mismatch' }, 'stateDoesNotDiffer'],
  ['the list is stale', { listAge: 'stale' }, 'listIsFresh'],
  ['the odds that the match is right are under the floor', { odds: 0.94 }, 'oddsAreHigh'],
  ['the list holds both spellings of the plate', { flags: ['twin'] }, 'entryIsSound'],
  ['the entry is for information only', { informationOnly: true }, 'asksForAction']
] satisfies [string, Partial<HitEvidence>, string][])(
  'an alert stays silent in the tray when %s',
  (_, given, failed) => {
    expect(alertLevel({ ...sure, ...given })).toBe('tray');
    expect(failedConditions({ ...sure, ...given })).toEqual([failed]);
  }
);

test('an alert sounds when exact match, looks, both engines, state, list, odds and entry agree', () => {
  expect(alertLevel(sure)).toBe('sound');
});
