import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { PLANTS } from './planted.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs one file of the contract suite on an engine with that bug; gives what it printed and whether all claims held. */
function runContract(file: string, plant: string): Promise<{ held: boolean; said: string }> {
  const command = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'node', `tests/contract/${file}`];
  const { COUCH_URL: _, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      command,
      { cwd: ROOT, env: { ...env, CONTRACT_PLANT: plant }, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        resolve({ held: error === null, said: stdout + stderr });
      }
    );
  });
}

test('without a planted difference the contract holds (control)', async () => {
  expect(await runContract('box-life.test.ts', '')).toMatchObject({ held: true });
}, 600_000);

test.each(Object.entries(PLANTS))(
  'the contract notices %s',
  async (plant, { file }) => {
    const { held, said } = await runContract(file, plant);
    expect(held).toBe(false);
    // It failed by a claim, not for want of starting.
    expect(said).toContain('AssertionError');
  },
  600_000
);
