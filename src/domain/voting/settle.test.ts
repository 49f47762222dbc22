import { expect, test } from 'vitest';
import {
  ENOUGH_CONFIDENCE_TWO_LOOKS,
  LEAST_CONFIDENCE,
  LONG_ENOUGH_MS,
  settling,
  textInView,
  UNSEEN_MS
} from './settle.ts';
import type { Vote } from './vote.ts';

const aVote = (changes: Partial<Vote> = {}): Vote => ({
  plate: 'TST042',
  confidence: 0.8,
  share: 0.8,
  characterConfidences: [1, 1, 1, 1, 1, 0.8],
  looks: 2,
  agreeingLooks: 2,
  detectionScore: 0.85,
  aspect: 2.1,
  ...changes
});
const seen = (vote: Vote, firstSeenMs = 0, lastSeenMs = 500) => ({ firstSeenMs, lastSeenMs, vote });

test('a pass in view with few looks waits', () => {
  expect(settling(seen(aVote()), 600)).toEqual({ kind: 'wait' });
});

test('three sure looks that agree settle a pass at once', () => {
  const sure = aVote({ confidence: 0.97, looks: 3, agreeingLooks: 3 });
  expect(settling(seen(sure), 501)).toEqual({ kind: 'settle', because: 'agreed' });
});

test('two looks that agree settle a pass when they are surer than three need to be, and nothing outvotes them', () => {
  const two = (changes: Partial<Vote>) => settling(seen(aVote({ looks: 2, agreeingLooks: 2, ...changes })), 501);
  expect(two({ confidence: ENOUGH_CONFIDENCE_TWO_LOOKS })).toEqual({ kind: 'settle', because: 'agreed' });
  expect(two({ confidence: ENOUGH_CONFIDENCE_TWO_LOOKS - 0.001 })).toEqual({ kind: 'wait' });
  expect(two({ confidence: 0.999, looks: 3 })).toEqual({ kind: 'wait' });
  expect(two({ confidence: 0.999, agreeingLooks: 1 })).toEqual({ kind: 'wait' });
});

test('agreement without confidence is not enough', () => {
  expect(settling(seen(aVote({ confidence: 0.7, looks: 5, agreeingLooks: 5 })), 501)).toEqual({ kind: 'wait' });
});

test('a pass is over exactly when it was unseen for the time set', () => {
  expect(settling(seen(aVote()), 500 + UNSEEN_MS - 1)).toEqual({ kind: 'wait' });
  expect(settling(seen(aVote()), 500 + UNSEEN_MS)).toEqual({ kind: 'settle', because: 'unseen' });
});

test('a pass that ends without a readable text is dismissed, and nothing is kept', () => {
  for (const vote of [aVote({ confidence: 0.1 }), aVote({ plate: 'T' }), aVote({ plate: '', confidence: 0 })]) {
    expect(settling(seen(vote), 500 + UNSEEN_MS)).toEqual({ kind: 'dismiss' });
  }
});

test('a parked car is settled without ever leaving the view', () => {
  const parked = seen(aVote({ confidence: 0.6 }), 0, LONG_ENOUGH_MS);
  expect(settling(parked, LONG_ENOUGH_MS)).toEqual({ kind: 'settle', because: 'longEnough' });
});

test('a single look must be sure to become a read', () => {
  const over = 500 + UNSEEN_MS;
  const alone = (confidence: number) => seen(aVote({ looks: 1, agreeingLooks: 1, confidence }));
  expect(settling(alone(0.89), over)).toEqual({ kind: 'dismiss' });
  expect(settling(alone(0.9), over)).toEqual({ kind: 'settle', because: 'unseen' });
});

test('a single look at a text without a digit is a sign, not a plate; a second look may still make it a read', () => {
  const over = 500 + UNSEEN_MS;
  const sign = (looks: number) => seen(aVote({ plate: 'EXIT', looks, agreeingLooks: looks, confidence: 0.99 }));
  expect(settling(sign(1), over)).toEqual({ kind: 'dismiss' });
  expect(settling(sign(1), LONG_ENOUGH_MS)).not.toMatchObject({ kind: 'settle' });
  expect(settling(sign(2), over)).toEqual({ kind: 'settle', because: 'unseen' });
});

test('what does not look like a plate is never settled, however clear its text', () => {
  const sign = aVote({ plate: 'FORRENT', looks: 5, agreeingLooks: 5, confidence: 0.99, detectionScore: 0.5 });
  expect(settling(seen(sign), 501)).toEqual({ kind: 'wait' });
  expect(settling(seen(sign), 500 + UNSEEN_MS)).toEqual({ kind: 'dismiss' });
});

test('in view a plate is written only when its looks agree on a text that can be stood behind', () => {
  expect(textInView(aVote())).toBe('TST042');
  expect(textInView(aVote({ confidence: LEAST_CONFIDENCE }))).toBe('TST042');
  expect(textInView(aVote({ confidence: LEAST_CONFIDENCE - 0.01 }))).toBe('');
  expect(textInView(aVote({ looks: 24, agreeingLooks: 1 }))).toBe('');
  expect(textInView(aVote({ plate: '', confidence: 0, looks: 0, agreeingLooks: 0 }))).toBe('');
});

test('in view a single look is written only when it is as sure as a read of one look must be', () => {
  expect(textInView(aVote({ looks: 1, agreeingLooks: 1, confidence: 0.95 }))).toBe('TST042');
  expect(textInView(aVote({ looks: 1, agreeingLooks: 1, confidence: 0.8 }))).toBe('');
});
