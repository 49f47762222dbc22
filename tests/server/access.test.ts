import { expect, test } from 'vitest';
import { ROUTES, type Routes } from '#server/gateway/app.ts';
import type { Prepare } from '#server/gateway/door.ts';
import { MATRIX, type RouteName, type Row } from '#server/gateway/matrix.ts';
import type { House } from '#server/house.ts';
import { AuditUnavailable } from '#server/audit/trail.ts';
import { StoreUnavailable, type Store } from '#server/store/store.ts';
import {
  aFile,
  aLoadedHotlist,
  aMemberWith,
  anAgencyOn,
  AN_ENTRY,
  aSetup,
  aTablet,
  LIST_FILE
} from './support/agency.ts';
import { Browser, type Answered } from './support/browser.ts';
import { aCapture, REASON } from './support/capture.ts';
import { TabletKey } from './support/tablet-key.ts';
import { addPasskey, confirm, newAuthenticator, signInWith } from './support/factors.ts';
import { Passkey } from './support/passkey.ts';
import { WITHHELD } from './support/places.ts';
import { startServer, type TestServer } from './support/server.ts';
import { TabletBox } from './support/tablet.ts';
import type { DataRelease } from '#domain/records/data-release.ts';
import type { AgencyEntry } from '#domain/records/agency-entry.ts';
import type { Incident } from '#domain/records/incident.ts';
import type { FixedLocation } from '#domain/records/location.ts';
import type { Hold } from '#domain/records/hold.ts';
import type { HeldReadsAnswer, SearchAnswer } from '#domain/wire/answers.ts';
import { SUSPICION, WRITTEN_REQUEST } from '#tests/builders/data-releases.ts';
import { INVESTIGATION } from '#tests/builders/holds.ts';

const ID = '00000000-0000-4000-8000-000000000099';
const rows = Object.entries<Row>(MATRIX);

async function entriesOf(server: TestServer): Promise<number> {
  const months = await server.store.list('audit-');
  const infos = await Promise.all(months.map((month) => server.store.info(month)));
  return infos.reduce((sum, { documents }) => sum + documents, 0);
}

/** One request a route that is answered, as the people and the tablet it is meant for. */
async function everyRoute(server: TestServer): Promise<readonly (readonly [string, () => Promise<Answered>])[]> {
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  const auditor = await aMemberWith(server, sergeant, 'auditor');
  const tablet = await aTablet(server, sergeant);
  const other = await aTablet(server, sergeant);
  const list = await aLoadedHotlist(server, sergeant);
  const { contents, read, period } = aCapture(tablet.enrollment, operator.member, list, server.now());
  const box = new TabletBox(server, tablet);
  const further = aCapture(tablet.enrollment, operator.member, list, server.now());
  await box.send(...contents, ...further.contents);
  const { lookId } = (await sergeant.post('/api/reads/search', REASON)).body as SearchAnswer;
  const byPlate = await sergeant.post('/api/reads/search', { ...REASON, plate: read.plate });
  const plateLook = (byPlate.body as SearchAnswer).lookId;
  const picture = `/api/reads/${period.localDate}/${read._id}/pictures/plateImage?look=${lookId}`;
  const { code } = (await sergeant.post('/api/devices/codes')).body as { code: string };
  const { publicHalf: deviceKey } = await TabletKey.make();
  const both = new Browser(server);
  [both.cookie, both.device] = [operator.cookie, tablet.device];
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
  const aPlace = { description: 'Example Ave at 1st St', deployment: 'fixed', installedOn: '2026-11-20' };
  const place = `/api/locations/${((await sergeant.post('/api/locations', aPlace)).body as FixedLocation)._id}`;
  const aNotice = (of: string): object => ({
    sentOn: '2026-11-21',
    proof: 'By e-mail; the answer is on file',
    covers: [of.split('/').at(-1)]
  });
  const anIncident = {
    what: 'other',
    deviceId: null,
    memberId: null,
    discoveredAt: server.now(),
    facts: 'A door stood open at night.'
  };
  const { _id: incidentId } = (await sergeant.post('/api/incidents', anIncident)).body as Incident;
  const anImport = { source: { ...list.source, sourceId: ID }, asOf: list.asOf, format: 'csv', fileName: 'a.csv' };
  const anOpenImport = async (): Promise<string> =>
    ((await sergeant.post('/api/hotlists/imports', anImport)).body as { id: string }).id;
  const imports = { released: await anOpenImport(), discarded: await anOpenImport() };
  const sendFile = (id: string): Promise<Answered> =>
    sergeant.ask('PUT', `/api/hotlists/imports/${id}/file`, aFile(['TST041,MN,warrant,V-2,']), LIST_FILE);
  const designee = await aMemberWith(server, sergeant, 'designee');
  const investigator = await aMemberWith(server, sergeant, 'investigator');
  const proposed = async (): Promise<string> => {
    const { body } = await investigator.post('/api/agency-entries', AN_ENTRY);
    return `/api/agency-entries/${(body as AgencyEntry)._id}`;
  };
  const entries = { approved: await proposed(), declined: await proposed() };
  const aHold = { ground: INVESTIGATION, scope: { kind: 'reads', readIds: [read._id] } };
  const placed = async (): Promise<string> =>
    `/api/holds/${((await sergeant.post('/api/holds', aHold)).body as Hold)._id}`;
  const [hold, declined, kept] = [await placed(), await placed(), await placed()];
  await designee.post(`${kept}/approval`);
  const held = (await designee.post(`${kept}/reads`, { reason: REASON.reason })).body as HeldReadsAnswer;
  const heldPicture = `${kept}/reads/${read._id}/pictures/plateImage?look=${held.lookId}`;
  const entered = async (): Promise<string> =>
    `/api/data-releases/${((await sergeant.post('/api/data-releases', { request: WRITTEN_REQUEST })).body as DataRelease)._id}`;
  const [release, refused] = [await entered(), await entered()];
  const approval = { reasonableSuspicion: SUSPICION, holdId: kept.split('/').at(-1) };
  const supervisor = await aMemberWith(server, sergeant, 'supervisor');
  const [app, removed] = [await newAuthenticator(supervisor), await newAuthenticator(supervisor)];
  await confirm(server, supervisor, removed);
  const passkey = new Passkey();
  const early = { date: period.localDate, readIds: [further.read._id] };
  const destroyed = { reason: 'resolved', afterwards: { kind: 'destroy' } };
  return [
    ['GET /api/status', () => sergeant.get('/api/status')],
    ['GET /api/session', () => sergeant.get('/api/session')],
    ['GET /api/session/factors', () => supervisor.get('/api/session/factors')],
    ['POST /api/session/factors/new-authenticator', () => supervisor.post('/api/session/factors/new-authenticator')],
    ['POST /api/session/factors/authenticator', () => confirm(server, supervisor, app)],
    ['POST /api/session/factors/passkey-challenge', () => supervisor.post('/api/session/factors/passkey-challenge')],
    ['POST /api/session/factors/passkey', () => addPasskey(supervisor, passkey)],
    ['POST /api/session/factors/recovery-codes', () => supervisor.post('/api/session/factors/recovery-codes')],
    ['DELETE /api/session/factors/:id', () => supervisor.delete(`/api/session/factors/${removed.id}`)],
    ['POST /api/session/passkey-challenge', () => new Browser(server).post('/api/session/passkey-challenge')],
    ['POST /api/session/passkey', () => signInWith(new Browser(server), passkey)],
    ['POST /api/session/proof-challenge', () => supervisor.post('/api/session/proof-challenge')],
    [
      'POST /api/session/proof',
      () => auditor.post('/api/session/proof', { kind: 'password', password: 'a long enough password' })
    ],
    ['POST /api/enrollment', () => new Browser(server).post('/api/enrollment', { code, label: 'Tablet 3', deviceKey })],
    ['POST /api/lease', () => both.post('/api/lease')],
    ['GET /api/device/hello', () => tablet.get('/api/device/hello')],
    [
      'POST /api/device/entries',
      () => tablet.post('/api/device/entries', { entries: [{ seq: 1, encapsulated: 'AA==', body: 'AA==' }] })
    ],
    ['GET /api/device/hotlists/:versionId', () => tablet.get(`/api/device/hotlists/${list._id}`)],
    ['GET /api/device/hotlists/:versionId/parts/:part', () => tablet.get(`/api/device/hotlists/${list._id}/parts/0`)],
    [
      'GET /api/device/hotlists/:versionId/changes/:fromId',
      () => tablet.get(`/api/device/hotlists/${list._id}/changes/${list._id}`)
    ],
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
    ['GET /api/hits/live', () => sergeant.beginning('/api/hits/live')],
    ['GET /api/hits/figures', () => sergeant.get('/api/hits/figures')],
    ['GET /api/holds', () => sergeant.get('/api/holds')],
    ['POST /api/holds/preview', () => sergeant.post('/api/holds/preview', aHold)],
    ['POST /api/holds', () => sergeant.post('/api/holds', aHold)],
    ['POST /api/holds/:id/decline', () => designee.post(`${declined}/decline`)],
    ['POST /api/holds/:id/approval', () => designee.post(`${hold}/approval`)],
    ['POST /api/holds/:id/reaffirmation', () => designee.post(`${hold}/reaffirmation`)],
    ['POST /api/holds/:id/reads', () => designee.post(`${hold}/reads`, { reason: REASON.reason })],
    ['GET /api/holds/:id/reads/:readId/pictures/:name', () => designee.get(heldPicture)],
    ['GET /api/data-releases', () => sergeant.get('/api/data-releases')],
    ['POST /api/audit/:id/query', () => auditor.post(`/api/audit/${plateLook}/query`)],
    ['POST /api/data-releases', () => sergeant.post('/api/data-releases', { request: WRITTEN_REQUEST })],
    ['POST /api/data-releases/:id/approval', () => designee.post(`${release}/approval`, approval)],
    ['POST /api/data-releases/:id/package', () => designee.post(`${release}/package`)],
    ['POST /api/data-releases/:id/decline', () => designee.post(`${refused}/decline`, { reason: 'No open case' })],
    ['POST /api/holds/:id/end', () => designee.post(`${hold}/end`, destroyed)],
    ['POST /api/reads/early-destruction', () => sergeant.post('/api/reads/early-destruction', early)],
    [
      'POST /api/confidential',
      () => sergeant.post('/api/confidential', { kind: 'add', participantRef: 'SAH 1', plates: ['TST777'] })
    ],
    ['GET /api/certificates', () => sergeant.get('/api/certificates')],
    ['GET /api/public/certificates', () => new Browser(server).get('/api/public/certificates')],
    ['GET /api/members', () => sergeant.get('/api/members')],
    ['POST /api/members', () => sergeant.post('/api/members', aMember)],
    ['PATCH /api/members/:id', () => sergeant.patch(member, { disabled: false })],
    ['DELETE /api/members/:id/factors', () => sergeant.delete(`/api/members/${supervisor.member._id}/factors`)],
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
    ['GET /api/due', () => sergeant.get('/api/due')],
    ['GET /api/locations', () => sergeant.get('/api/locations')],
    ['POST /api/locations', () => sergeant.post('/api/locations', aPlace)],
    ['POST /api/locations/:id/withholding', () => sergeant.post(`${place}/withholding`, WITHHELD)],
    ['DELETE /api/locations/:id/withholding', () => sergeant.delete(`${place}/withholding`)],
    ['POST /api/locations/:id/removal', () => sergeant.post(`${place}/removal`, { removedOn: '2026-11-21' })],
    ['POST /api/notices', () => sergeant.post('/api/notices', aNotice(place))],
    ['GET /api/incidents', () => sergeant.get('/api/incidents')],
    ['POST /api/incidents', () => sergeant.post('/api/incidents', anIncident)],
    [
      'POST /api/incidents/:id/steps',
      () => sergeant.post(`/api/incidents/${incidentId}/steps`, { step: 'told', toWhom: 'Chief C. Example' })
    ],
    ['POST /api/policies', () => sergeant.post('/api/policies', aPolicy)],
    ['POST /api/hotlists/imports', () => sergeant.post('/api/hotlists/imports', anImport)],
    ['PUT /api/hotlists/imports/:id/file', () => sendFile(imports.released)],
    [
      'POST /api/hotlists/imports/:id/release',
      () => sergeant.post(`/api/hotlists/imports/${imports.released}/release`, { confirmsSwing: true })
    ],
    ['DELETE /api/hotlists/imports/:id', () => sergeant.delete(`/api/hotlists/imports/${imports.discarded}`)],
    ['GET /api/agency-entries', () => sergeant.get('/api/agency-entries')],
    ['POST /api/agency-entries', () => investigator.post('/api/agency-entries', AN_ENTRY)],
    ['POST /api/agency-entries/:id/approval', () => designee.post(`${entries.approved}/approval`)],
    ['POST /api/agency-entries/:id/decline', () => designee.post(`${entries.declined}/decline`)],
    ['POST /api/agency-entries/:id/end', () => designee.post(`${entries.approved}/end`)],
    ['GET /api/audit', () => sergeant.get('/api/audit')],
    ['GET /api/audit/trail', () => sergeant.get('/api/audit/trail')],
    ['GET /api/audit/public.csv', () => sergeant.get('/api/audit/public.csv')],
    ['GET /api/review', () => sergeant.get('/api/review')],
    ['POST /api/review', () => auditor.post('/api/review', { week: '2026-11-16', statement: 'Nothing stood out.' })],
    ['GET /api/quarantine', () => sergeant.get('/api/quarantine')],
    ['GET /api/register', () => sergeant.get('/api/register')],
    ['GET /api/device/audit-head', () => tablet.get('/api/device/audit-head?size=1')],
    ['GET /api/public/audit-heads', () => new Browser(server).get('/api/public/audit-heads')],
    ['GET /api/public/log', () => new Browser(server).get('/api/public/log')],
    ['GET /api/public/log.csv', () => new Browser(server).get('/api/public/log.csv')],
    ['GET /api/public/locations.csv', () => new Browser(server).get('/api/public/locations.csv')],
    ['GET /api/public/locations', () => new Browser(server).get('/api/public/locations')],
    [
      'POST /api/session',
      () => new Browser(server).post('/api/session', { signInName: 'sergeant', password: 'a long enough password' })
    ],
    ['DELETE /api/session', () => sergeant.delete('/api/session')]
  ];
}

/** What the store is asked for, in order; an entry of the trail can be held back. */
class Watched {
  readonly done: string[] = [];
  #entryWaits: Promise<void> | undefined;
  #entryAsked = (): void => {};

  readonly around = (store: Store): Store => ({
    ...store,
    put: (...given) => this.#change(`put ${given[0]} ${given[1]._id}`, () => store.put(...given)),
    bulk: (...given) => this.#change(`bulk ${given[0]}`, () => store.bulk(...given)),
    create: (...given) => this.#change(`create ${given[0]}`, () => store.create(...given)),
    drop: (...given) => this.#change(`drop ${given[0]}`, () => store.drop(...given)),
    update: async (...given) => {
      this.#entryAsked();
      await this.#entryWaits;
      return store.update(...given);
    }
  });

  /** Sends a request whose entry is held back; tells what had happened by then, then lets it go on. */
  async untilItsEntry(send: () => Promise<Answered>): Promise<{ before: string[]; isAnswered: boolean }> {
    let go = (): void => {};
    this.#entryWaits = new Promise((resolve) => (go = resolve));
    const asked = new Promise<void>((resolve) => (this.#entryAsked = resolve));
    this.done.length = 0;
    let isAnswered = false;
    const answer = send().then(() => (isAnswered = true));
    await Promise.race([asked, answer]);
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    const seen = { before: this.done.filter((change) => !isHousekeeping(change)), isAnswered };
    go();
    this.#entryWaits = undefined;
    await answer;
    return seen;
  }

  #change<T>(what: string, work: () => Promise<T>): Promise<T> {
    this.done.push(what);
    return work();
  }
}

// A session kept alive and a code used up are the door's own affair; the month's trail is made for its first entry.
const isHousekeeping = (change: string): boolean =>
  /^(put accounts (session|code|factor|recovery):|create audit-)/.test(change);

/** Every way in which a route of the matrix breaks the rule "its one entry first". */
async function faultsOfEntries(routes = ROUTES): Promise<string[]> {
  const watched = new Watched();
  const server = await startServer({ around: watched.around, routes });
  const faults: string[] = [];
  for (const [route, send] of await everyRoute(server)) {
    await server.house.queue.idle();
    const isAudited = MATRIX[route as keyof typeof MATRIX].audit !== null;
    const entries = await entriesOf(server);
    let status = 0;
    const noted = async (): Promise<Answered> => {
      const answer = await send();
      status = answer.status;
      return answer;
    };
    if (isAudited) {
      const { before, isAnswered } = await watched.untilItsEntry(noted);
      if (isAnswered) faults.push(`${route} is answered before its entry`);
      if (before.length > 0) faults.push(`${route} does ${before.join(', ')} before its entry`);
    } else await noted();
    if (status >= 300 && status !== 404) faults.push(`${route} answers ${String(status)}`);
    const made = (await entriesOf(server)) - entries;
    if (made !== (isAudited ? 1 : 0)) faults.push(`${route} has ${String(made)} entries`);
  }
  return faults;
}

test('every answer that shows or changes data has exactly one entry in the trail, written before it', async () => {
  const told = (await everyRoute(await startServer())).map(([route]) => route);
  expect(rows.map(([route]) => route).filter((route) => !told.includes(route))).toEqual(['POST /api/setup', 'GET /*']);
  expect(await faultsOfEntries()).toEqual([]);
}, 120_000);

/** The duties with one route's handler exchanged for another. */
const withPlanted = (name: RouteName, plant: (house: House) => Prepare): readonly Routes[] =>
  ROUTES.map((duty) => (route, house) => {
    duty((given, prepare, options) => {
      route(given, given === name ? plant(house) : prepare, options);
    }, house);
  });

test('a planted handler that answers before its entry, acts before it, or writes two, is found', async () => {
  const untold = withPlanted('GET /api/hits', ({ trail }) => () => ({
    kind: 'ready',
    act: null,
    answer: () => {
      void trail.record({ action: 'viewHits' }, { name: 'gateway', roles: ['gateway'] });
      return { body: [] };
    }
  }));
  expect(await faultsOfEntries(untold)).toContain('GET /api/hits answers 500');

  const hasty = withPlanted('PUT /api/agency', ({ register }) => async ({ asker: { person } }) => {
    if (person !== undefined) await register.put({ ...person.agency, suspended: false });
    return { kind: 'ready', answer: () => ({ body: {} }) };
  });
  expect((await faultsOfEntries(hasty)).join()).toMatch(/PUT \/api\/agency does put register \S+ before its entry/);

  const twice = withPlanted('GET /api/register', ({ trail }) => async () => {
    await trail.record({ action: 'viewRegister' }, { name: 'gateway', roles: ['gateway'] });
    return { kind: 'ready', answer: () => ({ body: {} }) };
  });
  expect(await faultsOfEntries(twice)).toContain('GET /api/register has 2 entries');
}, 120_000);

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

test('setting up the agency has its entry first too, and waits while the trail is down', async () => {
  let down = true;
  const around = (store: Store): Store => ({
    ...store,
    update: (...given) => (down ? Promise.reject(new StoreUnavailable('down for the test')) : store.update(...given))
  });
  const server = await startServer({ around });
  const request = aSetup(server.house.setupCode.issue());
  expect((await new Browser(server).post('/api/setup', request)).status).toBe(503);
  expect(server.house.register.agency()).toBeUndefined();
  down = false;
  expect((await new Browser(server).post('/api/setup', request)).status).toBe(201);
  expect(await server.house.trail.latest(10)).toMatchObject([{ action: 'setup' }]);
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
