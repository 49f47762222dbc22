import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';
import { afterEach, expect, test } from 'vitest';
import { openCouchDb } from './couchdb.ts';
import { StoreUnavailable } from './store.ts';

const PERSON = { name: 'tst-042', roles: ['operator', '_admin', 'made-up'] };

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server in CouchDB's place: answers as told and remembers what it was asked. */
async function inItsPlace(
  answer: (request: IncomingMessage, response: ServerResponse) => void
): Promise<{ url: string; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  server = createServer((request, response) => {
    asked.push(request);
    request.resume().on('end', () => answer(request, response));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://admin:secret@127.0.0.1:${port}`, asked };
}

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

test('a CouchDB that is not there, or never answers, is unavailable in bounded time', async () => {
  const nobody = openCouchDb({ url: 'http://admin:secret@127.0.0.1:9', timeoutMs: 500 });
  await expect(nobody.exists('box')).rejects.toThrow(StoreUnavailable);
  const { url } = await inItsPlace(() => {});
  const silent = openCouchDb({ url, timeoutMs: 200, jwtSecret: 'x'.repeat(32) });
  const started = Date.now();
  await expect(silent.get('box', 'a')).rejects.toThrow(StoreUnavailable);
  await expect(silent.put('box', { _id: 'a' }, PERSON)).rejects.toThrow(StoreUnavailable);
  expect(Date.now() - started).toBeLessThan(3000);
});

test('a page that some gate of the network sends is never taken for an acknowledgement', async () => {
  const { url } = await inItsPlace((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome to the guest network</h1>');
  });
  const store = openCouchDb({ url });
  await expect(store.put('box', { _id: 'a' }, PERSON)).rejects.toThrow(StoreUnavailable);
  await expect(store.bulk('box', [{ _id: 'a' }], PERSON, 'new')).rejects.toThrow(StoreUnavailable);
  await expect(store.create('box', [])).rejects.toThrow(StoreUnavailable);
  await expect(store.list('')).rejects.toThrow(StoreUnavailable);
});

test('a write carries a token of one minute for the person, without roles of the engine', async () => {
  const { url, asked } = await inItsPlace((_, response) => json(response, [{ ok: true, id: 'a', rev: '1-a' }], 201));
  await openCouchDb({ url, jwtSecret: 'x'.repeat(32) }).put('box', { _id: 'a' }, PERSON);
  const header = asked[0]?.headers.authorization ?? '';
  const claims = decodeJwt(header.replace('Bearer ', ''));
  expect(claims.sub).toBe('tst-042');
  expect(claims['_couchdb.roles']).toEqual(['operator']);
  expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(60);
});

test('a plate that is looked for is in no address, and in no error', async () => {
  const { url, asked } = await inItsPlace((request, response) => {
    if (request.url?.includes('_local') === true) json(response, { published: { retention: '_design/retention.0a' } });
    else json(response, { error: 'internal', reason: 'TST042 was in it' }, 500);
  });
  const looked = openCouchDb({ url }).view('box', 'retention', 'reads_by_plate', {
    key: ['TST042'],
    startKey: 'TST042',
    keys: ['TST042']
  });
  const error = await looked.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StoreUnavailable);
  expect(String(error)).toContain('500');
  expect(String(error)).not.toContain('TST042');
  expect(asked.map((request) => request.url)).toEqual([
    '/box/_local/designs',
    '/box/_design/retention.0a/_view/reads_by_plate'
  ]);
});

test('what fewer nodes than a majority have is not written', async () => {
  const { url } = await inItsPlace((_, response) =>
    json(response, [{ ok: true, id: 'a', rev: '1-a', accepted: true }], 202)
  );
  const store = openCouchDb({ url });
  await expect(store.put('box', { _id: 'a' }, PERSON)).rejects.toThrow(StoreUnavailable);
  await expect(store.bulk('box', [{ _id: 'a' }], PERSON, 'new')).rejects.toThrow(StoreUnavailable);
});

test('a full disk refuses no record: it is sent again when there is room', async () => {
  // The word as CouchDB 3.5 spells it.
  const full = { id: 'a', error: 'insufficent_storage', reason: 'database_dir is too full' };
  const { url } = await inItsPlace((_, response) => json(response, [full], 201));
  const store = openCouchDb({ url });
  await expect(store.put('box', { _id: 'a' }, PERSON)).rejects.toThrow(StoreUnavailable);
  await expect(store.bulk('box', [{ _id: 'a' }], PERSON, 'new')).rejects.toThrow('insufficent_storage');
});
