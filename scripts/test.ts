/**
 * `npm test`: everything that CI runs, fastest first, all of it even after a failure.
 * `npm test -- lint types` runs the named steps only. The last line is the sum: "N passed, N failed, N skipped".
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChromiumMissing, findChromium } from './find-chromium.ts';
import { runShown } from './run.ts';
import { add, type Count, countOne, readPlaywright, readVitest } from './test-count.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const reports = mkdtempSync(join(tmpdir(), 'platekeeper-tests-'));
const node = process.execPath;
const bin = (path: string, ...args: string[]): string[] => [node, `node_modules/${path}`, ...args];
const tsc = (project: string): string[] => bin('typescript/bin/tsc', '-p', project);

interface Step {
  readonly name: string;
  readonly title: string;
  /** Run one after the other; each counts as one test unless a report says how many there were. */
  readonly commands: readonly (readonly string[])[];
  readonly report?: (file: string) => Count;
}

const STEPS: readonly Step[] = [
  {
    name: 'format',
    title: 'Formatting',
    commands: [bin('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.')]
  },
  {
    name: 'spelling',
    title: 'Spelling',
    commands: [bin('cspell/bin.mjs', '--no-progress', '--no-summary', '--quiet', '.')]
  },
  vitest('unit', 'Unit tests, contract suite and simulation', 'node'),
  {
    name: 'types',
    title: 'Types',
    commands: [
      bin('@sveltejs/kit/svelte-kit.js', 'sync'),
      tsc('tsconfig.domain.json'),
      tsc('tsconfig.worker.json'),
      tsc('tsconfig.server.json'),
      tsc('tsconfig.tests.json'),
      bin('svelte-check/bin/svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human')
    ]
  },
  { name: 'lint', title: 'Lint', commands: [bin('eslint/bin/eslint.js', '--max-warnings', '0', '.')] },
  { name: 'build', title: 'Build', commands: [[node, '--import', 'tsx', 'scripts/build.ts']] },
  vitest('architecture', 'Rules about this repository', 'architecture'),
  vitest('browser', 'Tests in a browser', 'browser'),
  {
    name: 'e2e',
    title: 'End-to-end tests',
    commands: [bin('@playwright/test/cli.js', 'test', '--project', 'e2e', '--reporter', 'line,json')],
    report: readPlaywright
  }
];

function vitest(name: string, title: string, project: string): Step {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportOf(name)}`];
  return {
    name,
    title,
    commands: [bin('vitest/vitest.mjs', 'run', '--project', project, ...reporters)],
    report: readVitest
  };
}

function reportOf(step: string): string {
  return join(reports, `${step}.json`);
}

async function run(step: Step): Promise<Count> {
  let count: Count = { passed: 0, failed: 0, skipped: [] };
  for (const [index, command] of step.commands.entries()) {
    const part = step.commands.length === 1 ? '' : ` ${index + 1} of ${step.commands.length}`;
    const succeeded = await runShown(step.title + part, command, ROOT);
    const reported = step.report?.(reportOf(step.name));
    // A runner that dies, or fails without a failed test (a file that cannot be loaded), is a failure of its own.
    const unexplained = !succeeded && (reported?.failed ?? 0) === 0;
    count = add(count, unexplained || reported === undefined ? add(reported, countOne(succeeded)) : reported);
  }
  return count;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. There are: ${STEPS.map((step) => step.name).join(', ')}.`);
  process.exit(2);
}
const chosen = STEPS.filter((step) => wanted.length === 0 || wanted.includes(step.name));

if (chosen.some((step) => step.name === 'browser' || step.name === 'e2e')) {
  try {
    process.env['CHROMIUM_PATH'] = findChromium();
  } catch (error) {
    if (!(error instanceof ChromiumMissing)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

let total: Count = { passed: 0, failed: 0, skipped: [] };
const failedSteps: string[] = [];
for (const [index, step] of chosen.entries()) {
  console.log(`\n== ${index + 1} of ${chosen.length}: ${step.title}`);
  process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] = reportOf(step.name);
  const count = await run(step);
  if (count.failed > 0) failedSteps.push(step.name);
  total = add(total, count);
}
rmSync(reports, { recursive: true, force: true });

console.log('');
for (const name of new Set(total.skipped)) {
  const times = total.skipped.filter((other) => other === name).length;
  console.log(`skipped: ${name}${times > 1 ? ` (${times} times)` : ''}`);
}
if (failedSteps.length > 0) console.log(`failed steps: ${failedSteps.join(', ')}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
