import { expect, test } from 'vitest';
import { MINUTE_MS } from '#domain/time/instant.ts';
import { NONCE_HEADER, PROOF_HEADER } from '#domain/wire/device-proof.ts';
import { anAgencyOn, aTablet } from './support/agency.ts';
import { Browser, ORIGIN, type Answered } from './support/browser.ts';
import { startServer, type TestServer } from './support/server.ts';
import { TabletKey } from './support/tablet-key.ts';

const HELLO = '/api/device/hello';

async function aTabletOn(server: TestServer): Promise<{ key: TabletKey; ask: (proof: string) => Promise<Answered> }> {
  const tablet = await aTablet(server, await anAgencyOn(server));
  await tablet.get(HELLO);
  const { device: key = await TabletKey.make() } = tablet;
  const stranger = new Browser(server);
  return { key, ask: (proof) => stranger.ask('GET', HELLO, undefined, { [PROOF_HEADER]: proof }) };
}

test('a proof that was replayed is refused, and one more of the same key is not', async () => {
  const { key, ask } = await aTabletOn(await startServer());
  const proof = await key.proofFor('GET', ORIGIN + HELLO);
  expect((await ask(proof)).status).toBe(200);
  for (let tries = 0; tries < 3; tries++)
    expect(await ask(proof)).toMatchObject({ status: 401, body: { code: 'staleProof' } });
  expect((await ask(await key.proofFor('GET', ORIGIN + HELLO))).status).toBe(200);
});

test('of a hundred copies of one proof that come at once, one is let in', async () => {
  const { key, ask } = await aTabletOn(await startServer());
  const proof = await key.proofFor('GET', ORIGIN + HELLO);
  const answers = await Promise.all(Array.from({ length: 100 }, () => ask(proof)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('a proof is good for its own request alone', async () => {
  const { key, ask } = await aTabletOn(await startServer());
  const elsewhere = [
    await key.proofFor('POST', ORIGIN + HELLO),
    await key.proofFor('GET', `${ORIGIN}/api/device/audit-head`),
    await key.proofFor('GET', `https://elsewhere.example${HELLO}`)
  ];
  for (const proof of elsewhere)
    expect(await ask(proof)).toMatchObject({ status: 401, body: { code: 'tabletNotAccepted' } });
});

test('a proof grows old by the server’s clock, whatever the tablet’s says, and the server tells what to use', async () => {
  const server = await startServer();
  const { key, ask } = await aTabletOn(server);
  const [early, late] = [await key.proofFor('GET', ORIGIN + HELLO), await key.proofFor('GET', ORIGIN + HELLO)];
  server.pass(3 * MINUTE_MS);
  const answer = await ask(early);
  expect(answer.status, 'within the life of its nonce').toBe(200);
  expect(answer.headers[NONCE_HEADER], 'the one to use from now on').toEqual(expect.any(String));
  server.pass(3 * MINUTE_MS);
  const refused = await ask(late);
  expect(refused).toMatchObject({ status: 401, body: { code: 'staleProof' } });
  key.hear(refused.headers[NONCE_HEADER]);
  for (const iat of [-1e9, 4e9])
    expect((await ask(await key.proofFor('GET', ORIGIN + HELLO, { iat }))).status, 'a clock decades off').toBe(200);
});

test('a proof of before a restart of the server is refused', async () => {
  const server = await startServer();
  const { key } = await aTabletOn(server);
  const proof = await key.proofFor('GET', ORIGIN + HELLO);
  const again = new Browser(await server.again());
  expect(await again.ask('GET', HELLO, undefined, { [PROOF_HEADER]: proof })).toMatchObject({ status: 401 });
});

test('nothing but the enrolled key opens the tablet’s door', async () => {
  const server = await startServer();
  const { key, ask } = await aTabletOn(server);
  const strange = await TabletKey.make();
  [strange.deviceId, strange.nonce] = [key.deviceId, key.nonce];
  const unsigned = (await key.proofFor('GET', ORIGIN + HELLO)).replace(/[^.]+$/, '');
  const header = Buffer.from(JSON.stringify({ typ: 'dpop+jwt', alg: 'none', kid: key.deviceId })).toString('base64url');
  const [, claims = ''] = unsigned.split('.');
  for (const proof of [
    await strange.proofFor('GET', ORIGIN + HELLO),
    unsigned,
    `${header}.${claims}.`,
    'x',
    '',
    await key.proofFor('GET', ORIGIN + HELLO, { jti: 'x'.repeat(100) })
  ])
    expect(await ask(proof)).toMatchObject({ status: 401, body: { code: 'tabletNotAccepted' } });
  const bearer = { authorization: `Bearer ${await key.proofFor('GET', ORIGIN + HELLO)}` };
  expect((await new Browser(server).ask('GET', HELLO, undefined, bearer)).status).toBe(401);
});

test('nothing that the server keeps or logs lets anybody speak for a tablet', async () => {
  const server = await startServer();
  const { key, ask } = await aTabletOn(server);
  const proof = await key.proofFor('GET', ORIGIN + HELLO);
  await ask(proof);
  const kept = JSON.stringify([await server.store.all('accounts'), await server.store.all('register'), server.logged]);
  for (const secret of [proof, proof.split('.')[2] ?? '', key.nonce]) expect(kept).not.toContain(secret);
});
