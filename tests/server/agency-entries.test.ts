import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { entryOfLine } from '#domain/matching/packed-line.ts';
import type { AgencyEntry } from '#domain/records/agency-entry.ts';
import { DAY_MS, HOUR_MS, instantOf, msOf } from '#domain/time/instant.ts';
import type { AgencyEntryRow, DeviceHello } from '#domain/wire/answers.ts';
import { AN_ENTRY, aMemberWith, anAgencyOn, aTablet } from './support/agency.ts';
import type { Browser } from './support/browser.ts';
import { startServer, type TestServer } from './support/server.ts';

async function aScene() {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  return {
    server,
    sergeant,
    investigator: await aMemberWith(server, sergeant, 'investigator'),
    supervisor: await aMemberWith(server, sergeant, 'supervisor'),
    tablet: await aTablet(server, sergeant)
  };
}

async function listOn(tablet: Browser): Promise<ReturnType<typeof entryOfLine>[]> {
  const hello = (await tablet.get('/api/device/hello')).body as DeviceHello;
  const [list] = hello.hotlists;
  if (list === undefined || list.rows === 0) return [];
  const part = gunzipSync((await tablet.get(`/api/device/hotlists/${list._id}/parts/0`)).bytes);
  return part.toString('utf8').trim().split('\n').map(entryOfLine);
}

async function proposed(by: Browser, given: object = {}): Promise<string> {
  const { status, body } = await by.post('/api/agency-entries', { ...AN_ENTRY, ...given });
  expect(status).toBe(201);
  return (body as AgencyEntry)._id;
}

const plateBoxes = (server: TestServer): Promise<readonly string[]> => server.store.list('entry-');

test('an entry reaches the tablets when somebody else has approved it, and is gone with its plate when it expires', async () => {
  const { server, investigator, supervisor, tablet } = await aScene();
  const id = await proposed(investigator);
  expect(await listOn(tablet)).toEqual([]);
  expect(await investigator.post(`/api/agency-entries/${id}/approval`)).toMatchObject({ status: 403 });
  expect(await listOn(tablet)).toEqual([]);
  expect((await supervisor.post(`/api/agency-entries/${id}/approval`)).status).toBe(200);
  const [entry] = await listOn(tablet);
  expect(entry).toMatchObject({ plate: 'TST077', category: 'agencyInvestigative', caseNumber: '26-004412' });
  expect(entry?.approval).toMatchObject({ author: investigator.member._id, approver: supervisor.member._id });
  server.pass(7 * DAY_MS);
  await server.house.agencyEntries.run();
  expect(await listOn(tablet)).toEqual([]);
  expect(await plateBoxes(server)).toEqual([]);
  await server.house.hotlists.dropReplaced(server.now());
});

test('the author approves nothing of his own, with every role there is', async () => {
  const { server, sergeant } = await aScene();
  const both = await aMemberWith(server, sergeant, 'investigator', 'supervisor');
  const id = await proposed(both);
  expect(await both.post(`/api/agency-entries/${id}/approval`)).toMatchObject({
    status: 403,
    body: { code: 'entrySelfApproval' }
  });
});

test.each([
  ['without a case number', { caseNumber: '' }, 'malformed'],
  ['without an offense', { offense: '' }, 'malformed'],
  ['without facts', { factualBasis: 'inv' }, 'malformed'],
  ['with words for facts', { factualBasis: 'investigation investigation' }, 'basisTooVague'],
  ['that is not attested', { attested: false }, 'malformed'],
  ['for more than thirty days', { days: 31 }, 'malformed'],
  ['that looks for a person without a warrant or exigency', { looksFor: 'person' }, 'trackingNeedsAuthority']
])('an entry %s is refused', async (_, given, code) => {
  const { server, investigator } = await aScene();
  expect(await investigator.post('/api/agency-entries', { ...AN_ENTRY, ...given })).toMatchObject({
    status: 400,
    body: { code }
  });
  expect(await plateBoxes(server)).toEqual([]);
});

test('exigent circumstances end after a day, and the entry with them', async () => {
  const { server, sergeant, investigator, tablet } = await aScene();
  const until = (hours: number) => instantOf(msOf(server.now()) + hours * HOUR_MS);
  const facts = 'A child was taken from the yard an hour ago';
  const person = (hours: number) => ({
    looksFor: 'person',
    tracking: { kind: 'exigency', facts, until: until(hours) }
  });
  expect(await investigator.post('/api/agency-entries', { ...AN_ENTRY, ...person(25) })).toMatchObject({
    body: { code: 'exigencyTooLong' }
  });
  const id = await proposed(investigator, person(23));
  expect((await sergeant.post(`/api/agency-entries/${id}/approval`)).status).toBe(200);
  expect(await listOn(tablet)).toHaveLength(1);
  server.pass(DAY_MS);
  await server.house.agencyEntries.run();
  expect(await listOn(tablet)).toEqual([]);
});

test('an entry that is ended or declined is gone from the tablets at once, and what was said of it stays without its plate', async () => {
  const { server, investigator, supervisor, tablet } = await aScene();
  const [ended, declined] = [await proposed(investigator), await proposed(investigator, { plate: 'TST078' })];
  await supervisor.post(`/api/agency-entries/${ended}/approval`);
  await supervisor.post(`/api/agency-entries/${declined}/decline`);
  await supervisor.post(`/api/agency-entries/${ended}/end`);
  expect(await listOn(tablet)).toEqual([]);
  expect(await plateBoxes(server)).toEqual([]);
  const rows = (await supervisor.get('/api/agency-entries')).body as AgencyEntryRow[];
  expect(rows.map(({ standing, plate }) => [standing, plate])).toEqual([
    ['over', null],
    ['over', null]
  ]);
  const bytes = JSON.stringify(await server.store.all('entries'));
  expect(bytes).toContain('26-004412');
  expect(bytes).not.toContain('TST07');
});
