import { expect, test } from 'vitest';
import { LONG_ENOUGH_MS, settling, UNSEEN_MS } from './settle.ts';
import type { Vote } from './vote.ts';

const aVote = (changes: Partial<Vote> = {}): Vote => ({
  plate: 'TST042',
  confidence: 0.8,
  characterConfidences: [1, 1, 1, 1, 1, 0.8],
  looks: 2,
  agreeingLooks: 2,
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
