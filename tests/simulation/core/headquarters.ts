/** The server in memory: the real house with all its duties on a store that survives it, ended in the middle of anything and opened again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Designs } from '#designs/kinds.ts';
import { instantOf, type Instant } from '#domain/time/instant.ts';
import type { Member } from '#domain/records/agency.ts';
import { openHouse, tidy, type House } from '#server/house.ts';
import { loadKeys, type Keys } from '#server/keys/keys.ts';
import type { Store } from '#server/store/store.ts';
import { Chance } from '../chance.ts';
import { setDesignClock } from './compiled.ts';
import { Gateway, type Question, type Reply } from './gateway.ts';
import { MemoryStore } from './memory-store.ts';
import { Mortal } from './mortal.ts';

const PASSWORD = 'a long invented pass phrase';

/** What the server and everybody else go by. */
export class Time {
  constructor(public ms: number) {}

  get now(): Instant {
    return instantOf(this.ms);
  }
}

/** An agency that is set up, once for all seeds: its store, its keys, its people. */
export interface Founded {
  readonly designs: Designs;
  readonly keys: Keys;
  readonly store: MemoryStore;
  readonly operator: Member;
}

const SERGEANT = 'sergeant';
const INVESTIGATOR = 'investigator';
const DESIGNEE = 'designee';
export type SignInName = typeof SERGEANT | typeof INVESTIGATOR | typeof DESIGNEE;

export async function found(designs: Designs): Promise<Founded> {
  const folder = mkdtempSync(join(tmpdir(), 'platekeeper-simulation-'));
  const keys = await loadKeys(folder);
  rmSync(folder, { recursive: true });
  const store = new MemoryStore();
  const time = new Time(Date.parse('2026-02-01T12:00:00.000Z'));
  const agency = new Headquarters({ designs, keys, store }, time, new Chance(0));
  await agency.open();
  await agency.must({
    method: 'POST',
    path: '/api/setup',
    body: {
      code: agency.house.setupCode.issue(),
      agencyName: 'Example City Police Department',
      timeZone: 'America/Chicago',
      name: 'Sgt. S. Example',
      signInName: SERGEANT,
      password: PASSWORD,
      policy: { title: 'Policy 426', version: '2026-01', adoptedOn: '2026-01-05', adoptedBy: 'Chief C. Example' },
      trainingCourse: 'ALPR operator',
      trainingCompletedOn: '2026-01-10',
      grantSignedBy: 'Chief C. Example'
    }
  });
  // Second factors are not what is simulated.
  const { register } = agency.house;
  const made = register.agency();
  if (made !== undefined) await register.put({ ...made, secondFactor: 'optional' });
  const session = await agency.signIn(SERGEANT);
  const member = async (signInName: string, role: string): Promise<Member> => {
    const made = await agency.must<Member>({
      method: 'POST',
      path: '/api/members',
      session,
      body: { name: `Ofc. ${signInName}`, signInName, password: PASSWORD, roles: [role] }
    });
    const on = `/api/members/${made._id}`;
    const training = {
      course: 'ALPR operator',
      completedAt: '2026-01-10T06:00:00.000Z',
      expiresAt: null,
      trainer: 'T.'
    };
    await agency.must({ method: 'POST', path: `${on}/trainings`, session, body: training });
    const grant = { roles: [role], purpose: 'Patrol duties', signedBy: 'Chief C. Example', until: null };
    await agency.must({ method: 'POST', path: `${on}/grants`, session, body: grant });
    return made;
  };
  const operator = await member('operator', 'operator');
  await member(INVESTIGATOR, 'investigator');
  await member(DESIGNEE, 'designee');
  await agency.close();
  return { designs, keys, store, operator };
}

export class Headquarters {
  readonly #given: Pick<Founded, 'designs' | 'keys' | 'store'>;
  #life = new Mortal();
  #house: House | undefined;
  #gateway: Gateway | undefined;
  /** boxes of which something came that is not ingested */
  readonly #pushed = new Set<string>();
  /** what went wrong behind the scenes, which nothing should */
  readonly failures: unknown[] = [];

  constructor(
    given: Pick<Founded, 'designs' | 'keys' | 'store'>,
    readonly time: Time,
    private readonly chance: Chance,
    private readonly plant: (store: Store) => Store = (store) => store
  ) {
    this.#given = given;
  }

  /** The disk itself, for whoever looks at it from outside. */
  get store(): MemoryStore {
    return this.#given.store;
  }

  get house(): House {
    if (this.#house === undefined) throw new Error('The server is not running.');
    return this.#house;
  }

  get isUp(): boolean {
    return this.#house !== undefined && !this.#life.isOver;
  }

  /** Starts on what the store holds. False: it was ended while it started. */
  async open(dieAfter = Infinity): Promise<boolean> {
    const { chance, time } = this;
    const { designs, keys, store } = this.#given;
    const life = (this.#life = new Mortal());
    life.dieAfter(dieAfter);
    setDesignClock(time.ms);
    const opened = openHouse({
      store: this.plant(mortalStore(store, life, chance)),
      designs,
      keys,
      given: { now: () => time.now, newId: () => chance.uuid(), randomBytes: (count) => chance.bytes(count) },
      // The cheapest the library takes: passwords are not what is simulated.
      hashing: { memoryKiB: 64, passes: 1 },
      version: 'simulation',
      demo: false,
      failed: (error) => {
        if (!life.isOver) this.failures.push(error);
      }
    });
    const house = await Promise.race([opened, life.ended]);
    if (house === undefined) return false;
    this.#house = house;
    this.#pushed.clear();
    // A push waits for its ingest until the seed says so; run beside everything else, no seed would give the same run twice.
    const queue = { add: (boxId: string) => this.#pushed.add(boxId) } as unknown as House['queue'];
    this.#gateway = new Gateway({ ...house, queue });
    await this.#orEnd(house.queue.idle());
    return this.isUp;
  }

  /** Ends it after so many more steps of its store. */
  dieAfter(steps: number): void {
    this.#life.dieAfter(steps);
  }

  kill(): void {
    this.#life.end();
    this.#house = undefined;
  }

  async close(): Promise<void> {
    await this.#house?.queue.close();
    this.kill();
  }

  /** The minute's round, and a turn for every inbox, as the timers of the server would give. */
  async minute(): Promise<void> {
    const house = this.#house;
    if (house === undefined) return;
    setDesignClock(this.time.ms);
    await this.#orEnd(
      (async () => {
        await tidy(house);
        for (const inbox of await house.store.list('inbox-')) this.#pushed.add(inbox.slice('inbox-'.length));
        await this.#ingest(house);
      })()
    );
  }

  /** Lets the ingest finish what it has. */
  async settle(): Promise<void> {
    if (this.#house !== undefined) await this.#orEnd(this.#ingest(this.#house));
  }

  async #ingest({ queue }: House): Promise<void> {
    for (const boxId of this.#pushed) queue.add(boxId);
    this.#pushed.clear();
    await queue.idle();
  }

  /** undefined: nobody answered. */
  async ask(question: Question): Promise<Reply | undefined> {
    const gateway = this.#gateway;
    if (!this.isUp || gateway === undefined) return undefined;
    setDesignClock(this.time.ms);
    return this.#orEnd(gateway.ask(question));
  }

  async must<T>(question: Question): Promise<T> {
    const reply = await this.ask(question);
    if (reply === undefined || reply.status >= 300)
      throw new Error(`${question.method} ${question.path}: ${reply?.status} ${JSON.stringify(reply?.body)}`);
    return reply.body as T;
  }

  async signIn(signInName: SignInName): Promise<string | undefined> {
    const reply = await this.ask({ method: 'POST', path: '/api/session', body: { signInName, password: PASSWORD } });
    return reply?.session;
  }

  async #orEnd<T>(work: Promise<T>): Promise<T | undefined> {
    const life = this.#life;
    const answer = await Promise.race([work, life.ended.then(() => undefined)]);
    if (life.isOver) this.#house = undefined;
    return life.isOver ? undefined : answer;
  }
}

/** A store whose user may end between any two of its steps; a bulk may be written in part. */
function mortalStore(store: MemoryStore, life: Mortal, chance: Chance): Store {
  return {
    create: (...given) => life.step(() => store.create(...given)),
    drop: (...given) => life.step(() => store.drop(...given)),
    exists: (...given) => life.step(() => store.exists(...given)),
    filesOf: (...given) => life.step(() => store.filesOf(...given)),
    list: (...given) => life.step(() => store.list(...given)),
    info: (...given) => life.step(() => store.info(...given)),
    get: (...given) => life.step(() => store.get(...given)),
    attachment: (...given) => life.step(() => store.attachment(...given)),
    all: (...given) => life.step(() => store.all(...given)),
    put: (...given) => life.step(() => store.put(...given)),
    bulk: (database, documents, by, edits) =>
      life.step(
        () => store.bulk(database, documents, by, edits),
        () => store.bulk(database, documents.slice(0, chance.below(documents.length + 1)), by, edits)
      ),
    revsDiff: (...given) => life.step(() => store.revsDiff(...given)),
    getLocal: (...given) => life.step(() => store.getLocal(...given)),
    putLocal: (...given) => life.step(() => store.putLocal(...given)),
    view: (...given) => life.step(() => store.view(...given)),
    update: (...given) => life.step(() => store.update(...given)),
    close: () => Promise.resolve()
  };
}
