import { expect, test } from 'vitest';
import { readRefusal } from './refusal.ts';

test('a refusal is a code and a sentence', () => {
  expect(readRefusal('wrongBox: not of this day')).toEqual({ code: 'wrongBox', reason: 'not of this day' });
  expect(readRefusal('no code here')).toEqual({ code: 'forbidden', reason: 'no code here' });
  expect(readRefusal('two words: here')).toEqual({ code: 'forbidden', reason: 'two words: here' });
});
