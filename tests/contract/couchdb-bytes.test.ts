/**
 * What is left in CouchDB's data folder. Runs when the folder is on this machine: COUCH_DATA_FOLDER beside COUCH_URL.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openCouchDb } from '#server/store/couchdb.ts';
import type { StoredDocument, WriteOutcome } from '#server/store/store.ts';
import { SOMEBODY } from './engine.ts';
import { someDesign } from './some-design.ts';

const url = process.env['COUCH_URL'] ?? '';
const folder = process.env['COUCH_DATA_FOLDER'] ?? '';
const hasFolder = url !== '' && folder !== '';
if (!hasFolder) console.warn('WHAT COUCHDB LEAVES ON DISK IS NOT LOOKED AT: set COUCH_URL and COUCH_DATA_FOLDER.');

const GONE = { timeout: 60_000, interval: 250 };

describe.skipIf(!hasFolder)('bytes in the data folder of CouchDB', () => {
  // Described, and skipped, without one too.
  const store = openCouchDb({ url: url === '' ? 'http://127.0.0.1:5984' : url });
  const made: string[] = [];
  afterAll(async () => {
    for (const box of made) await store.drop(box);
    await store.close();
  });

  const aBox = async (): Promise<string> => {
    const box = `contract-bytes-${randomBytes(6).toString('hex')}`;
    made.push(box);
    await store.create(box, [someDesign()]);
    return box;
  };
  // Random, so that compression in the files leaves it whole.
  const aCanary = (): string => `tst042${randomBytes(16).toString('hex')}`;
  const revOf = (outcome: WriteOutcome | undefined): string => (outcome?.kind === 'written' ? outcome.rev : '');

  /** Files that hold the canary, wherever they lie below the folder. */
  function filesWith(canary: string): string[] {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return files.map((file) => join(file.parentPath, file.name)).filter((path) => holds(path, canary));
  }

  function holds(path: string, canary: string): boolean {
    try {
      return readFileSync(path).includes(canary);
    } catch {
      // Removed since the folder was listed.
      return false;
    }
  }

  const documents = (canary: string): StoredDocument[] =>
    Array.from({ length: 100 }, (_, n) => ({ _id: `d${n}`, key: canary, n, text: randomBytes(600).toString('hex') }));

  test('a dropped box leaves no byte of its documents and indexes', async () => {
    const [box, canary] = [await aBox(), aCanary()];
    const picture = { content_type: 'image/jpeg', data: Buffer.from(canary.repeat(40)).toString('base64') };
    const withPictures = documents(canary).map((document) => ({ ...document, _attachments: { p: picture } }));
    await store.bulk(box, withPictures, SOMEBODY, 'new');
    expect(await store.view(box, 'some', 'by_key', { key: canary })).toHaveLength(100);
    // The control: while the box is there the search finds its documents and its index.
    const before = filesWith(canary);
    expect(before.some((file) => file.endsWith('.couch'))).toBe(true);
    expect(before.some((file) => file.endsWith('.view'))).toBe(true);
    await store.drop(box);
    await expect.poll(() => filesWith(canary), GONE).toEqual([]);
  }, 120_000);

  test('the control: deleting every document leaves bytes on the disk', async () => {
    const [box, canary] = [await aBox(), aCanary()];
    const written = await store.bulk(box, documents(canary), SOMEBODY, 'new');
    const deleted = written.map((o): StoredDocument => ({ _id: o.id, _rev: revOf(o), _deleted: true }));
    await store.bulk(box, deleted, SOMEBODY, 'new');
    expect(await store.all(box)).toEqual([]);
    expect(filesWith(canary)).not.toEqual([]);
  }, 120_000);

  test('the index of a design that was replaced is gone from the disk', async () => {
    const box = await aBox();
    await store.bulk(box, documents(aCanary()), SOMEBODY, 'new');
    await store.view(box, 'some', 'by_key');
    const indexes = (): string[] =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
        (file) => file.includes(`${box}.`) && file.endsWith('.view')
      );
    const [first] = indexes();
    expect(first).toBeDefined();
    await store.create(box, [someDesign({ views: { by_n: { map: 'function (doc) { emit(doc.n, null); }' } } })]);
    await expect.poll(() => indexes().includes(first ?? ''), GONE).toBe(false);
    expect(await store.view(box, 'some', 'by_n')).toHaveLength(100);
    expect(indexes()).toHaveLength(1);
  }, 120_000);
});
