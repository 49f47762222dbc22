import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, test } from 'vitest';
import { openCouchDb } from '#server/store/couchdb.ts';
import { openEmbedded } from '#server/store/embedded.ts';
import type { Store, UserContext } from '#server/store/store.ts';
import { MemoryStore } from '#tests/simulation/core/memory-store.ts';
import { PLANTS } from './planted.ts';

/** An engine under contract, and what its suite needs to know. */
export interface Engine {
  readonly name: 'embedded' | 'memory' | 'couchdb';
  readonly store: Store;
  /** Whether design documents see the person who writes; not so in a CouchDB without the secret for tokens. */
  readonly knowsPeople: boolean;
  /** A database name nobody else uses; the database is dropped after the suite. */
  readonly box: (name?: string) => string;
}

/** Somebody with a role, for what is no question of who. */
export const SOMEBODY: UserContext = { name: 'somebody', roles: ['system'] };

const url = process.env['COUCH_URL'];
const jwtSecret = process.env['COUCH_JWT_SECRET'];
const dataFolder = process.env['COUCH_DATA_FOLDER'];

/**
 * Runs the same claims on every engine there is: the embedded one always, CouchDB when COUCH_URL names one
 * (`http://admin:password@127.0.0.1:5984`; COUCH_JWT_SECRET is its `[jwt_keys] hmac:_default`, decoded).
 */
export function onEveryEngine(suite: (engine: Engine) => void): void {
  describe('embedded', () => {
    const folder = mkdtempSync(join(tmpdir(), 'contract-'));
    const store = planted(openEmbedded({ folder }));
    suite(engineOf('embedded', store, true, () => rmSync(folder, { recursive: true })));
  });
  // The simulation's own: what it finds is worth no more than its store is like the others.
  describe('memory', () => {
    suite(engineOf('memory', new MemoryStore(), true));
  });
  if (url === undefined) {
    console.warn('NOT RUN ON COUCHDB: set COUCH_URL to run the contract on a real one.');
    describe.skipIf(true)('couchdb (COUCH_URL is not set)', () => test('the same contract', () => {}));
    return;
  }
  if (jwtSecret === undefined)
    console.warn('COUCHDB WITHOUT PEOPLE: set COUCH_JWT_SECRET; its claims about who writes are not run.');
  describe('couchdb', () => {
    const options = {
      url,
      ...(jwtSecret === undefined ? {} : { jwtSecret }),
      ...(dataFolder === undefined ? {} : { dataFolder })
    };
    suite(engineOf('couchdb', openCouchDb(options), jwtSecret !== undefined));
  });
}

// Set by the test that proves that the contract notices a difference.
function planted(store: Store): Store {
  return PLANTS[process.env['CONTRACT_PLANT'] ?? '']?.plant(store) ?? store;
}

function engineOf(name: Engine['name'], store: Store, knowsPeople: boolean, after = (): void => {}): Engine {
  const made: string[] = [];
  afterAll(async () => {
    for (const box of made) await store.drop(box);
    await store.close();
    after();
  });
  const box = (given = `contract-${randomBytes(6).toString('hex')}`): string => {
    made.push(given);
    return given;
  };
  return { name, store, knowsPeople, box };
}
