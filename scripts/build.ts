/**
 * Builds the app and the design documents into build/, each only when something it is made of has changed.
 * `npm run build -- --force` builds regardless.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runQuietly } from './run.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Target {
  readonly name: string;
  readonly madeOf: readonly string[];
  readonly makes: readonly string[];
  /** arguments for Node, so that it works the same on every system */
  readonly commands: readonly (readonly string[])[];
}

const TARGETS: readonly Target[] = [
  {
    name: 'the app',
    madeOf: [
      'src',
      'static',
      'svelte.config.js',
      'vite.config.ts',
      'scripts/precache.ts',
      'tsconfig.json',
      'package-lock.json'
    ],
    // the manifest too: the budgets are computed from it
    makes: ['build/app/index.html', '.svelte-kit/output/client/.vite/manifest.json'],
    commands: [['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']]
  },
  {
    name: 'the design documents',
    madeOf: ['sync-server/designs', 'src/domain', 'package-lock.json'],
    makes: ['build/designs.json'],
    commands: [['--import', 'tsx', 'sync-server/designs/build.ts']]
  }
];

/** Builds what is stale, with progress. False when something could not be built; why has been printed. */
export async function build(options: { force?: boolean } = {}): Promise<boolean> {
  for (const target of TARGETS) {
    const fingerprint = fingerprintOf(target);
    if (options.force !== true && isFresh(target, fingerprint)) continue;
    for (const command of target.commands) {
      if (!(await runQuietly(`Building ${target.name}`, [process.execPath, ...command], ROOT))) return false;
    }
    mkdirSync(join(ROOT, 'build'), { recursive: true });
    writeFileSync(stampOf(target), fingerprint);
  }
  return true;
}

function isFresh(target: Target, fingerprint: string): boolean {
  const stamp = stampOf(target);
  return (
    target.makes.every((made) => existsSync(join(ROOT, made))) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === fingerprint
  );
}

function stampOf(target: Target): string {
  return join(ROOT, 'build', `.${target.name.replaceAll(' ', '-')}.stamp`);
}

/** By content, not by time: a fresh clone and a switched branch give every file a new time. Tests change no build. */
function fingerprintOf(target: Target): string {
  const hash = createHash('sha256').update(process.version);
  for (const path of target.madeOf.flatMap((top) => filesUnder(top)).sort()) {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(ROOT, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(path: string): string[] {
  const whole = join(ROOT, path);
  if (!existsSync(whole)) return [];
  if (!statSync(whole).isDirectory()) return path.endsWith('.test.ts') ? [] : [path];
  return readdirSync(whole).flatMap((name) => filesUnder(`${path}/${name}`));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const built = await build({ force: process.argv.includes('--force') });
  if (built) console.log('build/ is up to date.');
  process.exitCode = built ? 0 : 1;
}
