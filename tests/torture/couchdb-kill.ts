/**
 * Kills a CouchDB over and over while records are pushed into it through the store, and looks whether everything it acknowledged is
 * there afterwards, once, and in its index (R2, the engine's part).
 *
 *   COUCH_URL=… COUCH_START='/opt/couchdb/bin/couchdb' npm run torture:couch -- [--rounds 40] [--seed 426]
 *
 * COUCH_START runs the engine of COUCH_URL in the foreground; this program starts and kills it, so it must be nobody else's and must
 * not run yet. What a kill shows and what it does not: the process dies as it would of a fault; a power cut is another rig. Exit code
 * 1 when anything was lost, or when the control - one acknowledged record removed behind the engine's back - was not found out.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openCouchDb } from '#server/store/couchdb.ts';
import { StoreUnavailable, type Store, type StoredDocument } from '#server/store/store.ts';
import { someDesign } from '#tests/contract/some-design.ts';
import { Chance } from '#tests/simulation/chance.ts';

const WRITER = { name: 'writer', roles: ['system'] };
const WRITERS = 4;
const BATCH = 20;
const UP_WITHIN_MS = 120_000;

interface Acknowledged {
  readonly id: string;
  readonly text: string;
}

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '40' }, seed: { type: 'string', default: '426' } }
});
const { COUCH_URL: url, COUCH_START: command, COUCH_JWT_SECRET: jwtSecret } = process.env;
const rounds = Number(values.rounds);
if (url === undefined || command === undefined || !(Number.isInteger(rounds) && rounds > 0)) {
  console.error('COUCH_URL=… COUCH_START="command that runs it" npm run torture:couch -- [--rounds N] [--seed N]');
  process.exit(2);
}
const store = openCouchDb({ url, timeoutMs: 120_000, ...(jwtSecret === undefined ? {} : { jwtSecret }) });
if (await isUp(store)) {
  console.error('An engine runs at COUCH_URL already. This program starts and kills its own.');
  process.exit(2);
}

process.exit((await torture(store, command)) ? 0 : 1);

async function torture(store: Store, command: string): Promise<boolean> {
  const chance = new Chance(Number(values.seed));
  const box = `kill-${randomBytes(6).toString('hex')}`;
  const acknowledged: Acknowledged[] = [];
  let cut = 0;
  let slowestMs = 0;
  let engine = await start(store, command);
  await store.create(box, [someDesign()]);
  for (let round = 0; round < rounds; round++) {
    const stop = new AbortController();
    const writers = Array.from({ length: WRITERS }, (_, n) =>
      write(store, box, `${round}-${n}`, n % 2 === 0, stop.signal)
    );
    await wait(300 + chance.below(1700));
    await kill(engine);
    stop.abort();
    for (const written of await Promise.all(writers)) {
      acknowledged.push(...written.acknowledged);
      if (written.wasCut) cut += 1;
    }
    const startedAt = performance.now();
    engine = await start(store, command);
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    console.log(`round ${round + 1}: ${acknowledged.length} acknowledged, ${cut} pushes cut off`);
  }
  const faults = await lookFor(store, box, acknowledged);
  const control = await removeOne(store, box, acknowledged);
  const found = await lookFor(store, box, acknowledged);
  await store.drop(box);
  await kill(engine);
  const isFoundOut = found.some((fault) => fault.includes(control));
  console.log(
    `${rounds} kills, ${cut} pushes cut off, ${acknowledged.length} acknowledged, ${faults.length} lost or changed; ` +
      `up again within ${(slowestMs / 1000).toFixed(1)} s; control ${isFoundOut ? 'found out' : 'NOT FOUND OUT'}; seed ${values.seed}`
  );
  for (const fault of faults.slice(0, 20)) console.log(`FAULT: ${fault}`);
  return faults.length === 0 && isFoundOut && cut > 0;
}

/** Pushes batches until the engine is gone; half of the writers as a replicator does, with revisions of their own. */
async function write(
  store: Store,
  box: string,
  name: string,
  replicated: boolean,
  stop: AbortSignal
): Promise<{ acknowledged: Acknowledged[]; wasCut: boolean }> {
  const acknowledged: Acknowledged[] = [];
  for (let batch = 0; !stop.aborted; batch++) {
    const documents = Array.from({ length: BATCH }, (_, n): StoredDocument & { text: string } => ({
      _id: `${name}-${batch}-${n}`,
      ...(replicated ? { _rev: `1-${randomBytes(16).toString('hex')}` } : {}),
      key: name,
      n: 1,
      text: randomBytes(1000).toString('hex')
    }));
    try {
      const outcomes = await store.bulk(box, documents, WRITER, replicated ? 'replicated' : 'new');
      outcomes.forEach((outcome, n) => {
        if (outcome.kind === 'written') acknowledged.push({ id: outcome.id, text: documents[n]?.text ?? '' });
      });
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return { acknowledged, wasCut: true };
    }
  }
  return { acknowledged, wasCut: false };
}

/** What is wrong with the box: acknowledged records that are missing or changed, and an index that tells of others. */
async function lookFor(store: Store, box: string, acknowledged: readonly Acknowledged[]): Promise<string[]> {
  const there = new Map((await store.all(box)).map((document) => [document._id, document['text']]));
  const indexed = (await store.view(box, 'some', 'by_key')).map((row) => row.id ?? '');
  const known = new Set(indexed);
  return [
    ...acknowledged.filter(({ id, text }) => there.get(id) !== text).map(({ id }) => `${id} is lost or changed`),
    ...[...there.keys()].filter((id) => !known.has(id)).map((id) => `${id} is not in the index`),
    ...(indexed.length === known.size ? [] : ['the index tells of a record twice'])
  ];
}

async function removeOne(store: Store, box: string, acknowledged: readonly Acknowledged[]): Promise<string> {
  const id = acknowledged[0]?.id ?? '';
  const there = await store.get(box, id);
  await store.put(box, { _id: id, _rev: there?._rev ?? '', _deleted: true }, WRITER);
  return id;
}

async function start(store: Store, command: string): Promise<ChildProcess> {
  const engine = spawn('/bin/sh', ['-c', `exec ${command}`], { stdio: 'ignore', detached: true });
  const deadline = Date.now() + UP_WITHIN_MS;
  while (!(await isUp(store))) {
    if (Date.now() > deadline) throw new Error(`The engine was not up within ${UP_WITHIN_MS / 1000} s.`);
    await wait(200);
  }
  return engine;
}

async function isUp(store: Store): Promise<boolean> {
  try {
    await store.list('');
    return true;
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    return false;
  }
}

async function kill(engine: ChildProcess): Promise<void> {
  const ended = once(engine, 'exit');
  if (engine.pid !== undefined) process.kill(-engine.pid, 'SIGKILL');
  await ended;
}
