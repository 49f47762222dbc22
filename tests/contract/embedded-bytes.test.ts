import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, test } from 'vitest';
import { openEmbedded } from '#server/store/embedded.ts';
import { SOMEBODY } from './engine.ts';
import { someDesign } from './some-design.ts';

const folder = mkdtempSync(join(tmpdir(), 'bytes-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Files of the folder that hold these bytes, in clear or as base64. */
function filesWith(canary: string): string[] {
  return readdirSync(folder).filter((file) => {
    const bytes = readFileSync(join(folder, file));
    return bytes.includes(canary) || bytes.includes(Buffer.from(canary).toString('base64').slice(0, 12));
  });
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

test('a dropped box leaves no byte of a document, a key or a picture in the folder', async () => {
  const store = openEmbedded({ folder });
  const canary = `TST042CANARY${randomBytes(4).toString('hex')}`;
  await store.create('reads-2026-11-22', [someDesign()]);
  await store.create('other', [someDesign()]);
  const picture = { content_type: 'image/jpeg', data: Buffer.from(canary.repeat(500)).toString('base64') };
  const documents = Array.from({ length: 300 }, (_, n) => ({
    _id: `d${n}`,
    key: canary,
    n,
    _attachments: { p: picture }
  }));
  await store.bulk('reads-2026-11-22', documents, SOMEBODY, 'new');
  await store.put('other', { _id: 'a' }, SOMEBODY);
  // The control: before the drop the search must find it.
  expect(filesWith(canary)).not.toEqual([]);
  const stillOpen = openSync(join(folder, 'reads-2026-11-22.sqlite'), 'r');
  await store.drop('reads-2026-11-22');
  expect(filesWith(canary)).toEqual([]);
  expect(readdirSync(folder).filter((file) => file.includes('reads'))).toEqual([]);
  // Even through a handle that was open before there is nothing left to read.
  expect(fstatSync(stillOpen).size).toBe(0);
  closeSync(stillOpen);
  await store.close();
});

test('a deleted document is overwritten in the file', async () => {
  const store = openEmbedded({ folder });
  const canary = `TST041CANARY${randomBytes(4).toString('hex')}`;
  await store.create('shred', []);
  const written = await store.put('shred', { _id: 'a', text: canary }, SOMEBODY);
  const rev = written.kind === 'written' ? written.rev : '';
  expect(filesWith(canary)).not.toEqual([]);
  await store.put('shred', { _id: 'a', _rev: rev, _deleted: true }, SOMEBODY);
  await store.close();
  expect(filesWith(canary)).toEqual([]);
});

test('a box made again under a name keeps its writes when the old one is cleaned up late', async () => {
  const store = openEmbedded({ folder });
  await store.create('again', [someDesign()]);
  await store.put('again', { _id: 'old', key: 1, n: 1 }, SOMEBODY);
  await store.view('again', 'some', 'by_key');
  await store.drop('again');
  await store.create('again', [someDesign()]);
  await store.put('again', { _id: 'new', key: 2, n: 2 }, SOMEBODY);
  collectGarbage();
  await new Promise((resolve) => setTimeout(resolve, 50));
  collectGarbage();
  expect(readdirSync(folder)).toContain('again.sqlite-wal');
  const second = openEmbedded({ folder });
  expect((await second.all('again')).map((d) => d._id)).toEqual(['new']);
  await second.close();
  await store.close();
});

test('more boxes than may be open at a time are all served', async () => {
  const store = openEmbedded({ folder, maxOpen: 3 });
  const names = Array.from({ length: 10 }, (_, n) => `many-${n}`);
  for (const name of names) {
    await store.create(name, [someDesign()]);
    await store.put(name, { _id: 'a', key: name, n: 1 }, SOMEBODY);
  }
  for (const name of names) expect(await store.view(name, 'some', 'by_key', { key: name })).toHaveLength(1);
  expect(await store.list('many-')).toEqual(names);
  await store.close();
});

test('a design function without an end refuses its own document only', async () => {
  const store = openEmbedded({ folder, functionTimeoutMs: 200 });
  const validate = 'function (doc) { if (doc.slow) for (;;); }';
  await store.create('slow', [
    { _id: '_design/slow.0123456789ab', language: 'javascript', validate_doc_update: validate }
  ]);
  const outcomes = await store.bulk('slow', [{ _id: 'a' }, { _id: 'b', slow: true }, { _id: 'c' }], SOMEBODY, 'new');
  expect(outcomes.map((o) => (o.kind === 'refused' ? o.code : o.kind))).toEqual(['written', 'designFault', 'written']);
  await store.close();
});

test('a design that does not compile changes nothing', async () => {
  const store = openEmbedded({ folder });
  await store.create('kept', [someDesign()]);
  const broken = {
    _id: '_design/some.ffffffffffff',
    language: 'javascript',
    validate_doc_update: 'function ('
  } as const;
  await expect(store.create('kept', [broken])).rejects.toThrow('compile');
  expect(await store.put('kept', { _id: 'a', bad: true }, SOMEBODY)).toMatchObject({ code: 'bad' });
  await expect(store.create('never', [broken])).rejects.toThrow('compile');
  expect(await store.exists('never')).toBe(false);
  await store.close();
});

test('with a clock given, design functions see that time', async () => {
  const store = openEmbedded({ folder, clock: () => Date.parse('2026-02-28T23:59:59.999Z') });
  const handler =
    'function (before, request) { return [{ _id: "a", at: new Date().toISOString(), ms: Date.now(), leap: new Date(2024, 1, 29).getDate() }, ""]; }';
  await store.create('clock', [{ _id: '_design/c.0123456789ab', language: 'javascript', updates: { stamp: handler } }]);
  await store.update('clock', 'c', 'stamp', null, {}, SOMEBODY);
  expect(await store.get('clock', 'a')).toMatchObject({ at: '2026-02-28T23:59:59.999Z', ms: 1772323199999, leap: 29 });
  await store.close();
});
