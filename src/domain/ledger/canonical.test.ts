import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalBytes, canonicalText } from './canonical.ts';

test('the order of fields does not matter, that of a list does', () => {
  expect(canonicalText({ b: 1, a: { d: [2, 1], c: null } })).toBe('{"a":{"c":null,"d":[2,1]},"b":1}');
  expect(canonicalText({ list: [1, 2] })).not.toBe(canonicalText({ list: [2, 1] }));
  expect(canonicalText({ a: undefined, b: 1 })).toBe('{"b":1}');
});

test('what is beyond ASCII is written as escapes, one byte a character', () => {
  expect(canonicalText({ name: 'Sgt. Zoë 🚓' })).toBe('{"name":"Sgt. Zo\\u00eb \\ud83d\\ude93"}');
  fc.assert(fc.property(fc.json(), (json) => canonicalBytes(JSON.parse(json)).every((byte) => byte < 0x7f)));
});

test('a record read back is the same record, and its bytes are the same again', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const value: unknown = JSON.parse(json);
      const text = canonicalText(value);
      return canonicalText(JSON.parse(text)) === text;
    })
  );
});
