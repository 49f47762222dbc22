import { expect, test } from 'vitest';
import { ENCODINGS, needlesOf } from './needles.ts';

test('a secret is found in each of five encodings, wherever it begins in a longer text', () => {
  const secret = 'TSQ417 of nobody';
  const needles = needlesOf('plate', secret);
  expect(new Set(needles.map(({ encoding }) => encoding))).toEqual(new Set(ENCODINGS));
  for (const before of ['', 'a', 'ab', 'abc']) {
    const text = Buffer.from(`${before}${secret} and more`);
    const written = [
      text,
      Buffer.from(text.toString('utf8'), 'utf16le'),
      Buffer.from(text.toString('base64')),
      Buffer.from(text.toString('base64url')),
      Buffer.from(text.toString('hex')),
      Buffer.from(encodeURIComponent(text.toString('utf8')))
    ];
    for (const haystack of written) expect(needles.some(({ bytes }) => haystack.includes(bytes))).toBe(true);
  }
  expect(needles.some(({ bytes }) => Buffer.from('TSQ418 of nobody').includes(bytes))).toBe(false);
});
