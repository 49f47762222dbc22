import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, instantOf, msOf } from '#domain/time/instant.ts';
import type { SearchAnswer } from '#domain/wire/answers.ts';
import { aLoadedHotlist, aMemberWith, anAgencyOn, aTablet, PASSWORD } from './support/agency.ts';
import { aCapture, REASON, type Capture } from './support/capture.ts';
import type { Answered, Browser } from './support/browser.ts';
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

test('the plate that was asked for lies sealed in the trail; who audits opens it, each time by an entry of its own', async () => {
  const { server, sergeant, investigator } = await aKeptRead();
  const auditor = await aMemberWith(server, sergeant, 'auditor');
  const { lookId } = await search(investigator, { plate: 'tst 042' });
  const open = (browser: Browser, id = lookId): Promise<Answered> => browser.post(`/api/audit/${id}/query`);
  expect(await open(auditor)).toMatchObject({ status: 200, body: { plate: 'TST042' } });
  const [entry] = await server.house.trail.latest(1);
  expect(entry).toMatchObject({ action: 'openQuery', object: { type: 'auditEntry', id: lookId }, outcome: 'ok' });
  expect(entry?.actorName).toBe('Ofc. auditor');
  expect(JSON.stringify(await server.house.trail.latest(100))).not.toContain('TST');
  // Two questions for one plate have one tag, and nothing else of them is alike.
  await search(investigator, { plate: 'TST042' });
  const [again] = await server.house.trail.latest(1);
  const before = await server.house.trail.findEver(lookId);
  expect(again?.plateTag).toBe(before?.plateTag);
  expect(again?.sealedQuery?.body).not.toBe(before?.sealedQuery?.body);

  expect((await open(investigator)).status).toBe(403);
  expect((await open(sergeant)).status).toBe(200);
  const { lookId: byTime } = await search(investigator, { plate: undefined });
  expect(await open(auditor, byTime)).toMatchObject({ status: 404, body: { code: 'noQueryThere' } });
});

test('who looks for one plate on a third day is refused without a warrant or exigent circumstances, and what allowed it is in the trail', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const investigator = await aMemberWith(server, sergeant, 'investigator');
  const signIn = (): Promise<Answered> =>
    investigator.post('/api/session', { signInName: 'somebody-investigator', password: PASSWORD });
  const ask = (more: object = {}): Promise<Answered> => investigator.post('/api/reads/search', { ...REASON, ...more });
  const inHours = (hours: number): string => instantOf(msOf(server.now()) + hours * HOUR_MS);
  for (let day = 0; day < 2; day++) {
    expect((await ask()).status).toBe(200);
    server.pass(DAY_MS);
    await signIn();
  }
  expect(await ask()).toMatchObject({ status: 403, body: { code: 'lookNeedsAuthority' } });
  // A refused look is no look: asking again does not make it better or worse.
  expect(await ask()).toMatchObject({ status: 403 });
  const [denied] = await server.house.trail.latest(1);
  expect(denied).toMatchObject({ action: 'searchReads', outcome: 'denied', note: 'lookNeedsAuthority' });
  expect((await ask({ plate: 'TST777' })).status).toBe(200);
  expect((await ask({ plate: undefined })).status).toBe(200);
  const facts = 'A child was taken an hour ago, and this car was seen';
  const exigency = (hours: number) => ({ authority: { kind: 'exigency', facts, until: inHours(hours) } });
  expect(await ask(exigency(25))).toMatchObject({ status: 403, body: { code: 'exigencyTooLong' } });
  expect((await ask(exigency(24))).status).toBe(200);
  const warrant = { kind: 'warrant', number: 'W 26-77', judge: 'J. Invented', until: inHours(24 * 20) };
  expect((await ask({ authority: warrant })).status).toBe(200);
  const [allowed] = await server.house.trail.latest(1);
  expect(allowed?.authority).toContain('Warrant W 26-77 of J. Invented');
  // Another member has not looked yet.
  expect((await sergeant.post('/api/session', { signInName: 'sergeant', password: PASSWORD })).status).toBe(201);
  expect((await sergeant.post('/api/reads/search', REASON)).status).toBe(200);
}, 60_000);

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
