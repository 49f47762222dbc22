import { expect, test } from 'vitest';
import { aPlace, A_WITHHOLDING } from '#tests/builders/places.ts';
import { nextLocation, publicLocation } from './locations.ts';

test('the public sees a place with its dates, and of one that is withheld only that there is one', () => {
  const shown = {
    _id: 'place:1',
    kind: 'publicLocation',
    description: 'Example Ave at 1st St',
    deployment: 'fixed',
    installedAt: '2026-11-22T16:00:00.000Z',
    removedAt: null
  };
  expect(publicLocation(aPlace({ withheld: null }), 'place:1')).toEqual(shown);
  expect(publicLocation(aPlace(), 'place:1')).toEqual(shown);
  expect(publicLocation(aPlace({ withheld: A_WITHHOLDING }), 'place:1')).toEqual({
    _id: 'place:1',
    kind: 'publicLocation',
    withheld: true
  });
});

test.each([
  ['its tablet', { deviceId: null }],
  ['its words', { description: 'Elsewhere' }],
  ['its kind', { deployment: 'otherDevice' }],
  ['its beginning', { installedAt: '2026-11-21T16:00:00.000Z' }]
] as const)('what stood where is never rewritten: %s', (_, change) => {
  expect(nextLocation(aPlace(), aPlace(change))).toEqual({ kind: 'refused', code: 'placeStands' });
  expect(nextLocation(null, aPlace(change)).kind).toBe('allowed');
});

test('a place is left once, and not before it was there', () => {
  const left = aPlace({ removedAt: '2026-11-23T16:00:00.000Z' });
  expect(nextLocation(aPlace(), left).kind).toBe('allowed');
  expect(nextLocation(left, aPlace())).toEqual({ kind: 'refused', code: 'placeReopened' });
  // A tablet that crashed may tell later how long its tripod really stood.
  expect(nextLocation(left, { ...left, removedAt: '2026-11-23T17:00:00.000Z' }).kind).toBe('allowed');
  expect(nextLocation(aPlace(), aPlace({ removedAt: '2026-11-22T15:59:59.999Z' }))).toEqual({
    kind: 'refused',
    code: 'removedBeforeInstalled'
  });
  expect(nextLocation(aPlace(), aPlace({ removedAt: aPlace().installedAt })).kind).toBe('allowed');
});

test('a place is withheld for a year at most before the determination is looked at anew', () => {
  expect(nextLocation(aPlace(), aPlace({ withheld: A_WITHHOLDING })).kind).toBe('allowed');
  const longer = aPlace({ withheld: { ...A_WITHHOLDING, reviewOn: '2027-11-23' } });
  expect(nextLocation(aPlace(), longer)).toEqual({ kind: 'refused', code: 'reviewTooFar' });
  expect(nextLocation(aPlace({ withheld: null }), longer).kind).toBe('refused');
  expect(nextLocation(null, longer).kind).toBe('refused');
  // What was determined stands when something else of the place changes.
  expect(nextLocation(longer, { ...longer, removedAt: '2026-11-23T16:00:00.000Z' }).kind).toBe('allowed');
  expect(nextLocation(longer, aPlace({ withheld: null })).kind).toBe('allowed');
  expect(nextLocation(longer, aPlace()).kind).toBe('allowed');
});
