import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadDesigns } from '#designs/load.ts';
import { msOf, instantOf, type Instant } from '#domain/time/instant.ts';
import type { Routes } from '#server/gateway/app.ts';
import { makeLog } from '#server/gateway/logging.ts';
import { loadKeys } from '#server/keys/keys.ts';
import { makeServer, type RunningServer } from '#server/server.ts';
import { openEmbedded } from '#server/store/embedded.ts';
import { canariesIn } from './canaries.ts';
import type { Store } from '#server/store/store.ts';

/** The real server on a real store in a folder of its own; a test says what time it is. */
export interface TestServer extends RunningServer {
  readonly store: Store;
  readonly folder: string;
  readonly logged: string[];
  /** of sessions and tablets, as they were given out */
  readonly tokens: Set<string>;
  /** faults of work behind the scenes */
  readonly failures: unknown[];
  now(): Instant;
  /** turns the clock */
  pass(ms: number): void;
  /** stops it and starts it again on the same folder */
  again(): Promise<TestServer>;
}

export interface TestOptions {
  readonly at?: Instant;
  readonly folder?: string;
  readonly around?: (store: Store) => Store;
  readonly appFolder?: string;
  readonly demo?: boolean;
  /** other duties than the server's own, to plant a wrong one */
  readonly routes?: readonly Routes[];
}

// A test must not fail because the machine is busy.
const PATIENT_MS = 60_000;
const CHEAP_HASHING = { memoryKiB: 64, passes: 1 };
export const NOON = '2026-11-22T18:00:00.000Z';

/** The real server for one test; it is closed and its folder removed when the test is over. */
export async function startServer(options: TestOptions = {}): Promise<TestServer> {
  const server = await openTestServer(options);
  onTestFinished(async () => {
    await server.close();
    rmSync(server.folder, { recursive: true, force: true });
    // S8: whatever a test did with the server, nothing of it may be in the log.
    const found = canariesIn(server.logged, server.tokens);
    if (found.length > 0) throw new Error(`The server's log holds: ${found.join(', ')}`);
  });
  return server;
}

/** The same without an end of its own: for benchmarks. */
export async function openTestServer(options: TestOptions = {}): Promise<TestServer> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'platekeeper-test-'));
  let nowMs = msOf(options.at ?? NOON);
  const clock = (): number => nowMs++;
  const logged: string[] = [];
  const failures: unknown[] = [];
  const plain = openEmbedded({ folder: join(folder, 'databases'), clock, functionTimeoutMs: PATIENT_MS });
  const store = options.around?.(plain) ?? plain;
  const server = await makeServer(
    {
      store,
      designs: await loadDesigns(),
      given: {
        now: () => instantOf(clock()),
        newId: () => randomUUID(),
        randomBytes: (count) => new Uint8Array(randomBytes(count))
      },
      keys: await loadKeys(join(folder, 'keys')),
      hashing: CHEAP_HASHING,
      version: '0.0.0-test',
      demo: options.demo ?? false,
      failed: (error) => failures.push(error)
    },
    {
      log: makeLog('debug', { write: (line: string) => void logged.push(line) }),
      appFolder: options.appFolder ?? join(folder, 'no-app'),
      tls: null,
      trustProxy: false,
      busyAfterMs: 0
    },
    options.routes
  );
  let open = true;
  const close = async (): Promise<void> => {
    if (open) await server.close();
    open = false;
  };
  return {
    ...server,
    close,
    store,
    folder,
    logged,
    tokens: new Set(),
    failures,
    now: () => instantOf(nowMs),
    pass: (ms) => {
      nowMs += ms;
    },
    again: async () => {
      await close();
      return startServer({ ...options, folder, at: instantOf(nowMs) });
    }
  };
}
