import { createRequire } from 'node:module';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { buildDesigns } from './build.ts';
import { bundleFunction } from './bundle.ts';
import { loadDesigns } from './load.ts';

// Svelte's own parser, which reads no newer grammar than it is told.
const requireBesideSvelte = createRequire(createRequire(import.meta.url).resolve('svelte/compiler'));
const { parse } = requireBesideSvelte('acorn') as { parse: (code: string, rule: { ecmaVersion: number }) => unknown };

const ES2017 = 8;

async function allFunctions(): Promise<[string, string][]> {
  const documents = Object.values(await buildDesigns()).flat();
  return documents.flatMap((design) => [
    ...(design.validate_doc_update === undefined ? [] : [[design._id, design.validate_doc_update] as [string, string]]),
    ...Object.entries(design.updates ?? {}).map(([name, source]): [string, string] => [design._id + name, source]),
    ...Object.entries(design.views ?? {}).map(([name, view]): [string, string] => [design._id + name, view.map])
  ]);
}

test('every design function is one expression, in the grammar of 2017, that needs nothing around it', async () => {
  const functions = await allFunctions();
  expect(functions.length).toBeGreaterThanOrEqual(17);
  for (const [name, source] of functions) {
    expect(() => parse(`(${source})`, { ecmaVersion: ES2017 }), name).not.toThrow();
    expect(typeof runInNewContext(`(${source})`), name).toBe('function');
  }
});

test('a validator stays small: every document pays for it', async () => {
  // Casework and the register get a few documents a day, each judged by what the law wants in writing; all others get thousands.
  for (const [name, source] of await allFunctions())
    expect(source.length, name).toBeLessThan(/decisions|registry/.test(name) ? 16_000 : 10_500);
});

test('the same sources give the same names', async () => {
  const [first, second] = [await buildDesigns(), await buildDesigns()];
  expect(first).toEqual(second);
  expect(first.reads[0]?._id).toMatch(/^_design\/retention\.[0-9a-f]{12}$/);
  expect(Object.keys(first.reads[0]?.views ?? {})).toEqual([
    'corrections_by_plate',
    'corrections_by_read',
    'due_by_destroy_date',
    'hits_by_period',
    'hits_by_read',
    'reads_by_period',
    'reads_by_place',
    'reads_by_plate',
    'reads_by_time'
  ]);
});

test('what is loaded is what the sources say now, whatever was built before', async () => {
  expect(await loadDesigns()).toEqual(await buildDesigns());
});

test('newer grammar is written down to 2017, a thing from outside is refused', async () => {
  const folder = mkdtempSync(fileURLToPath(new URL('../../node_modules/.designs-test-', import.meta.url)));
  try {
    const newer = join(folder, 'newer.ts');
    writeFileSync(newer, 'export default function f(a: { b?: { c: number } }) { return { ...a, n: a?.b?.c ?? 7 }; }');
    const source = await bundleFunction(newer);
    expect(() => parse(`(${source})`, { ecmaVersion: ES2017 })).not.toThrow();
    expect((runInNewContext(`(${source})`) as (a: object) => object)({ x: 1 })).toMatchObject({ x: 1, n: 7 });
    const outside = join(folder, 'outside.ts');
    writeFileSync(
      outside,
      "import { readFileSync } from 'node:fs'; export default function f() { return readFileSync('x'); }"
    );
    await expect(bundleFunction(outside)).rejects.toThrow();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
