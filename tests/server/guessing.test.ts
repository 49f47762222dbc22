import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { MINUTE_MS } from '#domain/time/instant.ts';
import { aMemberWith, anAgencyOn, PASSWORD } from './support/agency.ts';
import { Browser, type Answered } from './support/browser.ts';
import { startServer } from './support/server.ts';

// 10,000 at release.
const TRIES = Number(process.env['SIGN_IN_TRIES'] ?? 1000);

test('a thousand bad sign-ins: nobody is let in, the others are unharmed, and the server does little work for them', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  await aMemberWith(server, sergeant, 'operator');
  const before = server.house.passwords.made;
  const entries = server.house.ledger.size;
  const statuses = new Set<number>();
  const words = new Set<string>();
  for (let n = 0; n < TRIES; n++) {
    const guesser = new Browser(server);
    // A third guesses one name from everywhere, a third everything from one address, a third anything from anywhere.
    guesser.address = n % 3 === 1 ? '10.0.0.66' : `10.${String(n % 251)}.${String(n % 241)}.${String(n % 239)}`;
    const signInName = n % 3 === 0 ? 'sergeant' : n % 2 === 0 ? 'somebody-operator' : `nobody-${String(n)}`;
    const answer = await guesser.post('/api/session', { signInName, password: `guess number ${String(n)}` });
    statuses.add(answer.status);
    words.add(answer.text);
    server.pass(20);
  }
  expect([...statuses].sort()).toEqual([401, 429]);
  // Wrong and unknown are one sentence; the other two ask to wait.
  expect(words.size).toBeLessThanOrEqual(3);
  expect(server.house.passwords.made - before).toBeLessThan(500);
  expect(server.house.ledger.size - entries).toBeLessThan(500);

  const right = { signInName: 'sergeant', password: PASSWORD };
  expect((await sergeant.get('/api/session')).status).toBe(200);
  expect((await new Browser(server).post('/api/session', right)).status).toBe(201);
  expect((await new Browser(server).post('/api/session', { ...right, signInName: 'somebody-operator' })).status).toBe(
    201
  );
}, 300_000);

test('an unknown name and a wrong password are the same work and the same answer, until and after the wait', async () => {
  const server = await startServer();
  await anAgencyOn(server);
  const seen = async (signInName: string): Promise<unknown[]> => {
    const guesser = new Browser(server);
    guesser.address = `10.0.${signInName === 'sergeant' ? '1' : '2'}.1`;
    const all: unknown[] = [];
    for (let n = 0; n < 8; n++) {
      const before = server.house.passwords.made;
      const { status, text } = await guesser.post('/api/session', { signInName, password: 'a wrong guess' });
      all.push([status, text, server.house.passwords.made - before]);
    }
    return all;
  };
  expect(await seen('nobody')).toEqual(await seen('sergeant'));
}, 60_000);

test('a token of a session that has ended, of another server, or that was made up is refused', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const replayed = new Browser(server);
  replayed.cookie = sergeant.cookie;
  await sergeant.delete('/api/session');
  const ask = async (cookie: string | undefined): Promise<Answered> => {
    replayed.cookie = cookie;
    return replayed.get('/api/audit');
  };
  expect((await ask(replayed.cookie)).status).toBe(401);
  const other = await anAgencyOn(await startServer());
  for (const cookie of [other.cookie, 'x', randomUUID(), 'A'.repeat(43), `${'A'.repeat(43)}; admin=1`])
    expect((await ask(cookie)).status).toBe(401);
});

test('a second session at the same time is noted in the trail, a session after the first has ended is not', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const second = new Browser(server);
  await second.post('/api/session', { signInName: 'sergeant', password: PASSWORD });
  expect((await server.house.trail.latest(1))[0]).toMatchObject({ action: 'signIn', note: 'anotherSessionOpen' });
  await sergeant.delete('/api/session');
  server.pass(31 * MINUTE_MS);
  await second.post('/api/session', { signInName: 'sergeant', password: PASSWORD });
  expect((await server.house.trail.latest(1))[0]?.note).toBeUndefined();
});
