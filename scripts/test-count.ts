/** Reads how many tests passed, failed and were skipped from the reports of the test runners. */
import { existsSync, readFileSync } from 'node:fs';

export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** the names of the tests that were not run */
  readonly skipped: readonly string[];
}

const NONE: Count = { passed: 0, failed: 0, skipped: [] };

export function add(a: Count = NONE, b: Count = NONE): Count {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: [...a.skipped, ...b.skipped] };
}

export function countOne(succeeded: boolean): Count {
  return succeeded ? { ...NONE, passed: 1 } : { ...NONE, failed: 1 };
}

interface VitestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Vitest's JSON report; a missing one counts nothing (the caller then counts the run itself). */
export function readVitest(file: string): Count {
  const report = readJson(file) as VitestReport | undefined;
  const tests = report?.testResults.flatMap((result) => result.assertionResults) ?? [];
  return countStates(tests.map((test) => ({ state: test.status, name: test.fullName })));
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly PlaywrightSpec[];
}
interface PlaywrightSpec {
  readonly title: string;
  readonly tests: readonly { readonly status: string; readonly annotations: readonly { description?: string }[] }[];
}

/** Playwright's JSON report; a missing one counts nothing. A test that passed only at a second attempt has failed. */
export function readPlaywright(file: string): Count {
  const report = readJson(file) as PlaywrightSuite | undefined;
  const states = (suite: PlaywrightSuite): { state: string; name: string }[] => [
    ...(suite.specs ?? []).flatMap((spec) =>
      spec.tests.map((test) => ({
        state: test.status === 'expected' ? 'passed' : test.status,
        name: [spec.title, ...test.annotations.map((note) => note.description ?? '')].filter(Boolean).join(': ')
      }))
    ),
    ...(suite.suites ?? []).flatMap(states)
  ];
  return countStates(report === undefined ? [] : states(report));
}

function countStates(tests: readonly { state: string; name: string }[]): Count {
  const passed = tests.filter((test) => test.state === 'passed').length;
  const skipped = tests.filter((test) => ['skipped', 'pending', 'todo', 'disabled'].includes(test.state));
  return { passed, failed: tests.length - passed - skipped.length, skipped: skipped.map((test) => test.name) };
}

function readJson(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
