import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROLES } from '#domain/records/agency.ts';
import type { SearchAnswer } from '#domain/wire/answers.ts';
import { ROUTES, type Routes } from '#server/gateway/app.ts';
import { checkMatrix, MATRIX, MatrixGap, type RouteName, type Row } from '#server/gateway/matrix.ts';
import { ASKERS, cellOf, matrixPage, type AskerName, type Cell } from '../../scripts/authorization-matrix.ts';
import { aLoadedHotlist, aMemberWith, anAgencyOn, aTablet } from './support/agency.ts';
import { Browser, type Answered } from './support/browser.ts';
import { aCapture, REASON } from './support/capture.ts';
import { askAtTheDoor } from './support/door-request.ts';
import { confirm, newAuthenticator } from './support/factors.ts';
import { startServer, type TestServer } from './support/server.ts';
import { TabletBox } from './support/tablet.ts';

const rows = Object.entries<Row>(MATRIX);

/** Everybody who may stand at the door, each with what identifies them. */
async function everybodyAt(server: TestServer): Promise<ReadonlyMap<AskerName, Browser>> {
  const sergeant = await anAgencyOn(server);
  const everybody = new Map<AskerName, Browser>([
    ['stranger', new Browser(server)],
    ['tablet', await aTablet(server, sergeant)]
  ]);
  for (const role of ROLES) everybody.set(role, await aMemberWith(server, sergeant, role));
  const ended = await aMemberWith(server, sergeant, 'operator', 'administrator');
  for (const grant of server.house.register.grants(ended.member._id))
    await server.house.register.put({ ...grant, revokedAt: server.now() });
  return everybody.set('member without grant', ended);
}

// A door that opens may lead to nothing; a door that is shut says so in one of three ways.
const isShut = ({ status, body }: Answered): boolean =>
  status === 401 || (status === 403 && (body as { code?: string }).code === 'notAllowed');

// Signing out comes last: it shuts the doors that come after it.
const inOrder = [...rows].sort(([a], [b]) => Number(a === 'DELETE /api/session') - Number(b === 'DELETE /api/session'));

test('every cell of the authorization matrix is what the door does, route by route and asker by asker', async () => {
  const server = await startServer();
  const everybody = await everybodyAt(server);
  const expected: [AskerName, string, Cell][] = [];
  const found: [AskerName, string, Cell][] = [];
  for (const asker of ASKERS) {
    const alone = everybody.get(asker) ?? new Browser(server);
    const withTablet = new Browser(server);
    [withTablet.cookie, withTablet.token] = [alone.cookie, everybody.get('tablet')?.token];
    for (const [route, row] of inOrder) {
      expected.push([asker, route, cellOf(row, asker)]);
      const opens = async (browser: Browser): Promise<boolean> => !isShut(await askAtTheDoor(browser, route));
      const [byThemselves, together] = [await opens(alone), row.who === 'deviceAndMember' && (await opens(withTablet))];
      found.push([asker, route, byThemselves ? 'yes' : together ? 'with tablet' : 'no']);
    }
  }
  expect(found).toEqual(expected);
  expect(found).toHaveLength(rows.length * ASKERS.length);
}, 120_000);

test('a tablet token opens no door of headquarters, and a session none of the tablets', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const tablet = await aTablet(server, sergeant);
  for (const [route, { who }] of rows) {
    if (who === 'public') continue;
    expect([route, (await askAtTheDoor(tablet, route)).status === 401]).toEqual([route, who !== 'device']);
    if (who === 'device' || who === 'deviceAndMember')
      expect([route, (await askAtTheDoor(sergeant, route)).status]).toEqual([route, 401]);
  }
});

test('a role that no written grant names does not count, and an ended grant takes all', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const somebody = await aMemberWith(server, sergeant, 'operator');
  await sergeant.patch(`/api/members/${somebody.member._id}`, { roles: ['operator', 'administrator'] });
  expect((await somebody.get('/api/audit')).status).toBe(403);
});

test('the page of the matrix says what the code does', () => {
  expect(readFileSync('docs/authorization-matrix.md', 'utf8'), 'run: npm run matrix').toBe(matrixPage());
});

/** The same request about another's data, for every route that reaches only the own. */
async function aboutTheOther(server: TestServer): Promise<Partial<Record<RouteName, () => Promise<Answered>>>> {
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  const investigator = await aMemberWith(server, sergeant, 'investigator');
  const [tablet, other] = [await aTablet(server, sergeant), await aTablet(server, sergeant)];
  const list = await aLoadedHotlist(server, sergeant);
  const { contents, read, period } = aCapture(tablet.enrollment, operator.member, list, server.now());
  const box = new TabletBox(server, tablet);
  await box.send(...contents);
  const { lookId } = (await sergeant.post('/api/reads/search', REASON)).body as SearchAnswer;
  const app = await newAuthenticator(operator);
  await confirm(server, operator, app);
  const docs = box.sealed.map((record) => ({ ...record }));
  return {
    'PUT /api/device/boxes/:boxId': () => other.put(`/api/device/boxes/${box.boxId}`),
    'GET /api/device/boxes/:boxId/receipt': () => other.get(`/api/device/boxes/${box.boxId}/receipt`),
    'DELETE /api/device/boxes/:boxId': () => other.delete(`/api/device/boxes/${box.boxId}?count=4`),
    'GET /db/:database/': () => other.get(`${box.path}/`),
    'GET /db/:database/_local/:id': () => other.get(`${box.path}/_local/x`),
    'PUT /db/:database/_local/:id': () => other.put(`${box.path}/_local/x`, {}),
    'POST /db/:database/_revs_diff': () => other.post(`${box.path}/_revs_diff`, {}),
    'POST /db/:database/_bulk_docs': () => other.post(`${box.path}/_bulk_docs`, { docs }),
    'DELETE /api/session/factors/:id': () => investigator.delete(`/api/session/factors/${app.id}`),
    'GET /api/reads/:date/:id/pictures/:name': () =>
      investigator.get(`/api/reads/${period.localDate}/${read._id}/pictures/plateImage?look=${lookId}`)
  };
}

// Routes without a parameter answer about whoever asks: there is no way to name another.
const namesNobody = (route: string): boolean => !route.includes(':');

test('what is own is refused to everybody else, on every route that reaches only the own', async () => {
  const server = await startServer();
  const foreign = await aboutTheOther(server);
  const owned = rows.filter(([route, { whose }]) => /^own/.test(whose) && !namesNobody(route)).map(([route]) => route);
  expect(Object.keys(foreign).sort()).toEqual(owned.sort());
  for (const [route, ask] of Object.entries(foreign)) {
    const { status } = await ask();
    expect([route, status]).toEqual([route, 403]);
  }
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

test('a planted route without a row, and a duty that forgot its routes, keep the real server from starting', async () => {
  const planted: Routes = (route) => {
    route('GET /api/backdoor' as RouteName, () => ({ kind: 'ready', answer: () => ({ body: 'everything' }) }));
  };
  await expect(startServer({ routes: [...ROUTES, planted] })).rejects.toThrow(MatrixGap);
  await expect(startServer({ routes: ROUTES.slice(1) })).rejects.toThrow(MatrixGap);
});
