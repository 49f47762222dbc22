import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '#domain/time/instant.ts';
import type { SessionView } from '#domain/wire/answers.ts';
import { aMemberWith, anAgencyOn, aSetup, PASSWORD } from './support/agency.ts';
import { Browser } from './support/browser.ts';
import { startServer } from './support/server.ts';

test('setup works once, by the printed code alone, and makes an account that may do everything it must', async () => {
  const server = await startServer();
  const browser = new Browser(server);
  const code = server.house.setupCode.issue();
  expect((await browser.get('/api/status')).body).toMatchObject({ setUp: false, agencyName: null, demo: false });
  expect((await browser.post('/api/setup', aSetup('WRONG-CODE-0000'))).status).toBe(403);
  expect((await browser.post('/api/setup', aSetup(code, { timeZone: 'Mars/Olympus' }))).status).toBe(400);
  expect((await browser.post('/api/setup', { ...aSetup(code), extra: 1 })).status).toBe(400);
  expect((await browser.post('/api/setup', aSetup(code))).status).toBe(201);
  expect((await browser.post('/api/setup', aSetup(code))).status).toBe(409);
  expect((await browser.get('/api/status')).body).toMatchObject({ setUp: true });

  const view = (await browser.post('/api/session', { signInName: 'sergeant', password: PASSWORD })).body as SessionView;
  expect(view).toMatchObject({
    roles: ['administrator', 'supervisor'],
    captureFailures: [],
    policy: { version: '426' }
  });
  expect((await browser.get('/api/session')).body).toMatchObject({ member: { signInName: 'sergeant' } });
});

test('two setups at the same time make one agency', async () => {
  const server = await startServer();
  const code = server.house.setupCode.issue();
  const answers = await Promise.all([1, 2].map(() => new Browser(server).post('/api/setup', aSetup(code))));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
});

test('the session cookie is bound to this origin, unreadable for scripts and never sent across sites', async () => {
  const server = await startServer();
  await anAgencyOn(server);
  const answer = await new Browser(server).post('/api/session', { signInName: 'sergeant', password: PASSWORD });
  expect(String(answer.headers['set-cookie'])).toMatch(
    /^__Host-platekeeper=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/
  );
});

test('the token of a session and the password are kept nowhere', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const kept = JSON.stringify(await server.store.all('accounts'));
  expect(kept).not.toContain(sergeant.cookie);
  expect(kept).not.toContain(PASSWORD);
});

test('an unknown name and a wrong password are answered alike', async () => {
  const server = await startServer();
  await anAgencyOn(server);
  const browser = new Browser(server);
  const unknown = await browser.post('/api/session', { signInName: 'nobody', password: PASSWORD });
  const wrong = await browser.post('/api/session', { signInName: 'sergeant', password: 'another long password' });
  expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text]);
  expect(unknown.status).toBe(401);
});

test('after five wrong passwords a name waits 15 minutes at that address, and nobody else does', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  await aMemberWith(server, sergeant, 'operator');
  const guesser = new Browser(server);
  guesser.address = '10.0.0.66';
  const guess = (): Promise<{ status: number }> =>
    guesser.post('/api/session', { signInName: 'sergeant', password: 'a wrong guess' });
  for (let tries = 0; tries < 5; tries++) expect((await guess()).status).toBe(401);
  expect((await guess()).status).toBe(429);
  const right = { signInName: 'sergeant', password: PASSWORD };
  expect((await guesser.post('/api/session', right)).status).toBe(429);
  expect((await new Browser(server).post('/api/session', right)).status).toBe(201);
  expect((await guesser.post('/api/session', { signInName: 'somebody-operator', password: PASSWORD })).status).toBe(
    201
  );
  server.pass(15 * MINUTE_MS);
  expect((await guesser.post('/api/session', right)).status).toBe(201);
});

test('a session ends after 30 minutes without use, and after 12 hours of any use', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const status = async (): Promise<number> => (await sergeant.get('/api/session')).status;
  server.pass(29 * MINUTE_MS);
  expect(await status()).toBe(200);
  for (let passed = 29; passed + 29 < 12 * 60; passed += 29) {
    server.pass(29 * MINUTE_MS);
    expect(await status()).toBe(200);
  }
  server.pass(29 * MINUTE_MS);
  expect(await status()).toBe(401);

  await sergeant.post('/api/session', { signInName: 'sergeant', password: PASSWORD });
  server.pass(HOUR_MS / 2 + 1000);
  expect(await status()).toBe(401);
});

test('a session survives a restart of the server and ends at sign-out', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const next = await server.again();
  const same = new Browser(next);
  same.cookie = sergeant.cookie;
  const stolen = new Browser(next);
  stolen.cookie = sergeant.cookie;
  expect((await same.get('/api/session')).status).toBe(200);
  expect((await same.delete('/api/session')).status).toBe(204);
  expect((await stolen.get('/api/session')).status).toBe(401);
});

test('a disabled member is out at once, and the last administrator cannot be disabled', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  await sergeant.patch(`/api/members/${operator.member._id}`, { disabled: true });
  expect((await operator.get('/api/session')).status).toBe(401);
  expect((await operator.post('/api/session', { signInName: 'somebody-operator', password: PASSWORD })).status).toBe(
    401
  );
  const { member } = (await sergeant.get('/api/session')).body as SessionView;
  expect((await sergeant.patch(`/api/members/${member._id}`, { disabled: true })).status).toBe(409);
});

test('a request of another site changes nothing', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const foreign = { origin: 'https://evil.example' };
  expect((await sergeant.ask('POST', '/api/devices/codes', {}, foreign)).status).toBe(403);
  expect((await sergeant.ask('DELETE', '/api/session', undefined, { origin: 'null' })).status).toBe(403);
  expect(
    (await sergeant.ask('POST', '/api/session', { signInName: 'sergeant', password: PASSWORD }, foreign)).status
  ).toBe(403);
  expect(
    (await sergeant.ask('POST', '/api/devices/codes', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }))
      .status
  ).toBe(415);
  expect((await sergeant.get('/api/session')).status).toBe(200);
});

test('over plain http only loopback names are answered, so that no stranger can point a name at us', async () => {
  const server = await startServer();
  const browser = new Browser(server);
  expect((await browser.ask('GET', '/api/status', undefined, { host: 'evil.example:8426' })).status).toBe(421);
  for (const host of ['localhost:8426', '127.0.0.1:8426', '[::1]:8426'])
    expect((await browser.ask('GET', '/api/status', undefined, { host })).status).toBe(200);
});
