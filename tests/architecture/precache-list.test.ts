import { beforeAll, expect, inject, test } from 'vitest';
import { exists, filesUnder, read } from './repository.ts';
import { missingFrom, urlsIn } from './precache.ts';

beforeAll(() => expect(inject('built'), 'the build must succeed first').toBe(true));

const APP = 'build/app';
const WORKER = `${APP}/service-worker.js`;

/** What the app does not need offline under its own name: the worker itself, the shell (kept as "/"), Kit's version beacon. */
const NOT_FETCHED = ['/service-worker.js', '/index.html', '/_app/version.json'];

const needed = (): string[] =>
  filesUnder(APP)
    .map((file) => file.slice(APP.length))
    .filter((url) => !NOT_FETCHED.includes(url) && !url.endsWith('.map') && !url.startsWith('/.vite/'));

test('every file of the built app is in the precache list: pages, workers, wasm, models, fonts', () => {
  expect(exists(WORKER), 'the app has a service worker').toBe(true);
  const urls = needed();
  for (const kind of [/\.js$/, /\.wasm$/, /\.onnx$/, /\.traineddata(\.[\w-]+)?\.gz$/, /\.woff2$/, /\.webmanifest$/])
    expect(
      urls.some((url) => kind.test(url)),
      `the app ships a file like ${String(kind)}`
    ).toBe(true);
  expect(missingFrom(read(WORKER), urls)).toEqual([]);
});

test('every file in the precache list exists, so that installing never fails', () => {
  expect(exists(WORKER), 'the app has a service worker').toBe(true);
  expect(urlsIn(read(WORKER)).filter((url) => !exists(APP + url))).toEqual([]);
});

test('a file that was left out of the list, and one that is gone, are noticed (control)', () => {
  const worker = 'const build = [`${base}/_app/immutable/a.js`, e + "/models/gone.onnx"]';
  expect(missingFrom(worker, ['/_app/immutable/a.js', '/models/plate-reader.onnx'])).toEqual([
    '/models/plate-reader.onnx'
  ]);
  expect(urlsIn(worker)).toEqual(['/_app/immutable/a.js', '/models/gone.onnx']);
});
