import { expect, test } from 'vitest';
import { may, type Action } from '#domain/policy/roles.ts';
import { ROLES } from '#domain/records/agency.ts';
import { MATRIX, checkMatrix, MatrixGap, type Row } from '#server/gateway/matrix.ts';
import { AuditUnavailable } from '#server/audit/trail.ts';
import { StoreUnavailable, type Store } from '#server/store/store.ts';
import { aLoadedHotlist, aMemberWith, anAgencyOn, aTablet } from './support/agency.ts';
import { Browser, type Answered } from './support/browser.ts';
import { aCapture, REASON } from './support/capture.ts';
import { startServer, type TestServer } from './support/server.ts';
import { TabletBox } from './support/tablet.ts';
import type { SearchAnswer } from '#domain/wire/answers.ts';

const ID = '00000000-0000-4000-8000-000000000099';

/** A request for every route of the matrix; parameters lead nowhere, so that nothing but the door is asked. */
const requestOf = (route: string): { method: string; url: string; body: unknown } => {
  const [method = '', pattern = ''] = route.split(' ');
  const url = pattern
    .replace(':database', `inbox-${ID}`)
    .replace(':date', '2026-11-22')
    .replace(':name', 'plateImage')
    .replace(/:\w+/g, ID)
    .replace('*', '');
  return { method, url, body: method === 'GET' || method === 'DELETE' ? undefined : {} };
};

const ask = (browser: Browser, route: string): Promise<Answered> => {
  const { method, url, body } = requestOf(route);
  return browser.ask(method, url, body);
};

const rows = Object.entries<Row>(MATRIX);
const KEYWORDS = ['public', 'device', 'member', 'deviceAndMember'];

test('nobody without an account or a token passes a door that is not public', async () => {
  const server = await startServer();
  await anAgencyOn(server);
  for (const [route, { who }] of rows) {
    const { status } = await ask(new Browser(server), route);
    if (who === 'public') expect([route, status]).not.toEqual([route, 401]);
    else expect([route, status]).toEqual([route, 401]);
  }
});

test('every role passes exactly the doors its row names', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  for (const role of ROLES) {
    const browser = await aMemberWith(server, sergeant, role);
    for (const [route, { who }] of rows) {
      if (KEYWORDS.includes(who)) continue;
      const { status, body } = await ask(browser, route);
      const isDenied = status === 403 && (body as { code?: string }).code === 'notAllowed';
      expect([role, route, isDenied]).toEqual([role, route, !may([role], who as Action)]);
    }
  }
});

test('a tablet token opens no door of headquarters, and a session none of the tablets', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const tablet = await aTablet(server, sergeant);
  for (const [route, { who }] of rows) {
    if (who === 'public') continue;
    const byToken = (await ask(tablet, route)).status;
    expect([route, byToken === 401]).toEqual([route, who !== 'device']);
    if (who === 'device' || who === 'deviceAndMember')
      expect([route, (await ask(sergeant, route)).status]).toEqual([route, 401]);
  }
});

test('a role that no written grant names does not count, and an ended grant takes all', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const somebody = await aMemberWith(server, sergeant, 'operator');
  await sergeant.patch(`/api/members/${somebody.member._id}`, { roles: ['operator', 'administrator'] });
  expect((await somebody.get('/api/audit')).status).toBe(403);
});

test('a route without a row, or a row without a route, keeps the server from starting', () => {
  const all = new Set(Object.keys(MATRIX));
  expect(() => {
    checkMatrix(all);
  }).not.toThrow();
  expect(() => {
    checkMatrix(new Set([...all, 'GET /api/backdoor']));
  }).toThrow(MatrixGap);
  all.delete('GET /api/audit');
  expect(() => {
    checkMatrix(all);
  }).toThrow(MatrixGap);
});

async function entriesOf(server: TestServer): Promise<number> {
  const months = await server.store.list('audit-');
  const infos = await Promise.all(months.map((month) => server.store.info(month)));
  return infos.reduce((sum, { documents }) => sum + documents, 0);
}

/** One request a route that is answered, as the people and the tablet it is meant for. */
async function everyRoute(server: TestServer): Promise<readonly (readonly [string, () => Promise<Answered>])[]> {
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  const tablet = await aTablet(server, sergeant);
  const other = await aTablet(server, sergeant);
  const list = await aLoadedHotlist(server, sergeant);
  const { contents, read, period } = aCapture(tablet.enrollment, operator.member, list, server.now());
  const box = new TabletBox(server, tablet);
  await box.send(...contents);
  const { lookId } = (await sergeant.post('/api/reads/search', REASON)).body as SearchAnswer;
  const picture = `/api/reads/${period.localDate}/${read._id}/pictures/plateImage?look=${lookId}`;
  const { code } = (await sergeant.post('/api/devices/codes')).body as { code: string };
  const both = new Browser(server);
  [both.cookie, both.token] = [operator.cookie, tablet.token];
  const member = `/api/members/${operator.member._id}`;
  const aTraining = {
    course: 'Refresher',
    completedAt: '2026-03-01T06:00:00.000Z',
    expiresAt: null,
    trainer: 'Sgt. T. Example'
  };
  const aGrant = { roles: ['operator'], purpose: 'Patrol duties', signedBy: 'Chief C. Example', until: null };
  const aMember = { name: 'Ofc. N. New', signInName: 'new', password: 'a long enough password', roles: ['operator'] };
  const aPolicy = { title: 'ALPR policy', version: '427', adoptedOn: '2026-11-01', adoptedBy: 'Chief C. Example' };
  const aList = { source: { ...list.source, sourceId: ID }, asOf: list.asOf, entries: [] as unknown[] };
  aList.entries.push({ ref: 'V-2', plate: 'TST041', jurisdiction: 'MN', category: 'warrant', expiresAt: null });
  return [
    ['GET /api/status', () => sergeant.get('/api/status')],
    ['GET /api/session', () => sergeant.get('/api/session')],
    ['POST /api/enrollment', () => new Browser(server).post('/api/enrollment', { code, label: 'Tablet 3' })],
    ['POST /api/lease', () => both.post('/api/lease')],
    ['GET /api/device/hello', () => tablet.get('/api/device/hello')],
    [
      'POST /api/device/entries',
      () => tablet.post('/api/device/entries', { entries: [{ seq: 1, encapsulated: 'AA==', body: 'AA==' }] })
    ],
    ['GET /api/device/hotlists/:versionId', () => tablet.get(`/api/device/hotlists/${list._id}`)],
    ['PUT /api/device/boxes/:boxId', () => tablet.put(`/api/device/boxes/${ID}`)],
    ['GET /db/:database/', () => tablet.get(`${box.path}/`)],
    ['GET /db/:database/_local/:id', () => tablet.get(`${box.path}/_local/x`)],
    ['PUT /db/:database/_local/:id', () => tablet.put(`${box.path}/_local/x`, {})],
    ['POST /db/:database/_revs_diff', () => tablet.post(`${box.path}/_revs_diff`, {})],
    ['POST /db/:database/_bulk_docs', () => box.push([])],
    ['GET /api/device/boxes/:boxId/receipt', () => box.receiptAnswer()],
    ['DELETE /api/device/boxes/:boxId', () => box.finish()],
    ['POST /api/reads/search', () => sergeant.post('/api/reads/search', REASON)],
    ['GET /api/reads/:date/:id/pictures/:name', () => sergeant.get(picture)],
    ['GET /api/hits', () => sergeant.get('/api/hits')],
    ['GET /api/members', () => sergeant.get('/api/members')],
    ['POST /api/members', () => sergeant.post('/api/members', aMember)],
    ['PATCH /api/members/:id', () => sergeant.patch(member, { disabled: false })],
    ['POST /api/members/:id/trainings', () => sergeant.post(`${member}/trainings`, aTraining)],
    ['POST /api/members/:id/grants', () => sergeant.post(`${member}/grants`, aGrant)],
    ['POST /api/devices/codes', () => sergeant.post('/api/devices/codes')],
    [
      'POST /api/devices/:id/releases',
      () =>
        sergeant.post(`/api/devices/${tablet.enrollment.deviceId}/releases`, { signInName: operator.member.signInName })
    ],
    ['DELETE /api/devices/:id', () => sergeant.delete(`/api/devices/${other.enrollment.deviceId}`)],
    ['GET /api/agency', () => sergeant.get('/api/agency')],
    ['PUT /api/agency', () => sergeant.put('/api/agency', { retentionDays: 30, backupDays: 0, suspended: false })],
    ['POST /api/policies', () => sergeant.post('/api/policies', aPolicy)],
    ['POST /api/hotlists', () => sergeant.post('/api/hotlists', aList)],
    ['GET /api/audit', () => sergeant.get('/api/audit')],
    ['GET /api/quarantine', () => sergeant.get('/api/quarantine')],
    ['GET /api/register', () => sergeant.get('/api/register')],
    ['GET /api/public/log', () => new Browser(server).get('/api/public/log')],
    ['GET /api/public/log.csv', () => new Browser(server).get('/api/public/log.csv')],
    ['GET /api/public/locations', () => new Browser(server).get('/api/public/locations')],
    [
      'POST /api/session',
      () => new Browser(server).post('/api/session', { signInName: 'sergeant', password: 'a long enough password' })
    ],
    ['DELETE /api/session', () => sergeant.delete('/api/session')]
  ];
}

test('every answer that shows or changes data has exactly one entry in the trail', async () => {
  const server = await startServer();
  const requests = await everyRoute(server);
  const untold = rows.map(([route]) => route).filter((route) => !requests.some(([name]) => name === route));
  expect(untold).toEqual(['POST /api/setup', 'GET /*']);
  for (const [route, send] of requests) {
    await server.house.queue.idle();
    const before = await entriesOf(server);
    const { status } = await send();
    expect([route, status < 300 || status === 404]).toEqual([route, true]);
    const expected = MATRIX[route as keyof typeof MATRIX].audit === null ? 0 : 1;
    expect([route, (await entriesOf(server)) - before]).toEqual([route, expected]);
  }
});

test('when the trail cannot be written nothing is shown or done', async () => {
  let down = false;
  const around = (store: Store): Store => ({
    ...store,
    update: (...given) => (down ? Promise.reject(new StoreUnavailable('down for the test')) : store.update(...given))
  });
  const server = await startServer({ around });
  const requests = await everyRoute(server);
  down = true;
  for (const [route, send] of requests) {
    const answer = await send();
    const audited = MATRIX[route as keyof typeof MATRIX].audit !== null;
    expect([route, answer.status === 503]).toEqual([route, audited]);
    if (audited) expect(Object.values(answer.body as object)[0]).toBe('auditUnavailable');
  }
  expect(server.house.register.agency()?.suspended).toBe(false);
  expect(server.house.register.memberNamed('new')).toBeUndefined();
  await expect(server.house.trail.record({ action: 'ingest' }, { name: 'x', roles: ['ingest'] })).rejects.toThrow(
    AuditUnavailable
  );
});

test('what is refused to a known member is written down too', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  await operator.post('/api/reads/search', REASON);
  await sergeant.post('/api/reads/search', { ...REASON, reason: { ...REASON.reason, factualBasis: 'sus' } });
  const [vague, denied] = await server.house.trail.latest(2);
  expect(vague).toMatchObject({
    action: 'searchReads',
    outcome: 'denied',
    note: 'basisTooVague',
    actorName: 'Sgt. A. Example'
  });
  expect(denied).toMatchObject({
    action: 'searchReads',
    outcome: 'denied',
    note: 'notAllowed',
    actor: { id: operator.member._id }
  });
});
