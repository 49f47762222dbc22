import { expect, test } from 'vitest';
import { filesUnder, read } from './repository.ts';
import { wrongWordsIn } from './words.ts';

const OWN_WORDS = ['tests/architecture/words.ts', 'tests/architecture/words.test.ts'];

test('one thing has one name: no word that the house does not use', () => {
  const files = ['src', 'sync-server', 'scripts', 'tests', 'docs', 'README.md', 'CHANGELOG.md']
    .flatMap(filesUnder)
    .filter((file) => /\.(ts|js|svelte|md|html|css)$/.test(file) && !OWN_WORDS.includes(file));
  expect(files.length).toBeGreaterThan(20);
  expect(files.flatMap((file) => wrongWordsIn(read(file)).map((fault) => `${file}:${fault}`))).toEqual([]);
});

test.each([
  ['the ANPR worker', '1 says "ANPR": ALPR'],
  ['const lprReads = 1;\nclass LprDevice {}', '2 says "Lpr": ALPR'],
  ['purgeReads(box);', '1 says "purge": destroy'],
  ['the hot list', '1 says "hot list": hotlist']
])('a wrong word is found in %j', (text, fault) => {
  expect(wrongWordsIn(text)).toContain(fault);
});

test('a quotation, and what CouchDB calls its own, may stand', () => {
  expect(
    wrongWordsIn('the form "LPR Agency Data Collection"\nCouchDB purges with _purge\nif ((req.path = "/_purge"))')
  ).toEqual([]);
});
