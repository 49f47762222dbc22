import { expect, test } from 'vitest';
import { HOUR_MS } from '#domain/time/instant.ts';
import type { SearchAnswer } from '#domain/wire/answers.ts';
import { aLoadedHotlist, aMemberWith, anAgencyOn, aTablet } from './support/agency.ts';
import { aCapture, REASON, type Capture } from './support/capture.ts';
import type { Browser } from './support/browser.ts';
import { startServer, type TestServer } from './support/server.ts';
import { TabletBox } from './support/tablet.ts';

async function aKeptRead(): Promise<{
  server: TestServer;
  sergeant: Browser;
  investigator: Browser;
  capture: Capture;
}> {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  const investigator = await aMemberWith(server, sergeant, 'investigator');
  const tablet = await aTablet(server, sergeant);
  const list = await aLoadedHotlist(server, sergeant);
  const capture = aCapture(tablet.enrollment, operator.member, list, server.now());
  await new TabletBox(server, tablet).send(...capture.contents);
  return { server, sergeant, investigator, capture };
}

const search = async (browser: Browser, given: object = {}): Promise<SearchAnswer> =>
  (await browser.post('/api/reads/search', { ...REASON, ...given })).body as SearchAnswer;

test('a search finds a plate with O and 0 as one, typed as people type it, and names no plate in the trail', async () => {
  const { server, investigator } = await aKeptRead();
  const found = await search(investigator, { plate: 'tst-O42' });
  expect(found.rows).toHaveLength(1);
  expect(found).toMatchObject({ boxesSearched: 1, readsInBoxes: 1, capped: false });
  expect((await search(investigator, { plate: 'TST043' })).rows).toEqual([]);
  const [, entry] = await server.house.trail.latest(2);
  expect(entry).toMatchObject({
    _id: found.lookId,
    action: 'searchReads',
    caseNumber: 'ICR 26-1001',
    response: { count: 1 }
  });
  expect(entry?.plateTag).toMatch(/^[0-9a-f]{32}$/);
  expect(JSON.stringify(await server.house.trail.latest(100))).not.toContain('TST');
});

test('a search without purpose, case number or a factual basis that says something is refused', async () => {
  const { investigator } = await aKeptRead();
  const codeFor = async (reason: unknown): Promise<unknown> =>
    ((await investigator.post('/api/reads/search', { ...REASON, reason })).body as { code: string }).code;
  expect(await codeFor(undefined)).toBe('reasonMissing');
  expect(await codeFor({ ...REASON.reason, caseNumber: '' })).toBe('caseNumberMissing');
  expect(await codeFor({ ...REASON.reason, factualBasis: 'suspicious' })).toBe('basisTooVague');
  expect(await codeFor({ ...REASON.reason, purpose: 'curiosity' })).toBe('reasonMissing');
});

test('a picture is shown under the own look that found its read, for twelve hours, and each time is in the trail', async () => {
  const { server, sergeant, investigator, capture } = await aKeptRead();
  const { lookId } = await search(investigator);
  const pictureUrl = (look: string, name = 'plateImage'): string =>
    `/api/reads/${capture.period.localDate}/${capture.read._id}/pictures/${name}?look=${look}`;
  const shown = await investigator.get(pictureUrl(lookId));
  expect(shown).toMatchObject({ status: 200, headers: { 'content-type': 'image/jpeg', 'cache-control': 'no-store' } });
  expect([...shown.bytes]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
  const [entry] = await server.house.trail.latest(1);
  expect(entry).toMatchObject({
    action: 'viewPicture',
    object: { type: 'read', id: capture.read._id },
    caseNumber: 'ICR 26-1001'
  });

  expect((await sergeant.get(pictureUrl(lookId))).status).toBe(403);
  expect((await investigator.get(pictureUrl(entry?._id ?? ''))).status).toBe(403);
  expect((await investigator.get(pictureUrl('x'))).status).toBe(403);
  expect((await investigator.get(pictureUrl(lookId, '../../x'))).status).toBe(404);
  const other = await search(investigator, { plate: 'TST041' });
  expect((await investigator.get(pictureUrl(other.lookId))).status).toBe(403);
  const earlier = await search(investigator, { plate: undefined, to: '2026-11-20' });
  expect((await investigator.get(pictureUrl(earlier.lookId))).status).toBe(403);

  server.pass(12 * HOUR_MS);
  await investigator.post('/api/session', { signInName: 'somebody-investigator', password: 'a long enough password' });
  expect((await investigator.get(pictureUrl(lookId))).status).toBe(403);
});

test('while all use is suspended nobody looks at stored reads, and the sergeant can lift it', async () => {
  const { sergeant, investigator } = await aKeptRead();
  await sergeant.put('/api/agency', { retentionDays: 30, backupDays: 0, suspended: true });
  const answer = await investigator.post('/api/reads/search', REASON);
  expect(answer).toMatchObject({ status: 403, body: { code: 'suspended' } });
  await sergeant.put('/api/agency', { retentionDays: 30, backupDays: 0, suspended: false });
  expect((await search(investigator)).rows).toHaveLength(1);
});

test('retention and backups together stay inside the 60 days', async () => {
  const { sergeant } = await aKeptRead();
  expect((await sergeant.put('/api/agency', { retentionDays: 60, backupDays: 0, suspended: false })).status).toBe(400);
  expect((await sergeant.put('/api/agency', { retentionDays: 53, backupDays: 7, suspended: false })).status).toBe(400);
  expect((await sergeant.put('/api/agency', { retentionDays: 52, backupDays: 7, suspended: false })).status).toBe(200);
});

test('no plate, name, password, token or code is ever in the log', async () => {
  const { server, sergeant, investigator, capture } = await aKeptRead();
  await search(investigator);
  await investigator.get(`/api/reads/2026-11-22/${capture.read._id}/pictures/plateImage?look=TST042`);
  await investigator.ask('POST', '/api/reads/search', '{"plate":"TST042"');
  await investigator.get('/api/TST042?plate=TST042');
  const log = server.logged.join('');
  expect(log).toContain('"route":"POST /api/reads/search"');
  for (const secret of [
    'TST042',
    'Example',
    'somebody',
    'a long enough password',
    sergeant.cookie ?? '',
    investigator.cookie ?? ''
  ])
    expect(log).not.toContain(secret);
});

test('the public log needs no account and knows no plate, person, case or device', async () => {
  const { server, sergeant, capture } = await aKeptRead();
  sergeant.cookie = undefined;
  const csv = await sergeant.get('/api/public/log.csv');
  expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
  const everything =
    csv.text + (await sergeant.get('/api/public/log')).text + (await sergeant.get('/api/public/locations')).text;
  for (const secret of [
    'TST042',
    'Ofc.',
    capture.period._id,
    capture.period.deviceId,
    capture.period.operatorId,
    capture.read._id
  ])
    expect(everything).not.toContain(secret);
  expect(JSON.stringify(await server.store.all('public'))).not.toContain(capture.period.deviceId);
});
