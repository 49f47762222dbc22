import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { add, countOne, readPlaywright, readVitest } from './test-count.ts';

const folder = mkdtempSync(join(tmpdir(), 'test-count-'));
afterAll(() => rmSync(folder, { recursive: true }));

function report(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

test('a skipped test is never counted as passed, whatever the runner calls it', () => {
  const states = ['passed', 'failed', 'pending', 'skipped', 'todo'];
  const file = report('vitest.json', {
    testResults: [{ assertionResults: states.map((status) => ({ status, fullName: `claim ${status}` })) }]
  });
  expect(readVitest(file)).toEqual({ passed: 1, failed: 1, skipped: ['claim pending', 'claim skipped', 'claim todo'] });
});

test('a browser test that passed only at its second attempt has failed', () => {
  const spec = (title: string, status: string, description?: string): unknown => ({
    title,
    tests: [{ status, annotations: description === undefined ? [] : [{ description }] }]
  });
  const file = report('playwright.json', {
    suites: [
      { specs: [spec('a', 'expected')], suites: [{ specs: [spec('b', 'flaky'), spec('c', 'skipped', 'no pictures')] }] }
    ]
  });
  expect(readPlaywright(file)).toEqual({ passed: 1, failed: 1, skipped: ['c: no pictures'] });
});

test('a report that was never written counts nothing, so the run itself must count', () => {
  expect(add(readVitest(join(folder, 'absent.json')), countOne(false))).toEqual({ passed: 0, failed: 1, skipped: [] });
});
