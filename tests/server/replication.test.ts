import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { aMemberWith, anAgencyOn, aTablet } from './support/agency.ts';
import { aLoadedHotlist } from './support/agency.ts';
import { aCapture } from './support/capture.ts';
import { TabletKey } from './support/tablet-key.ts';
import { startServer } from './support/server.ts';
import { TabletBox } from './support/tablet.ts';

async function aBoxOnServer() {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  const tablet = await aTablet(server, sergeant);
  const list = await aLoadedHotlist(server, sergeant);
  const box = new TabletBox(server, tablet);
  await box.open();
  await box.seal(...aCapture(tablet.enrollment, operator.member, list, server.now()).contents);
  return { server, sergeant, tablet, box };
}

test('the five verbs answer as CouchDB does, so that a replicator feels at home', async () => {
  const { tablet, box } = await aBoxOnServer();
  const info = await tablet.get(`${box.path}/`);
  expect(info.body).toMatchObject({ db_name: `inbox-${box.boxId}`, doc_count: 0 });

  const checkpoint = `${box.path}/_local/m2cVnrHrHQmHk2hQ1ZPi8A.3D.3D`;
  expect(await tablet.get(checkpoint)).toMatchObject({ status: 404, body: { error: 'not_found', reason: 'missing' } });

  const rev = '1-0123456789abcdef0123456789abcdef';
  const asked = Object.fromEntries(box.sealed.map(({ _id }) => [_id, [rev]]));
  const missing = await tablet.post(`${box.path}/_revs_diff`, asked);
  expect(missing.body).toEqual(Object.fromEntries(box.sealed.map(({ _id }) => [_id, { missing: [rev] }])));

  expect(await box.push()).toMatchObject({ status: 201, body: [] });
  expect((await tablet.post(`${box.path}/_revs_diff`, asked)).body).toEqual({});

  const put = await tablet.put(checkpoint, { session_id: 's', last_seq: 4, version: 1 });
  expect(put).toMatchObject({ status: 201, body: { ok: true } });
  expect((await tablet.get(checkpoint)).body).toMatchObject({ _rev: '0-1', session_id: 's', last_seq: 4 });
  const again = await tablet.put(checkpoint, { session_id: 's', last_seq: 5, _rev: '0-1' });
  expect(again.body).toMatchObject({ ok: true, rev: '0-2' });
});

test('documents with new edits are answered one by one, a refused one by its rule', async () => {
  const { tablet, box } = await aBoxOnServer();
  const [first] = box.sealed;
  const answer = await tablet.post(`${box.path}/_bulk_docs`, {
    docs: [
      first,
      { ...first, _id: `${box.boxId}:00000009`, plate: 'TST042' },
      { ...first, _id: `${randomUUID()}:00000001` }
    ]
  });
  expect(answer.body).toMatchObject([
    { ok: true, id: first?._id },
    { id: `${box.boxId}:00000009`, error: 'forbidden' },
    { error: 'forbidden', reason: 'wrongBox: the record belongs to another box' }
  ]);
});

test('a record in clear never enters an inbox', async () => {
  const { server, tablet, box } = await aBoxOnServer();
  const answer = await tablet.post(`${box.path}/_bulk_docs`, {
    docs: [{ _id: `${box.boxId}:00000001`, _rev: '1-abc', kind: 'read', plate: 'TST042' }],
    new_edits: false
  });
  expect(answer.body).toMatchObject([{ error: 'forbidden' }]);
  expect((await server.store.info(`inbox-${box.boxId}`)).documents).toBe(0);
});

test('nothing can be read back', async () => {
  const { tablet, box } = await aBoxOnServer();
  await box.push();
  const id = box.sealed[0]?._id ?? '';
  for (const path of ['_changes', '_all_docs', id, '_bulk_get', '_find', '_design/admission', '_security']) {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE'])
      expect((await tablet.ask(method, `${box.path}/${path}`, method === 'GET' ? undefined : {})).status).toBe(404);
  }
  // The server's own notes in the inbox are not the tablet's to read.
  expect((await tablet.get(`${box.path}/_local/ingest-progress`)).status).toBe(404);
});

test("another tablet's box is closed: not opened, not read, not written, not receipted, not finished", async () => {
  const { server, sergeant, box } = await aBoxOnServer();
  const other = await aTablet(server, sergeant);
  const answers = await Promise.all([
    other.put(`/api/device/boxes/${box.boxId}`),
    other.get(`/api/device/boxes/${box.boxId}/receipt`),
    other.delete(`/api/device/boxes/${box.boxId}?count=0`),
    other.get(`${box.path}/`),
    other.get(`${box.path}/_local/x`),
    other.put(`${box.path}/_local/x`, {}),
    other.post(`${box.path}/_revs_diff`, {}),
    other.post(`${box.path}/_bulk_docs`, { docs: [] })
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403));
});

test('a tablet’s key reaches no database but inboxes', async () => {
  const { tablet } = await aBoxOnServer();
  for (const database of ['register', 'accounts', 'public', 'reads-2026-11-22', 'audit-2026-11', 'inbox-x']) {
    expect((await tablet.get(`/db/${database}/`)).status).toBe(403);
    expect((await tablet.post(`/db/${database}/_bulk_docs`, { docs: [] })).status).toBe(403);
  }
});

test('a revoked tablet and a made-up key are turned away', async () => {
  const { sergeant, tablet, box } = await aBoxOnServer();
  await sergeant.delete(`/api/devices/${tablet.enrollment.deviceId}`);
  expect((await box.push()).status).toBe(401);
  expect((await tablet.get('/api/device/hello')).status).toBe(401);
  tablet.device = await TabletKey.make();
  expect((await tablet.get('/api/device/hello')).status).toBe(401);
});

test('too much, too deep and malformed pushes are refused without a fault', async () => {
  const { server, tablet, box } = await aBoxOnServer();
  const deep = '['.repeat(50) + ']'.repeat(50);
  expect((await tablet.ask('POST', `${box.path}/_bulk_docs`, `{"docs":[{"_id":"x","a":${deep}}]}`)).status).toBe(400);
  expect(
    (await tablet.ask('POST', `${box.path}/_bulk_docs`, `{"docs":"${'x'.repeat(17 * 1024 * 1024)}"}`)).status
  ).toBe(413);
  expect((await tablet.ask('POST', `${box.path}/_bulk_docs`, '{"docs":')).status).toBe(400);
  expect((await tablet.ask('POST', `${box.path}/_bulk_docs`, '{"__proto__":{"docs":[]}}')).status).toBe(400);
  expect((await tablet.post(`${box.path}/_bulk_docs`, { docs: [null] })).status).toBe(400);
  expect(
    (await tablet.post(`${box.path}/_bulk_docs`, { docs: Array.from({ length: 1001 }, () => ({ _id: 'x' })) })).status
  ).toBe(400);
  expect((await tablet.post(`${box.path}/_revs_diff`, { x: 'y' })).status).toBe(400);
  expect(server.logged.filter((line) => line.includes('"level":50'))).toEqual([]);
});
