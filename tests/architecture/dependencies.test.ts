import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, runTool } from './repository.ts';

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
    }[];
  };
}

function cruise(cwd: string, folders: readonly string[]): Cruise['summary'] {
  const config = join(ROOT, '.dependency-cruiser.cjs');
  const { printed } = runTool(
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ['--config', config, '--output-type', 'json', ...folders],
    cwd
  );
  return (JSON.parse(printed) as Cruise).summary;
}

test('no import breaks a rule of .dependency-cruiser.cjs', () => {
  const { violations, totalCruised } = cruise(ROOT, ['src', 'sync-server', 'tests', 'scripts']);
  expect(totalCruised).toBeGreaterThan(10);
  expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
});

test('a tree that breaks every rule is caught by every rule (control)', () => {
  const broken = cruise(join(ROOT, 'tests/architecture/fixtures/dependencies'), ['src', 'sync-server']);
  const caught = new Set(broken.violations.map(({ rule }) => rule.name));
  expect([...caught].sort()).toEqual(broken.ruleSetUsed.forbidden.map(({ name }) => name).sort());
});
