import { expect, test } from 'vitest';
import { closed, list, nullable, number, oneOf, optional, parse, proper, tagged, text } from './check.ts';

interface Box {
  readonly name: string;
  readonly size?: number;
}
const box = closed<Box>({ name: text({ min: 1, max: 5 }), size: optional(number({ min: 0, max: 9, integer: true })) });

test('a closed record takes its fields and no others', () => {
  expect(box({ name: 'a' })).toBeNull();
  expect(box({ name: 'a', size: 3 })).toBeNull();
  expect(box({ name: 'a', weight: 3 })).toEqual({ path: 'weight', message: 'is not a field of this record' });
  expect(box({ size: 3 })).toEqual({ path: 'name', message: 'is missing' });
});

test('a field named like a part of every object is refused as unknown, not inherited', () => {
  expect(box(JSON.parse('{"name":"a","__proto__":{}}'))).toMatchObject({ message: 'is not a field of this record' });
  expect(box({ name: 'a', constructor: 1 })).toMatchObject({ path: 'constructor' });
});

test('the problem says where it is', () => {
  const check = closed<{ boxes: readonly Box[] }>({ boxes: list(box, { max: 2 }) });
  expect(check({ boxes: [{ name: 'a' }, { name: 'toolong' }] })).toEqual({
    path: 'boxes[1].name',
    message: 'is too long'
  });
  expect(check({ boxes: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] })).toMatchObject({ path: 'boxes' });
});

test.each([NaN, Infinity, -1, 10, 1.5, '1', null])('%s is not a whole number from 0 to 9', (value) => {
  expect(box({ name: 'a', size: value })).not.toBeNull();
});

test('null passes only where it may', () => {
  expect(nullable(oneOf('x'))(null)).toBeNull();
  expect(oneOf('x')(null)).not.toBeNull();
});

test('a union is told apart by its tag, and an inherited word is no kind', () => {
  const check = tagged<{ kind: 'x' }>('kind', { x: closed<{ kind: 'x' }>({ kind: oneOf('x') }) as never });
  expect(check({ kind: 'x' })).toBeNull();
  expect(check({ kind: 'toString' })).toMatchObject({ message: 'is of no known kind' });
});

test('what comes from outside is parsed, what we made ourselves must be proper', () => {
  expect(parse(box, { name: 'a' })).toEqual({ kind: 'proper', value: { name: 'a' } });
  expect(parse(box, null).kind).toBe('improper');
  expect(() => proper(box, { name: '' })).toThrow('name is too short');
});
