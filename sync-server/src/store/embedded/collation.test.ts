import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeKey, encodeKey } from './collation.ts';

/** CouchDB's order, written plainly; strings by code point. */
function compare(a: unknown, b: unknown): number {
  const rank = (v: unknown): number =>
    v === null
      ? 0
      : v === false
        ? 1
        : v === true
          ? 2
          : typeof v === 'number'
            ? 3
            : typeof v === 'string'
              ? 4
              : Array.isArray(v)
                ? 5
                : 6;
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (typeof a === 'number') return a - (b as number);
  if (typeof a === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b as string));
  if (rank(a) < 5) return 0;
  const [left, right] = [elements(a as object), elements(b as object)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const found = compare(left[i], right[i]);
    if (found !== 0) return found;
  }
  return left.length - right.length;
}

function elements(value: object): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : (Object.entries(value).flat() as unknown[]);
}

const key = fc.jsonValue({ maxDepth: 3 }).map((v) => JSON.parse(JSON.stringify(v)) as unknown);

test('bytes sort as the keys do', () => {
  fc.assert(
    fc.property(key, key, (a, b) => {
      expect(Math.sign(Buffer.compare(encodeKey(a), encodeKey(b)))).toBe(Math.sign(compare(a, b)));
    }),
    { numRuns: 5000 }
  );
});

test('a key comes back from its bytes', () => {
  fc.assert(
    fc.property(key, (given) => {
      expect(decodeKey(encodeKey(given))).toEqual(given);
    }),
    { numRuns: 2000 }
  );
  const odd = ['\0', '\u0001\0\u0002', 'é☂', -1.5, 0, 1e300, ['', []], { a: { b: [] } }, null];
  expect(decodeKey(encodeKey(odd))).toEqual(odd);
});

test('strings with the lowest characters, and numbers at the edges, keep their order', () => {
  const inOrder = [
    -Infinity,
    -1e300,
    -2,
    -1,
    -1e-300,
    0,
    1e-300,
    1,
    2,
    1e300,
    Infinity,
    '',
    '\0',
    '\0\0',
    '\0a',
    '\u0001',
    'a',
    'a\0',
    'aa'
  ];
  const encoded = inOrder.map(encodeKey);
  expect([...encoded].sort((a, b) => Buffer.compare(a, b))).toEqual(encoded);
  expect(encodeKey(-0)).toEqual(encodeKey(0));
});
