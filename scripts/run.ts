/** Runs a command for a person who waits: what is being done, a sign of life, how long it took. */
import { spawn } from 'node:child_process';

const SIGN_OF_LIFE_MS = 10_000;

/** Runs the command without showing its output, unless it fails. True when it succeeded. */
export function runQuietly(title: string, command: readonly string[], cwd: string): Promise<boolean> {
  return run(title, command, cwd, 'onFailure');
}

/** Runs the command and shows its output as it comes. True when it succeeded. */
export function runShown(title: string, command: readonly string[], cwd: string): Promise<boolean> {
  return run(title, command, cwd, 'always');
}

function run(
  title: string,
  [program = '', ...args]: readonly string[],
  cwd: string,
  show: 'always' | 'onFailure'
): Promise<boolean> {
  const startedAt = performance.now();
  const seconds = (): string => `${((performance.now() - startedAt) / 1000).toFixed(0)} s`;
  console.log(`${title} ...`);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const held: Buffer[] = [];
    let lastWordAt = performance.now();
    const hear = (chunk: Buffer): void => {
      if (show === 'onFailure') held.push(chunk);
      else {
        lastWordAt = performance.now();
        process.stdout.write(chunk);
      }
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const alive = setInterval(() => {
      if (performance.now() - lastWordAt >= SIGN_OF_LIFE_MS) console.log(`  still at it, ${seconds()}`);
    }, SIGN_OF_LIFE_MS);
    child.once('error', (error) => {
      clearInterval(alive);
      reject(error);
    });
    child.once('close', (code) => {
      clearInterval(alive);
      if (code !== 0 && show === 'onFailure') process.stdout.write(Buffer.concat(held));
      console.log(`${title}: ${code === 0 ? 'done' : 'FAILED'} in ${seconds()}`);
      resolve(code === 0);
    });
  });
}
