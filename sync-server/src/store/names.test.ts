import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BadDatabaseName, checkedDatabaseName, databaseOf, fileNameOf } from './names.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9_$()+/-]{0,40}$/);

test('a file name leads back to its database and holds nothing a path could misread', () => {
  fc.assert(
    fc.property(name, (given) => {
      expect(checkedDatabaseName(given)).toBe(given);
      expect(fileNameOf(given)).toMatch(/^[a-z0-9_=-]+$/);
      expect(databaseOf(fileNameOf(given))).toBe(given);
    })
  );
});

test('two names never share a file', () => {
  expect(fileNameOf('a/b')).not.toBe(fileNameOf('a+b'));
  expect(databaseOf('a=')).toBeUndefined();
  expect(databaseOf('a=41')).toBeUndefined();
});

test('nothing that climbs out of the folder is a name', () => {
  for (const bad of ['', '..', '../x', '/etc', 'A', 'a\0', 'a b', '_users', 'a'.repeat(201)])
    expect(() => checkedDatabaseName(bad)).toThrow(BadDatabaseName);
});
