/**
 * Starts the server. The only file that reads the arguments, the environment, the clock and chance; everything else is given them.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadDesigns } from '#designs/load.ts';
import { openCouchDb } from '#server/store/couchdb.ts';
import { openEmbedded } from '#server/store/embedded.ts';
import type { SnapshotStore, Store } from '#server/store/store.ts';
import type { BackupPlace } from './backups/backups.ts';
import { backupKeyIn } from './backups/sealed-file.ts';
import { playDemo } from './demo/play.ts';
import { makeLog } from './gateway/logging.ts';
import type { Given } from './given.ts';
import { secretIn } from './keys/key-file.ts';
import { loadKeys } from './keys/keys.ts';
import { makeServer } from './server.ts';
import { CannotRun, HELP, readArguments, type Asked } from './setup/arguments.ts';
import { SHIPPED_HASHING_COST } from './users/passwords.ts';
import { resetAtConsole } from './users/reset-at-console.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const given: Given = {
  now: () => new Date().toISOString(),
  newId: () => randomUUID(),
  randomBytes: (count) => new Uint8Array(randomBytes(count))
};

async function placeOfBackups(asked: Asked, store: SnapshotStore, data: string): Promise<BackupPlace | undefined> {
  if (asked.backups === null) return undefined;
  const { folder, keyFile } = asked.backups;
  await secretIn(resolve(keyFile), () => Promise.resolve(randomBytes(32).toString('base64')));
  return { folder: resolve(folder), key: backupKeyIn(resolve(keyFile)), keysFolder: join(data, 'keys'), store };
}

function openCouch(): Store {
  const url = process.env['COUCH_URL'];
  if (url === undefined)
    throw new CannotRun('--store couchdb needs COUCH_URL, like http://admin:password@127.0.0.1:5984');
  const jwtSecret = process.env['COUCH_JWT_SECRET'];
  // Without it every entry of the trail would carry the name of CouchDB's administrator.
  if (jwtSecret === undefined || jwtSecret.length < 32)
    throw new CannotRun('--store couchdb needs COUCH_JWT_SECRET, as docs/operations/couchdb.md makes it.');
  const dataFolder = process.env['COUCH_DATA_FOLDER'];
  return openCouchDb({ url, jwtSecret, ...(dataFolder === undefined ? {} : { dataFolder }) });
}

async function run(asked: Asked): Promise<void> {
  const startedAt = performance.now();
  const data = asked.demo ? mkdtempSync(join(tmpdir(), 'platekeeper-demo-')) : resolve(asked.data);
  const throwAway = (): void => {
    if (asked.demo) rmSync(data, { recursive: true, force: true });
  };
  process.once('exit', throwAway);

  const log = makeLog(process.env['LOG_LEVEL'] ?? (asked.demo ? 'warn' : 'info'));
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const embedded = asked.store === 'embedded' ? openEmbedded({ folder: join(data, 'databases') }) : undefined;
  const backupPlace = embedded && (await placeOfBackups(asked, embedded, data));
  const server = await makeServer(
    {
      store: embedded ?? openCouch(),
      ...(backupPlace === undefined ? {} : { backupPlace }),
      ...(asked.hotlistFolder === null ? {} : { hotlistFolder: resolve(asked.hotlistFolder) }),
      designs: await loadDesigns(),
      given,
      keys: await loadKeys(join(data, 'keys')),
      hashing: SHIPPED_HASHING_COST,
      version,
      demo: asked.demo,
      failed: (error) => log.error({ err: error }, 'work behind the scenes failed')
    },
    {
      log,
      appFolder: join(ROOT, 'build/app'),
      tls: asked.tls && { cert: readFileSync(asked.tls.certFile), key: readFileSync(asked.tls.keyFile) },
      trustProxy: asked.trustProxy
    }
  );

  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    void server.close().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);

  if (asked.resetFactors !== null)
    console.log(
      (await resetAtConsole(server.house, asked.resetFactors))
        ? `The second factors of ${asked.resetFactors} are gone; the next sign-in with the password adds a new one.`
        : `No member signs in as ${asked.resetFactors}.`
    );
  const demo = asked.demo ? await playDemo(server.house, (line) => console.log(line)) : null;
  await server.app.listen({ port: asked.port, host: asked.host });
  const bound = server.app.server.address();
  const address = addressOf(asked, typeof bound === 'object' && bound !== null ? bound.port : asked.port);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`\nPlatekeeper ${version} is ready after ${seconds} s.`);
  if (demo !== null) console.log(demo);
  else if (server.house.register.agency() === undefined)
    console.log(
      `No account yet. Set up the agency and the Administration Sergeant, once, at:\n  ${address}/setup?code=${server.house.setupCode.issue()}`
    );
  console.log(`Open ${address}`);
  if (!asked.demo) console.log(`Data are kept in ${data}. Stop with Ctrl+C.`);
}

function addressOf(asked: Asked, port: number): string {
  // Every address of the machine is no address one can open.
  // A passkey needs a name: at an address in numbers a browser makes none.
  const named = ['0.0.0.0', '::', '127.0.0.1'].includes(asked.host) ? 'localhost' : asked.host;
  const host = named.includes(':') ? `[${named}]` : named;
  return `${asked.tls === null ? 'http' : 'https'}://${host}:${String(port)}`;
}

try {
  const asked = readArguments(process.argv.slice(2));
  if (asked === 'help') console.log(HELP);
  else await run(asked);
} catch (error) {
  if (!(error instanceof CannotRun)) throw error;
  console.error(error.message);
  process.exit(2);
}
