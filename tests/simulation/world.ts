/** The real server, in this process, on a clock and a chance of ours; it can be ended and opened again on its data. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Designs } from '#designs/kinds.ts';
import { instantOf, msOf, type Instant } from '#domain/time/instant.ts';
import { makeLog } from '#server/gateway/logging.ts';
import { loadKeys } from '#server/keys/keys.ts';
import { makeServer, type RunningServer } from '#server/server.ts';
import { openCouchDb } from '#server/store/couchdb.ts';
import { openEmbedded } from '#server/store/embedded.ts';
import type { Store } from '#server/store/store.ts';
import { NONCE_HEADER, PROOF_HEADER } from '#domain/wire/device-proof.ts';
import type { TabletKey } from '#tests/server/support/tablet-key.ts';
import type { Chance } from './chance.ts';

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export interface Asked {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  /** the tablet that asks */
  readonly device?: TabletKey;
  readonly cookie?: string;
  readonly body?: unknown;
}

/** A scratch CouchDB: every database of ours in it is dropped at the end. */
const COUCH_URL = process.env['COUCH_URL'];

const ORIGIN = 'http://127.0.0.1:8426';

export class World {
  readonly #folder = mkdtempSync(join(tmpdir(), 'platekeeper-simulation-'));
  #now: number;
  #server: RunningServer | undefined;

  constructor(
    readonly chance: Chance,
    private readonly designs: Designs,
    startsAt: Instant
  ) {
    this.#now = msOf(startsAt);
    mkdirSync(join(this.#folder, 'app'));
    writeFileSync(join(this.#folder, 'app', 'index.html'), '<!doctype html><title>Platekeeper</title>');
  }

  now(): Instant {
    return instantOf(COUCH_URL === undefined ? this.#now : Date.now());
  }

  /** A real CouchDB has a clock of its own: there, time passes as it does. */
  passes(ms: number): void {
    this.#now += ms;
  }

  #openStore(): Store {
    if (COUCH_URL === undefined)
      return openEmbedded({ folder: join(this.#folder, 'databases'), clock: () => this.#now });
    const jwtSecret = process.env['COUCH_JWT_SECRET'];
    return openCouchDb({ url: COUCH_URL, ...(jwtSecret !== undefined && { jwtSecret }) });
  }

  get server(): RunningServer {
    if (this.#server === undefined) throw new Error('The server is not running.');
    return this.#server;
  }

  async open(): Promise<void> {
    const { chance } = this;
    this.#server = await makeServer(
      {
        store: this.#openStore(),
        designs: this.designs,
        given: { now: () => this.now(), newId: () => chance.uuid(), randomBytes: (count) => chance.bytes(count) },
        keys: await loadKeys(join(this.#folder, 'keys')),
        // The cheapest the library takes: passwords are not what is simulated.
        hashing: { memoryKiB: 64, passes: 1 },
        version: 'simulation',
        demo: false,
        failed: (error) => {
          throw error;
        }
      },
      { log: makeLog('silent'), appFolder: join(this.#folder, 'app'), tls: null, trustProxy: false }
    );
  }

  async restart(): Promise<void> {
    await this.server.close();
    await this.open();
  }

  async ask(asked: Asked): Promise<Reply & { readonly cookie: string | undefined }> {
    const { freshNonce, ...reply } = await this.#askOnce(asked);
    return freshNonce && reply.status === 401 ? this.#askOnce(asked) : reply;
  }

  async #askOnce({ method, path, device, cookie, body }: Asked) {
    const answer = await this.server.app.inject({
      method,
      url: path,
      headers: {
        host: '127.0.0.1:8426',
        origin: ORIGIN,
        ...(device !== undefined && { [PROOF_HEADER]: await device.proofFor(method, ORIGIN + path) }),
        ...(cookie !== undefined && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' })
      },
      ...(body !== undefined && { payload: JSON.stringify(body) })
    });
    device?.hear(answer.headers[NONCE_HEADER]);
    const [set] = [answer.headers['set-cookie'] ?? []].flat();
    return {
      status: answer.statusCode,
      freshNonce: NONCE_HEADER in answer.headers,
      body: answer.payload === '' ? null : (JSON.parse(answer.payload) as unknown),
      cookie: set?.split(';')[0]
    };
  }

  /** Asks and expects a yes. */
  async must<T>(asked: Asked): Promise<T> {
    const reply = await this.ask(asked);
    if (reply.status >= 300)
      throw new Error(`${asked.method} ${asked.path}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body as T;
  }

  /** Sets the agency up and signs its Administration Sergeant in; answers the session cookie. */
  async setUp(): Promise<string> {
    const signIn = { signInName: 'sgt.example', password: 'a long invented pass phrase' };
    await this.must({
      method: 'POST',
      path: '/api/setup',
      body: {
        code: this.server.house.setupCode.issue(),
        agencyName: 'Example City Police Department',
        timeZone: 'America/Chicago',
        name: 'Sgt. S. Example',
        ...signIn,
        policy: { title: 'Policy 426', version: '2026-01', adoptedOn: '2026-01-05', adoptedBy: 'Chief C. Example' },
        trainingCourse: 'ALPR operator',
        trainingCompletedOn: this.now().slice(0, 10) > '2026-01-10' ? '2026-01-10' : '2025-01-10',
        grantSignedBy: 'Chief C. Example'
      }
    });
    // Second factors are not what is simulated.
    const { register } = this.server.house;
    const agency = register.agency();
    if (agency !== undefined) await register.put({ ...agency, secondFactor: 'optional' });
    const { cookie } = await this.ask({ method: 'POST', path: '/api/session', body: signIn });
    if (cookie === undefined) throw new Error('No session was given.');
    return cookie;
  }

  async end(): Promise<void> {
    if (COUCH_URL !== undefined) for (const name of await this.server.house.store.list('')) await this.#dropped(name);
    await this.#server?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #dropped(name: string): Promise<void> {
    if (!name.startsWith('_')) await this.server.house.store.drop(name);
  }
}
