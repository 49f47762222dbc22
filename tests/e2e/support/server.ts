/** The real server in a process of its own, as `npm start` runs it on a built app. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const STARTS_WITHIN_MS = 120_000;

export interface RunningServer {
  readonly url: string;
  /** the one-time code of the setup link, while there is no account */
  readonly setupCode: string | undefined;
  /** everything it has printed since it started */
  printed(): string;
  /** of its process, while it runs */
  readonly pid: number | undefined;
  /** kill -9: no farewell, nothing flushed that was not */
  kill(): Promise<void>;
  /** starts again on the same port with the same data */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** folder of its data; absent in the demo, which keeps its own */
  readonly data?: string;
  readonly demo?: boolean;
}

/** Starts the server on a free port and waits until it says that it is ready. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const port = await freePort();
  const kind = options.demo === true ? ['--demo'] : ['--data', options.data ?? ''];
  const args = ['--import', 'tsx', 'sync-server/src/main.ts', '--port', String(port), ...kind];
  let printed = '';
  let child: ChildProcess;

  const start = async (): Promise<void> => {
    printed = '';
    child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    await new Promise<void>((ready, failed) => {
      const late = setTimeout(() => {
        failed(new Error(`The server was not ready in time. It printed:\n${printed}`));
      }, STARTS_WITHIN_MS);
      const take = (chunk: Buffer): void => {
        printed += chunk.toString();
        if (!/^Open http/m.test(printed)) return;
        clearTimeout(late);
        ready();
      };
      child.stdout?.on('data', take);
      child.stderr?.on('data', take);
      child.once('exit', () => {
        clearTimeout(late);
        failed(new Error(`The server ended by itself. It printed:\n${printed}`));
      });
    });
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  };

  await start();
  return {
    // As the server prints it: a passkey needs a name.
    url: `http://localhost:${port}`,
    get setupCode() {
      return /\/setup\?code=(\S+)/.exec(printed)?.[1];
    },
    printed: () => printed,
    get pid() {
      return child.pid;
    },
    kill: () => end('SIGKILL'),
    restart: start,
    stop: () => end('SIGTERM')
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}
