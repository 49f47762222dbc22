import { gzipSync } from 'node:zlib';
import { beforeAll, expect, inject, test } from 'vitest';
import { filesUnder, read, ROOT, runTool } from './repository.ts';
import { type BuildManifest, scriptsOf } from './page-weight.ts';
import { join } from 'node:path';
import { readFileSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const KB = 1024;
const MB = 1024 * KB;

beforeAll(() => expect(inject('built'), 'the build must succeed first').toBe(true));

interface RouteList {
  readonly manifest: {
    readonly _: {
      readonly routes: readonly {
        readonly id: string;
        readonly page: { readonly layouts: readonly (number | undefined)[]; readonly leaf: number } | null;
      }[];
    };
  };
}

/** What a tablet must load before the scan page answers a touch; engines come later, in their workers. */
async function scanPageScripts(): Promise<string[]> {
  const output = join(ROOT, '.svelte-kit/output');
  const { manifest } = (await import(pathToFileURL(join(output, 'server/manifest-full.js')).href)) as RouteList;
  const route = manifest._.routes.find(({ id }) => id.endsWith('/scan'));
  if (!route?.page) throw new Error('no route ends in /scan');
  const nodes = [...route.page.layouts, route.page.leaf].filter((node) => node !== undefined);
  const build = JSON.parse(readFileSync(join(output, 'client/.vite/manifest.json'), 'utf8')) as BuildManifest;
  return scriptsOf(build, nodes);
}

test('the scan page asks for at most 150 KB of JavaScript (gzip), engines apart', async () => {
  const weights = (await scanPageScripts()).map((file) => gzipSync(readFileSync(join(ROOT, 'build/app', file))).length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  console.log(`scan page: ${(total / KB).toFixed(1)} KB gzip in ${weights.length} files`);
  expect(weights.length).toBeGreaterThan(2);
  expect(total).toBeLessThanOrEqual(150 * KB);
});

test('what package.json limits is within its limit', () => {
  const { printed } = runTool('size-limit/bin.js', ['--json']);
  const sizes = JSON.parse(printed) as { name: string; size: number; passed: boolean }[];
  for (const { name, size } of sizes) console.log(`${name}: ${(size / KB).toFixed(0)} KB`);
  expect(sizes.length).toBeGreaterThan(0);
  expect(sizes.filter(({ passed }) => !passed)).toEqual([]);
});

test('a design document weighs at most 40 KB', () => {
  const designs = JSON.parse(read('build/designs.json')) as unknown;
  const documents = documentsIn(designs);
  expect(documents.length).toBeGreaterThan(0);
  const tooHeavy = documents
    .map((document) => ({ id: document._id, bytes: JSON.stringify(document).length }))
    .filter(({ bytes }) => bytes > 40 * KB);
  expect(tooHeavy).toEqual([]);
});

test('the whole app is at most 30 MB to keep offline', () => {
  const bytes = filesUnder('build/app').reduce((sum, file) => sum + statSync(join(ROOT, file)).size, 0);
  console.log(`build/app: ${(bytes / MB).toFixed(1)} MB`);
  expect(bytes).toBeLessThanOrEqual(30 * MB);
});

/** Design documents wherever they stand in the file: objects whose id begins with _design/. */
function documentsIn(value: unknown): { readonly _id: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('_id' in value && typeof value._id === 'string' && value._id.startsWith('_design/'))
    return [{ ...value, _id: value._id }];
  return Object.values(value).flatMap(documentsIn);
}
