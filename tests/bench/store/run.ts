/**
 * What a day box costs on an engine: written, indexed, searched, dropped.
 *   npm run bench:store -- [--boxes 12] [--reads 1000]        the embedded engine, in a throw-away folder
 *   COUCH_URL=… COUCH_JWT_SECRET=… [COUCH_DATA_FOLDER=…] npm run bench:store     a CouchDB
 * Real reads with two pictures of 15 KB, under the real design documents. Its boxes are of days in the year 2999 and are dropped
 * afterwards. docs/operations/couchdb-cost.md works out from these figures what millions of reads cost.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadDesigns } from '#designs/load.ts';
import { openCouchDb } from '#server/store/couchdb.ts';
import { openEmbedded } from '#server/store/embedded.ts';
import type { Store, StoredDocument } from '#server/store/store.ts';
import { aRead } from '#tests/builders/records.ts';

const INGEST = { name: 'ingest', roles: ['ingest'] };
const PICTURE_BYTES = 15_000;
const BATCH = 100;
const LOOKS = 20;
const PLATE = 'TST042';

const { values } = parseArgs({
  options: { boxes: { type: 'string', default: '12' }, reads: { type: 'string', default: '1000' } }
});
const boxes = Number(values.boxes);
const reads = Number(values.reads);
if (!(boxes >= 1 && boxes <= 28 && reads >= 1)) {
  console.error('npm run bench:store -- [--boxes 1..28] [--reads N]');
  process.exit(2);
}
const { COUCH_URL: url, COUCH_JWT_SECRET: jwtSecret } = process.env;
const ownFolder = mkdtempSync(join(tmpdir(), 'bench-store-'));
const folder = url === undefined ? ownFolder : process.env['COUCH_DATA_FOLDER'];
const store =
  url === undefined
    ? openEmbedded({ folder: ownFolder })
    : openCouchDb({ url, timeoutMs: 600_000, ...(jwtSecret === undefined ? {} : { jwtSecret }) });

async function measure(store: Store): Promise<void> {
  const { reads: designs } = await loadDesigns();
  const days = Array.from({ length: boxes }, (_, n) => `2999-02-${String(n + 1).padStart(2, '0')}`);
  const names = days.map((day) => `reads-${day}`);
  for (const name of names) await store.drop(name);
  const before = bytesIn(folder);

  const made = await timed(async () => {
    for (const name of names) await store.create(name, designs);
  });
  const written = await timed(async () => {
    for (const day of days) await fill(store, day);
  });
  const indexed = await timed(() => Promise.all(names.map((name) => lookIn(store, name))));
  const bytes = bytesIn(folder) - before;

  const one: number[] = [];
  const all: number[] = [];
  for (let look = 0; look < LOOKS; look++) {
    one.push(await timed(() => lookIn(store, names[look % names.length] ?? '')));
    all.push(await timed(() => Promise.all(names.map((name) => lookIn(store, name)))));
  }
  const dropped: number[] = [];
  for (const name of names) dropped.push(await timed(() => store.drop(name)));

  const total = boxes * reads;
  console.log(
    `${url === undefined ? 'embedded engine' : 'CouchDB'}, ${boxes} day boxes of ${reads} reads with pictures`
  );
  console.log(`make a box              ${ms(made / boxes)}`);
  console.log(
    `write                   ${ms(written / total)} a read, ${((total / written) * 1000).toFixed(0)} reads/s`
  );
  console.log(`rest of the index       ${ms(indexed / total)} a read`);
  console.log(
    `on disk                 ${folder === undefined ? 'not on this machine' : `${(bytes / total / 1000).toFixed(1)} KB a read`}`
  );
  console.log(`a plate in one box      ${ms(middle(one))} (p95 ${ms(high(one))})`);
  console.log(
    `a plate in ${String(boxes).padStart(2)} boxes     ${ms(middle(all))} (p95 ${ms(high(all))}), ${ms(middle(all) / boxes)} a box`
  );
  console.log(`drop a box              ${ms(middle(dropped))} (p95 ${ms(high(dropped))})`);
}

/** One day's reads; one in a thousand is the plate that is looked for. */
async function fill(store: Store, day: string): Promise<void> {
  const collected = { collectedAt: `${day}T16:00:00.000Z`, destroyBy: `2999-03-${day.slice(8)}T16:00:00.000Z` };
  for (let at = 0; at < reads; at += BATCH) {
    const documents = Array.from({ length: Math.min(BATCH, reads - at) }, (_, n): StoredDocument => {
      const plate = (at + n) % 1000 === 0 ? PLATE : randomBytes(3).toString('hex').toUpperCase();
      const read = aRead({ ...collected, _id: randomUUID(), plate });
      return { ...read, _attachments: { 'plate.jpg': picture(), 'scene.jpg': picture() } };
    });
    const outcomes = await store.bulk(`reads-${day}`, documents, INGEST, 'new');
    const refused = outcomes.find((outcome) => outcome.kind !== 'written');
    if (refused !== undefined)
      throw new Error(`A read was not written: ${'code' in refused ? refused.code : refused.kind}`);
  }
}

function picture(): { content_type: string; data: string } {
  return { content_type: 'image/jpeg', data: randomBytes(PICTURE_BYTES).toString('base64') };
}

async function lookIn(store: Store, name: string): Promise<void> {
  const rows = await store.view(name, 'retention', 'reads_by_plate', {
    startKey: [PLATE],
    endKey: [PLATE, {}],
    includeDocs: true
  });
  if (rows.length !== Math.ceil(reads / 1000)) throw new Error(`${rows.length} rows found in ${name}.`);
}

function bytesIn(folder: string | undefined): number {
  if (folder === undefined) return 0;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

const sorted = (times: readonly number[]): number[] => [...times].sort((a, b) => a - b);
const middle = (times: readonly number[]): number => sorted(times)[Math.floor(times.length / 2)] ?? 0;
const high = (times: readonly number[]): number => sorted(times)[Math.floor(times.length * 0.95)] ?? 0;
const ms = (time: number): string => `${time < 10 ? time.toFixed(2) : time.toFixed(0)} ms`;

await measure(store);
await store.close();
rmSync(ownFolder, { recursive: true });
