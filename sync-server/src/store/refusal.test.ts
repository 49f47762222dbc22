import { expect, test } from 'vitest';
import { malformed, readRefusal } from './refusal.ts';

test('a refusal is a code and a sentence', () => {
  expect(readRefusal('wrongBox: not of this day')).toEqual({ code: 'wrongBox', reason: 'not of this day' });
  expect(readRefusal('no code here')).toEqual({ code: 'forbidden', reason: 'no code here' });
  expect(readRefusal('two words: here')).toEqual({ code: 'forbidden', reason: 'two words: here' });
});

test('a replicated document brings revisions that agree with each other', () => {
  const ids = ['b'.repeat(32), 'a'.repeat(32)];
  const good = { _id: 'x', _rev: `2-${ids[0]}`, _revisions: { start: 2, ids } };
  expect(malformed(good, 'replicated')).toBeUndefined();
  expect(malformed({ ...good, _revisions: { start: 3, ids } }, 'replicated')).toMatchObject({ code: 'malformed' });
  expect(malformed({ ...good, _revisions: { start: 1, ids } }, 'replicated')).toMatchObject({ code: 'malformed' });
  expect(malformed({ ...good, _revisions: { start: 2, ids: [ids[0], 'not hex'] } }, 'replicated')).toMatchObject({
    code: 'malformed'
  });
  expect(malformed({ _id: 'x' }, 'replicated')).toMatchObject({ code: 'malformed' });
});
