import { expect, test } from 'vitest';
import { afterRelease, afterWrongTry, NO_TRIES, type Tries } from './wrong-tries.ts';

const wrong = (times: number, from: Tries = NO_TRIES): Tries =>
  Array.from({ length: times }).reduce<Tries>((tries) => afterWrongTry(tries), from);

test('four wrong tries leave a fifth, the fifth locks the officer out', () => {
  expect(wrong(4)).toEqual({ wrong: 4, lockedOut: false, erased: false });
  expect(wrong(5)).toEqual({ wrong: 5, lockedOut: true, erased: false });
});

test('the tenth wrong try erases the own keys, and a thousand more change nothing', () => {
  expect(wrong(9).erased).toBe(false);
  expect(wrong(10)).toEqual({ wrong: 10, lockedOut: true, erased: true });
  expect(wrong(1_000)).toEqual(wrong(10));
});

test('headquarters releases the officer; keys that were erased stay erased', () => {
  expect(afterRelease(wrong(5))).toEqual(NO_TRIES);
  expect(wrong(5, afterRelease(wrong(5))).lockedOut).toBe(true);
  expect(afterRelease(wrong(10))).toEqual({ wrong: 0, lockedOut: false, erased: true });
});
