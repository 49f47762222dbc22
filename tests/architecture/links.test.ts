import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { exists, filesUnder, read } from './repository.ts';

const PAGES = ['README.md', 'CHANGELOG.md', ...filesUnder('docs').filter((file) => file.endsWith('.md'))];

test('every link of README and docs leads to a file that is here', () => {
  const dead = PAGES.flatMap((page) =>
    [...read(page).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^(https?|mailto):/.test(target) && !exists(join(dirname(page), target)))
      .map((target) => `${page} -> ${target}`)
  );
  expect(dead).toEqual([]);
});

test('every npm command that README and docs name exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
  const named = PAGES.flatMap((page) =>
    [...read(page).matchAll(/\bnpm (?:run (?:--silent )?([\w:-]+)|(start|test)\b)/g)].map(
      ([, run, plain]) => run ?? plain ?? ''
    )
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
