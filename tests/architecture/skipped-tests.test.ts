import { expect, test } from 'vitest';
import { filesUnder, read } from './repository.ts';
import { silentSkipsIn } from './skipped-tests.ts';

test('no test is left out without a reason that is printed', () => {
  const files = ['src', 'sync-server', 'scripts', 'tests']
    .flatMap(filesUnder)
    .filter((file) => file.endsWith('.ts') && file !== 'tests/architecture/skipped-tests.test.ts');
  expect(files.flatMap((file) => silentSkipsIn(file, read(file)))).toEqual([]);
});

test.each([
  "test.skip('claim', () => {});",
  "describe.only('group', () => {});",
  "test.todo('claim');",
  "test.skipIf(process.env.COUCH_URL === undefined)('claim', () => {});",
  'test.skip(condition);',
  'test.fixme();'
])('a silent skip is found: %s', (source) => {
  expect(silentSkipsIn('a.test.ts', source)).toHaveLength(1);
});

test.each([
  "test.skip(!existsSync(folder), 'the folder of pictures is absent');",
  "context.skip('CouchDB is not here');",
  "console.warn('no COUCH_URL: skipped'); describe.skipIf(url === undefined)('couch', () => {});",
  'rows.skip(3);'
])('a reason is enough: %s', (source) => {
  expect(silentSkipsIn('a.test.ts', source)).toEqual([]);
});
