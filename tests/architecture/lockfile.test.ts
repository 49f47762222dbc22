import { expect, test } from 'vitest';
import { read } from './repository.ts';

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
}

const lock = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, Locked>> };

/** Where Node would look for a package from inside another one, nearest first. */
function isLocked(from: string, name: string): boolean {
  const folders = from
    .split('/node_modules/')
    .map((_, at, parts) => parts.slice(0, parts.length - at).join('/node_modules/'));
  return [...folders.map((folder) => `${folder}/node_modules/${name}`), `node_modules/${name}`].some(
    (path) => path in lock.packages
  );
}

test('every package, for every system, is in the lock file: otherwise `npm ci` refuses a fresh machine', () => {
  const missing = Object.entries(lock.packages).flatMap(([from, { dependencies = {}, optionalDependencies = {} }]) =>
    [...Object.keys(dependencies), ...Object.keys(optionalDependencies)]
      .filter((name) => !isLocked(from, name))
      .map((name) => `${name}, wanted by ${from}`)
  );
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
  expect(missing).toEqual([]);
});

test('versions are exact, and the lock file names no place to download from', () => {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(read('package.json')) as Locked & {
    readonly devDependencies?: Record<string, string>;
  };
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d/.test(version));
  expect(loose).toEqual([]);
  // .npmrc asks npm to leave it out: a package is known by its checksum, wherever an agency's own mirror keeps it.
  expect(Object.values(lock.packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});
