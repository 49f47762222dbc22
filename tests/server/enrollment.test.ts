import { compactVerify, decodeJwt, importJWK } from 'jose';
import { expect, test } from 'vitest';
import { HOUR_MS, instantOf, MINUTE_MS, msOf } from '#domain/time/instant.ts';
import type { EnrollmentCode, Lease } from '#domain/wire/answers.ts';
import { newRelease, Releases } from '#server/devices/releases.ts';
import { aMemberWith, anAgencyOn, aTablet } from './support/agency.ts';
import { Browser } from './support/browser.ts';
import { startServer } from './support/server.ts';

test('an enrollment code enrolls one tablet within ten minutes', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const newCode = async (): Promise<string> =>
    ((await sergeant.post('/api/devices/codes')).body as EnrollmentCode).code;
  const enroll = (code: string): Promise<{ status: number }> =>
    new Browser(server).post('/api/enrollment', { code, label: 'Tablet 1' });
  const code = await newCode();
  const both = await Promise.all([enroll(code), enroll(code.toLowerCase())]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 403]);
  expect((await enroll(code)).status).toBe(403);
  const late = await newCode();
  server.pass(10 * MINUTE_MS);
  expect((await enroll(late)).status).toBe(403);
  expect(JSON.stringify(await server.store.all('accounts'))).not.toContain(code);
});

test('no officer of a tablet is out of reach of a withdrawal, whatever the id begins with', async () => {
  const server = await startServer();
  const given = { now: () => server.now(), newId: () => '', randomBytes: (count: number) => new Uint8Array(count) };
  const releases = new Releases(server.store, given);
  const officers = ['0', '9', 'a', 'f'].map((first) => `${first}c4455b6-25fb-4219-96da-7acb6125cd87`);
  for (const memberId of officers) await releases.agree(newRelease(given, 'tablet-1', memberId));
  await releases.agree(newRelease(given, 'tablet-2', officers[0] ?? ''));
  expect((await releases.on('tablet-1')).map(({ memberId }) => memberId)).toEqual(officers);
});

test('a lease is signed, names the officer and the tablet, and lasts a day', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  const tablet = await aTablet(server, sergeant);
  const both = new Browser(server);
  [both.cookie, both.token] = [operator.cookie, tablet.token];
  const { lease: jws } = (await both.post('/api/lease')).body as { lease: string };
  const { payload } = await compactVerify(jws, await importJWK(tablet.enrollment.signingKey, 'ES256'));
  const lease = JSON.parse(new TextDecoder().decode(payload)) as Lease;
  expect(lease).toMatchObject({
    kind: 'lease',
    deviceId: tablet.enrollment.deviceId,
    member: { _id: operator.member._id },
    roles: ['operator'],
    policyVersion: '426'
  });
  expect(msOf(lease.expiresAt) - msOf(lease.issuedAt)).toBe(24 * HOUR_MS);
});

test('a lease never outlasts the written authorization', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const tablet = await aTablet(server, sergeant);
  const member = await aMemberWith(server, sergeant, 'auditor');
  await sergeant.patch(`/api/members/${member.member._id}`, { roles: ['operator'] });
  const both = new Browser(server);
  [both.cookie, both.token] = [member.cookie, tablet.token];
  expect(await both.post('/api/lease')).toMatchObject({ status: 403, body: { code: 'noRole', failures: ['noRole'] } });

  const until = instantOf(msOf(server.now()) + 2 * HOUR_MS);
  const temp = { name: 'Ofc. T. Temp', signInName: 'temp', password: 'a long enough password', roles: ['operator'] };
  const { _id } = (await sergeant.post('/api/members', temp)).body as { _id: string };
  const training = {
    course: 'ALPR course',
    completedAt: '2026-02-01T06:00:00.000Z',
    expiresAt: null,
    trainer: 'Sgt. T. Example'
  };
  await sergeant.post(`/api/members/${_id}/trainings`, training);
  const grant = { roles: ['operator'], purpose: 'One shift', signedBy: 'Chief C. Example', until };
  await sergeant.post(`/api/members/${_id}/grants`, grant);
  await both.post('/api/session', { signInName: 'temp', password: 'a long enough password' });
  const { lease } = (await both.post('/api/lease')).body as { lease: string };
  expect(decodeJwt<Lease>(lease).expiresAt).toBe(until);
});

test('without training, policy or authorization there is no lease, and every reason is said', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const tablet = await aTablet(server, sergeant);
  await sergeant.post('/api/members', {
    name: 'Ofc. U. Untrained',
    signInName: 'untrained',
    password: 'a long enough password',
    roles: ['operator']
  });
  const both = new Browser(server);
  await both.post('/api/session', { signInName: 'untrained', password: 'a long enough password' });
  both.token = tablet.token;
  await sergeant.put('/api/agency', { retentionDays: 30, backupDays: 0, suspended: true });
  const { body } = await both.post('/api/lease');
  expect((body as { failures: string[] }).failures).toEqual(['suspended', 'noTraining', 'noGrant', 'noRole']);
});
