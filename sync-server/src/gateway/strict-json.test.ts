import { expect, test } from 'vitest';
import { isHostileJson } from './strict-json.ts';

test.each([
  ['{"a":1,"a":2}'],
  ['{"a":1,"\\u0061":2}'],
  ['[{"b":{"c":1,"d":{},"c":[]}}]'],
  ['{"a\\"":1,"a\\"":2}'],
  ['{"a":"x\\\\","a":1}'],
  ['{"__proto__":1,"__proto__":2}'],
  [`${'['.repeat(17)}${']'.repeat(17)}`],
  ['{"a":'.repeat(17)]
])('a field twice, or too deep a body, is hostile: %s', (text) => {
  expect(isHostileJson(text)).toBe(true);
});

test.each([
  ['{}'],
  ['[]'],
  ['"a"'],
  ['{"a":{"a":{"a":"a"}},"b":["a","a","a"]}'],
  ['[{"a":1},{"a":1}]'],
  ['{"a":"a","b":"a\\",\\"a"}'],
  ['{"a\\\\":1,"a":"{\\"a\\":1,\\"a\\":2}"}'],
  [`${'['.repeat(16)}${']'.repeat(16)}`],
  ['{"a":1'],
  ['"'],
  ['']
])('an honest body, and one that is no JSON, is not: %s', (text) => {
  expect(isHostileJson(text)).toBe(false);
});
