/**
 * `npm run test:policy-mutations [-- --only holds.ts]`: switches off each condition of each rule in turn and runs the tests that the policy
 * trace names for it, and those beside it. One that nothing notices is printed. Exit code 1 when there is one, or when the tests are
 * red before anything was switched off. In copies of the repository: nothing here is changed.
 */
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rowsOf } from '../architecture/trace-table.ts';
import { NOTICED_BY_NOBODY } from './exempt.ts';
import { switchesOf, type Switch } from './switches.ts';

const HERE = fileURLToPath(new URL('../..', import.meta.url));
const RULES = 'src/domain/policy';
const LEFT_BEHIND = ['node_modules', 'build', 'test-results', '.git'];
/** Rules are tested by many at once, in files that name no single one. */
const FOR_ALL = ['rules.test.ts', 'harms.test.ts'].map((file) => join(RULES, file));
const A_RUN_MAY_TAKE_MS = 240_000;

interface Rule {
  readonly file: string;
  /** the quick ones first: most switches are noticed there */
  readonly stages: readonly (readonly string[])[];
}

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const rules = readdirSync(join(HERE, RULES))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .filter((file) => values.only === undefined || file === values.only)
  .map(ruleOf);
if (rules.length === 0) {
  console.error(`There is no rule ${values.only ?? ''} in ${RULES}.`);
  process.exit(2);
}

const startedAt = performance.now();
const copies = cpus().map(() => copyOfRepository());
let [noticed, exempt] = [0, 0];
const missed: string[] = [];
try {
  const [first = ''] = copies;
  const all = [...new Set(rules.flatMap(({ stages }) => stages.flat()))];
  if (!(await isGreen(first, all))) {
    console.error('The tests are red before anything is switched off: mend them first.');
    process.exit(1);
  }
  const work = rules.flatMap((rule) =>
    switchesOf(readFileSync(join(HERE, rule.file), 'utf8')).map((one) => ({ rule, one }))
  );
  console.log(`${work.length} conditions in ${rules.length} rules`);
  await Promise.all(
    copies.map(async (copy) => {
      for (let next = work.shift(); next !== undefined; next = work.shift()) await tryOne(copy, next.rule, next.one);
    })
  );
} finally {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
}
for (const line of missed.sort()) console.log(`NOTICED BY NOBODY: ${line}`);
const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
console.log(
  `${noticed} switched off and noticed, ${missed.length} noticed by nobody, ${exempt} exempt with a reason, in ${minutes} min`
);
process.exit(missed.length === 0 ? 0 : 1);

function ruleOf(name: string): Rule {
  const file = join(RULES, name);
  const beside = file.replace(/\.ts$/, '.test.ts');
  const named = rowsOf(readFileSync(join(HERE, 'docs/policy-trace.md'), 'utf8'))
    .filter(({ files }) => files.includes(file))
    .flatMap(({ tests }) => tests.map((one) => one.file))
    .filter(
      (one) => !one.startsWith('tests/e2e/') && !one.endsWith('.browser.test.ts') && !one.endsWith('.svelte.test.ts')
    );
  const isQuick = (one: string): boolean => one.startsWith('src/domain/');
  const quick = [...FOR_ALL, ...(existsSync(join(HERE, beside)) ? [beside] : []), ...named.filter(isQuick)];
  const slow = named.filter((one) => !isQuick(one));
  return { file, stages: [quick, slow].map((stage) => [...new Set(stage)]).filter((stage) => stage.length > 0) };
}

async function tryOne(copy: string, rule: Rule, one: Switch): Promise<void> {
  const where = `${basename(rule.file)}:${one.line} ${one.condition} -> ${one.off}`;
  if (
    NOTICED_BY_NOBODY.some(
      ({ file, condition, off }) => rule.file.endsWith(file) && condition === one.condition && off === one.off
    )
  ) {
    exempt++;
    return;
  }
  const path = join(copy, rule.file);
  const whole = readFileSync(path, 'utf8');
  writeFileSync(path, one.source);
  let isNoticed = false;
  for (const stage of rule.stages) isNoticed ||= !(await isGreen(copy, stage));
  writeFileSync(path, whole);
  if (isNoticed) noticed++;
  else {
    missed.push(where);
    console.log(`  nobody notices ${where}`);
  }
}

function copyOfRepository(): string {
  const copy = mkdtempSync(join(tmpdir(), 'platekeeper-mutations-'));
  cpSync(HERE, copy, { recursive: true, filter: (path) => !LEFT_BEHIND.includes(basename(path)) });
  symlinkSync(join(HERE, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

function isGreen(copy: string, tests: readonly string[]): Promise<boolean> {
  const vitest = join(HERE, 'node_modules/vitest/vitest.mjs');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [vitest, 'run', '--project', 'node', '--bail', '1', '--reporter', 'dot', ...tests],
      { cwd: copy, timeout: A_RUN_MAY_TAKE_MS },
      (error) => {
        resolve(error === null);
      }
    );
  });
}
