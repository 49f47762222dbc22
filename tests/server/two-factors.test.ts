import { Secret } from 'otpauth';
import { expect, test } from 'vitest';
import { MINUTE_MS } from '#domain/time/instant.ts';
import type {
  FactorAdded,
  FactorsAnswer,
  NewAuthenticator,
  PasskeyChallenge,
  SessionView
} from '#domain/wire/answers.ts';
import { resetAtConsole } from '#server/users/reset-at-console.ts';
import { aMemberWith, anAgencyOn, aSetup, PASSWORD } from './support/agency.ts';
import { Browser, type Answered } from './support/browser.ts';
import { addPasskey, codeOf, confirm, newAuthenticator, signInWith, STEP_MS } from './support/factors.ts';
import { Passkey } from './support/passkey.ts';
import { startServer, type TestServer } from './support/server.ts';

const SERGEANT = { signInName: 'sergeant', password: PASSWORD };

/** An agency as it ships: a second factor is required. Nobody is signed in. */
async function anAgencyThatRequires(server: TestServer): Promise<Browser> {
  const browser = new Browser(server);
  await browser.post('/api/setup', aSetup(server.house.setupCode.issue()));
  return browser;
}

async function addAuthenticator(
  server: TestServer,
  browser: Browser
): Promise<{ app: NewAuthenticator; codes: readonly string[] }> {
  const app = await newAuthenticator(browser);
  const added = await confirm(server, browser, app);
  expect(added.status).toBe(201);
  return { app, codes: (added.body as FactorAdded).recoveryCodes ?? [] };
}

async function withAPasskey(browser: Browser): Promise<Passkey> {
  const passkey = new Passkey();
  expect((await addPasskey(browser, passkey)).status).toBe(201);
  return passkey;
}

const codeIn = (answer: Answered): string | undefined => (answer.body as { code?: string } | undefined)?.code;

test('who signs in with a password alone may do nothing but add a second factor, and is let in with it', async () => {
  const server = await startServer();
  const sergeant = await anAgencyThatRequires(server);
  const view = (await sergeant.post('/api/session', SERGEANT)).body as SessionView;
  expect(view.mustAddFactor).toBe(true);
  const half = sergeant.cookie;
  for (const path of ['/api/members', '/api/audit', '/api/hits'])
    expect([(await sergeant.get(path)).status, codeIn(await sergeant.get(path))]).toEqual([403, 'addFactorFirst']);
  expect(codeIn(await sergeant.post('/api/session/factors/recovery-codes'))).toBe('addFactorFirst');
  const { codes } = await addAuthenticator(server, sergeant);
  expect(codes).toHaveLength(10);
  expect((await sergeant.get('/api/members')).status).toBe(200);
  // The token of before is worth nothing any more.
  const old = new Browser(server);
  old.cookie = half;
  expect((await old.get('/api/session')).status).toBe(401);
});

test('with an authenticator app the password asks for a code; each code counts once, half a minute early or late', async () => {
  const server = await startServer();
  const sergeant = await anAgencyThatRequires(server);
  await sergeant.post('/api/session', SERGEANT);
  const { app } = await addAuthenticator(server, sergeant);
  const browser = new Browser(server);
  const signIn = async (code?: string): Promise<Answered> =>
    browser.post('/api/session', { ...SERGEANT, ...(code !== undefined && { code }) });
  expect(codeIn(await signIn())).toBe('codeNeeded');
  expect(browser.cookie).toBeUndefined();
  // The code of the enrollment itself is used up.
  expect(codeIn(await signIn(codeOf(server, app)))).toBe('wrongFactor');
  server.pass(2 * STEP_MS);
  const code = codeOf(server, app, -1);
  expect((await signIn(code)).status).toBe(201);
  expect(codeIn(await signIn(code))).toBe('wrongFactor');
  server.pass(20 * MINUTE_MS);
  expect(codeIn(await signIn(codeOf(server, app, 2)))).toBe('wrongFactor');
  expect(codeIn(await signIn(codeOf(server, app, -2)))).toBe('wrongFactor');
  const next = codeOf(server, app);
  const both = await Promise.all(
    [1, 2].map(() => new Browser(server).post('/api/session', { ...SERGEANT, code: next }))
  );
  expect(both.map(({ status }) => status).sort()).toEqual([201, 401]);
});

test('guessed codes wait like guessed passwords, and a right password does not forgive them', async () => {
  const server = await startServer();
  const sergeant = await anAgencyThatRequires(server);
  await sergeant.post('/api/session', SERGEANT);
  const { app } = await addAuthenticator(server, sergeant);
  server.pass(STEP_MS);
  const guesser = new Browser(server);
  guesser.address = '10.0.0.66';
  const right = codeOf(server, app);
  const guesses = ['111111', '222222', '333333', '444444', '555555', '666666'].filter((code) => code !== right);
  for (const code of guesses.slice(0, 5)) {
    expect((await guesser.post('/api/session', SERGEANT)).status).toBe(401);
    expect((await guesser.post('/api/session', { ...SERGEANT, code })).status).toBe(401);
  }
  expect((await guesser.post('/api/session', { ...SERGEANT, code: right })).status).toBe(429);
});

test('a recovery code lets in once, and neither codes nor secrets lie in the database', async () => {
  const server = await startServer();
  const sergeant = await anAgencyThatRequires(server);
  await sergeant.post('/api/session', SERGEANT);
  const { app, codes } = await addAuthenticator(server, sergeant);
  const [code = ''] = codes;
  const browser = new Browser(server);
  expect((await browser.post('/api/session', { ...SERGEANT, code: code.toLowerCase() })).status).toBe(201);
  expect(codeIn(await browser.post('/api/session', { ...SERGEANT, code }))).toBe('wrongFactor');
  const { recoveryCodesLeft } = (await browser.get('/api/session/factors')).body as FactorsAnswer;
  expect(recoveryCodesLeft).toBe(9);
  const kept = JSON.stringify(await server.store.all('accounts'));
  expect(kept).toContain('recoveryCodes');
  for (const secret of [app.secret, Secret.fromBase32(app.secret).hex.toLowerCase(), ...codes])
    expect(kept).not.toContain(secret);
});

test('a passkey signs in by itself; with passkeys alone the password does not', async () => {
  const server = await startServer();
  const sergeant = await anAgencyThatRequires(server);
  await sergeant.post('/api/session', SERGEANT);
  const passkey = await withAPasskey(sergeant);
  const browser = new Browser(server);
  expect(codeIn(await browser.post('/api/session', SERGEANT))).toBe('passkeyNeeded');
  const view = (await signInWith(browser, passkey)).body as SessionView;
  expect(view).toMatchObject({ member: { signInName: 'sergeant' }, mustAddFactor: false });
  expect((await browser.get('/api/members')).status).toBe(200);
});

test('a passkey of elsewhere, a copy that lags behind, a replayed or unverified answer is refused', async () => {
  const server = await startServer();
  const sergeant = await anAgencyThatRequires(server);
  await sergeant.post('/api/session', SERGEANT);
  const passkey = await withAPasskey(sergeant);
  const browser = new Browser(server);
  const stranger = new Passkey();
  for (const wrong of [
    { origin: 'https://evil.example' },
    { rpId: 'evil.example' },
    { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
    { unverified: true as const },
    { counter: 1 },
    { signedBy: stranger }
  ])
    expect([wrong, (await signInWith(browser, passkey, wrong)).status]).toEqual([wrong, 401]);
  // Somebody else's passkey does not become the sergeant's by naming them.
  expect((await signInWith(browser, stranger)).status).toBe(401);
  const { options } = (await browser.post('/api/session/passkey-challenge')).body as PasskeyChallenge;
  const answer = passkey.answer(options);
  expect((await browser.post('/api/session/passkey', answer)).status).toBe(201);
  expect((await browser.post('/api/session/passkey', answer)).status).toBe(401);
  const late = (await browser.post('/api/session/passkey-challenge')).body as PasskeyChallenge;
  server.pass(5 * MINUTE_MS);
  expect((await browser.post('/api/session/passkey', passkey.answer(late.options))).status).toBe(401);
  // A challenge to prove it anew signs nobody in, and what the browser alone may know is not taken.
  const proof = (await browser.post('/api/session/proof-challenge')).body as PasskeyChallenge;
  expect((await browser.post('/api/session/passkey', passkey.answer(proof.options))).status).toBe(401);
  const { options: fresh } = (await browser.post('/api/session/passkey-challenge')).body as PasskeyChallenge;
  const telling = { ...passkey.answer(fresh), clientExtensionResults: { prf: { results: { first: 'secret' } } } };
  expect((await browser.post('/api/session/passkey', telling)).status).toBe(400);
});

test('the last second factor stays where one is required, and nobody removes another’s', async () => {
  const server = await startServer();
  const sergeant = await anAgencyThatRequires(server);
  await sergeant.post('/api/session', SERGEANT);
  await withAPasskey(sergeant);
  const first = (await sergeant.get('/api/session/factors')).body as FactorsAnswer;
  const remove = (id = ''): Promise<Answered> => sergeant.delete(`/api/session/factors/${id}`);
  expect(codeIn(await remove(first.factors[0]?.id))).toBe('lastFactor');
  expect(codeIn(await remove('00000000-0000-4000-8000-000000000099'))).toBe('notYourFactor');
  await addAuthenticator(server, sergeant);
  expect((await remove(first.factors[0]?.id)).status).toBe(204);
  const { factors, required } = (await sergeant.get('/api/session/factors')).body as FactorsAnswer;
  expect([factors.map(({ kind }) => kind), required]).toEqual([['authenticator'], true]);
});

test('who has lost everything is let in again by whoever holds the server, and it is in the trail', async () => {
  const server = await startServer();
  const sergeant = await anAgencyThatRequires(server);
  await sergeant.post('/api/session', SERGEANT);
  await withAPasskey(sergeant);
  expect(await resetAtConsole(server.house, 'nobody')).toBe(false);
  expect(await resetAtConsole(server.house, 'Sergeant')).toBe(true);
  expect((await server.house.trail.latest(1))[0]).toMatchObject({ action: 'resetFactors', actor: { id: 'gateway' } });
  expect((await sergeant.get('/api/session')).status).toBe(401);
  expect(((await sergeant.post('/api/session', SERGEANT)).body as SessionView).mustAddFactor).toBe(true);
});

test('the Administration Sergeant resets a member’s factors: out at once, enrolled anew, and it is in the trail', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  await withAPasskey(operator);
  expect((await operator.delete(`/api/members/${operator.member._id}/factors`)).status).toBe(403);
  expect((await sergeant.delete(`/api/members/${operator.member._id}/factors`)).status).toBe(204);
  expect((await server.house.trail.latest(1))[0]).toMatchObject({
    action: 'resetFactors',
    object: { id: operator.member._id },
    actorName: 'Sgt. A. Example'
  });
  expect((await operator.get('/api/session')).status).toBe(401);
  expect(await server.house.factors.of(operator.member._id)).toEqual([]);
  expect(JSON.stringify(await server.store.all('accounts'))).not.toContain('recoveryCodes');
  await sergeant.put('/api/agency', { retentionDays: 30, backupDays: 0, suspended: false, secondFactor: 'required' });
  const again = (await operator.post('/api/session', { signInName: operator.member.signInName, password: PASSWORD }))
    .body as SessionView;
  expect(again.mustAddFactor).toBe(true);
});
