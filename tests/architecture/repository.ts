/** Where the repository is and what lies in it. For the tests of this folder. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Files under a folder of the repository, as paths from its root; a folder that is absent has none. */
export function filesUnder(path: string): string[] {
  const whole = join(ROOT, path);
  if (!existsSync(whole)) return [];
  if (!statSync(whole).isDirectory()) return [path];
  return readdirSync(whole)
    .filter((name) => name !== 'node_modules')
    .flatMap((name) => filesUnder(`${path}/${name}`))
    .filter((file) => !file.startsWith('tests/architecture/fixtures/'));
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

export function exists(path: string): boolean {
  return existsSync(join(ROOT, path));
}

/** Runs a tool of node_modules and gives what it printed. */
export function runTool(path: string, args: readonly string[], cwd = ROOT): { printed: string; ok: boolean } {
  // dependency-cruiser prints the whole graph.
  const maxBuffer = 64 * 1024 * 1024;
  const run = spawnSync(process.execPath, [join(ROOT, 'node_modules', path), ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer
  });
  if (run.error) throw run.error;
  return { printed: run.stdout + run.stderr, ok: run.status === 0 };
}
