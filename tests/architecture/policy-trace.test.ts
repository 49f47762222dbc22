import { expect, test } from 'vitest';
import { CLAUSES } from './clauses.ts';
import { exists, filesUnder, read } from './repository.ts';
import { faultsOf, faultsOfRule, rowsOf, titlesOf, type TraceRow } from './trace-table.ts';

const rows = rowsOf(read('docs/policy-trace.md'));
const shelf = { exists, read };

test('every clause has one row, and every file and test it names exists', () => {
  expect(CLAUSES.length).toBe(74);
  expect(faultsOf(rows, CLAUSES, shelf)).toEqual([]);
});

test('every rule of the policy folder cites its clause and is in the trace', () => {
  const rules = filesUnder('src/domain/policy').filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  expect(rules.length).toBeGreaterThan(0);
  expect(rules.flatMap((file) => faultsOfRule(file, read(file), rows))).toEqual([]);
});

const GOOD: TraceRow = {
  clause: '426.9',
  asks: 'something',
  rule: 'a rule',
  files: ['a.ts'],
  tests: [{ file: 'a.test.ts', title: "the officer's lead" }],
  state: 'enforced'
};
const HERE = {
  exists: (path: string) => ['a.ts', 'a.test.ts'].includes(path),
  read: () => "test('the officer\\'s lead', () => {});"
};

test('a row in order has no fault (control)', () => {
  expect(faultsOf([GOOD], ['426.9'], HERE)).toEqual([]);
});

test.each([
  ['a missing row', [], '426.9: no row'],
  ['a row for no clause', [GOOD, { ...GOOD, clause: '426.10' }], '426.10: no such clause'],
  ['two rows', [GOOD, GOOD], '426.9: two rows'],
  ['a missing file', [{ ...GOOD, files: ['b.ts'] }], '426.9: b.ts does not exist'],
  [
    'a missing test',
    [{ ...GOOD, tests: [{ file: 'a.test.ts', title: 'another' }] }],
    '426.9: a.test.ts has no test "another"'
  ],
  ['an enforced row without test', [{ ...GOOD, tests: [] }], '426.9: "enforced" needs a file and a test'],
  [
    'an issue that will never come',
    [{ ...GOOD, state: 'not yet: someday' }],
    '426.9: "not yet: someday" is no state: enforced, supported, procedural, or "not yet: <issue>"'
  ]
])('the trace finds %s', (_name, broken, fault) => {
  expect(faultsOf(broken, ['426.9'], HERE)).toContain(fault);
});

test('a rule without citation and without row is found', () => {
  expect(faultsOfRule('x.ts', '/** Keeps reads. */ export const x = 1; // 426.4', [GOOD])).toEqual([
    'x.ts cites no clause in a docstring',
    'x.ts is in no row of the policy trace'
  ]);
});

test('titles are found in plain, parameterized and template form', () => {
  expect(titlesOf("test('one', f); it.each([1, 2])('two', f); test(`three`, f); notest('four')")).toEqual([
    'one',
    'two',
    'three'
  ]);
});
