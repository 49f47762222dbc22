import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '#domain/time/instant.ts';
import { entriesFrom } from '#server/audit/entries.ts';
import { certificateIn } from '#server/destroyer/certificates.ts';
import type { CertificatesAnswer, HeldReadsAnswer, HoldsAnswer, RegisterView } from '#domain/wire/answers.ts';
import { correctionOf } from '#domain/records/correction.ts';
import type { AuditEntry } from '#domain/records/audit.ts';
import type { Hold } from '#domain/records/hold.ts';
import type { HoldScope } from '#domain/records/hold-scope.ts';
import { tidy } from '#server/house.ts';
import { INVESTIGATION } from '#tests/builders/holds.ts';
import { verifyCertificates } from '../../scripts/verify-certificates.ts';
import { aLoadedHotlist, aMemberWith, anAgencyOn, aTablet, PASSWORD } from './support/agency.ts';
import { aCapture, REASON, type Capture } from './support/capture.ts';
import { Browser } from './support/browser.ts';
import { startServer, type TestServer } from './support/server.ts';
import { TabletBox } from './support/tablet.ts';

// Plain pictures that can be found again on the disk.
const CANARY = 'CANARY-PICTURE-BYTES';

interface Agency {
  readonly server: TestServer;
  readonly sergeant: Browser;
  readonly designee: Browser;
  readonly capture: Capture;
  readonly late: TabletBox;
}

/** An agency with one read on the list, and a second of the same day that no hold covers. */
async function anAgencyWithReads(): Promise<Agency> {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  const designee = await aMemberWith(server, sergeant, 'designee');
  const tablet = await aTablet(server, sergeant);
  const list = await aLoadedHotlist(server, sergeant);
  const capture = withCanary(aCapture(tablet.enrollment, operator.member, list, server.now()));
  const other = withCanary(aCapture(tablet.enrollment, operator.member, list, server.now()), 'TST777');
  await new TabletBox(server, tablet).send(...capture.contents);
  await new TabletBox(server, tablet).send(...other.contents);
  return { server, sergeant, designee, capture, late: new TabletBox(server, tablet) };
}

function withCanary(capture: Capture, plate = 'TST042'): Capture {
  const contents = capture.contents.map((content) =>
    content.kind === 'read'
      ? {
          ...content,
          read: { ...content.read, plate },
          pictures: {
            plateImage: new Uint8Array(Buffer.from(`\xff\xd8${CANARY}${plate}\xff\xd9`, 'latin1')),
            contextImage: new Uint8Array(Buffer.from(`\xff\xd8${CANARY}${plate}scene\xff\xd9`, 'latin1'))
          }
        }
      : content
  );
  return { ...capture, contents };
}

const placed = async (by: Browser, scope: HoldScope, ground: Hold['ground'] = INVESTIGATION): Promise<Hold> =>
  (await by.post('/api/holds', { ground, scope })).body as Hold;

const signIn = (who: Browser, signInName: string): Promise<unknown> =>
  who.post('/api/session', { signInName, password: PASSWORD });

/** Files anywhere below the server's folder that hold one of these, in clear, as base64 or in hexadecimal. */
function filesWith(folder: string, ...canaries: readonly string[]): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file);
      return canaries.some((canary) =>
        [
          canary,
          Buffer.from(canary).toString('base64').slice(0, -4),
          Buffer.from(canary).toString('hex'),
          utf16(canary)
        ].some((written) => bytes.includes(written))
      );
    });
}
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

test('a destroyed day leaves a signed certificate that anybody can verify, without a plate or an id of a read', async () => {
  const { server, sergeant, capture } = await anAgencyWithReads();
  server.pass(30 * DAY_MS);
  expect(await server.house.destroyer.run()).toEqual([capture.period.localDate]);
  const answer = (await sergeant.get('/api/public/certificates')).body as CertificatesAnswer;
  const verdict = verifyCertificates(answer);
  expect(verdict).toMatchObject({ faults: [], certificates: 1, private: 0, reads: 2, dates: 1 });
  const certificate = certificateIn(answer.certificates[0]?.jws ?? '');
  expect(certificate).toMatchObject({
    number: 1,
    subject: { kind: 'dayBox', date: capture.period.localDate },
    counts: { reads: 2, hits: 2, pictures: 4, setAside: 0 },
    spared: [],
    method: 'databaseDropped',
    verified: { engine: 'gone', files: 'gone' },
    oldestLeft: null,
    previous: null
  });
  expect(certificate.devices.map(({ reads }) => reads)).toEqual([2]);
  for (const secret of [
    'TST',
    capture.read._id,
    capture.period._id,
    capture.period.deviceId,
    capture.period.operatorId
  ])
    expect(JSON.stringify(certificate)).not.toContain(secret);
}, 300_000);

test('no entry of the audit trail is gone after 30 months of rounds, though every read of that time is destroyed on its day', async () => {
  const { server, sergeant } = await anAgencyWithReads();
  const trail = async (): Promise<AuditEntry[]> => {
    const entries: AuditEntry[] = [];
    for await (const entry of entriesFrom(server.store, 1, 1e6)) entries.push(entry);
    return entries;
  };
  const [before, days] = [await trail(), await server.store.list('reads-')];
  expect(before.length).toBeGreaterThan(0);
  expect(days.length).toBeGreaterThan(0);
  for (let week = 0; week < 131; week++) {
    server.pass(7 * DAY_MS);
    await tidy(server.house);
  }
  expect(await server.store.list('reads-'), 'the control: what has its day is gone').toEqual([]);
  expect((await trail()).slice(0, before.length)).toEqual(before);
  await sergeant.post('/api/session', { signInName: 'sergeant', password: PASSWORD });
  const whole = await sergeant.get('/api/audit/trail');
  expect(whole.status).toBe(200);
  for (const { _id } of before) expect(whole.text).toContain(_id);
}, 300_000);

test('after destruction no canary is left in the folder, the views, the search, the public pages, the certificates or the log', async () => {
  const { server, sergeant, designee } = await anAgencyWithReads();
  // The control: before the time has come they are there.
  expect(filesWith(server.folder, 'TST777', CANARY)).not.toEqual([]);
  server.pass(30 * DAY_MS);
  await server.house.destroyer.run();
  expect(filesWith(server.folder, 'TST777', CANARY)).toEqual([]);
  // Sealed copies that their tablet never came back for are gone as well: the server could have opened them.
  for (const inbox of await server.store.list('inbox-')) expect((await server.store.info(inbox)).documents).toBe(0);
  await signIn(designee, 'somebody-designee');
  await signIn(sergeant, 'sergeant');
  const shown = [
    await designee.post('/api/reads/search', { ...REASON, plate: 'TST777' }),
    await designee.get('/api/hits'),
    await sergeant.get('/api/register'),
    await sergeant.get('/api/audit?limit=200'),
    await sergeant.get('/api/certificates'),
    await sergeant.get('/api/quarantine'),
    await sergeant.get('/api/public/log'),
    await sergeant.get('/api/public/log.csv'),
    await sergeant.get('/api/public/certificates')
  ];
  expect(shown.map(({ status }) => status)).toEqual(shown.map(() => 200));
  expect(shown.filter(({ text }) => text.includes('TST777') || text.includes(CANARY))).toEqual([]);
  expect(server.logged.join('')).not.toContain('TST777');
}, 300_000);

test('reads on hold survive their day with pictures, hits and corrections, and the rest of the day does not', async () => {
  const { server, sergeant, designee, capture, late } = await anAgencyWithReads();
  const given = { id: randomUUID(), now: server.now() };
  const correction = correctionOf(capture.read, { finding: 'misread', plate: 'TST778' }, given);
  await late.send({ kind: 'correction', correction });
  const hold = await placed(sergeant, { kind: 'period', periodId: capture.period._id });
  await designee.post(`/api/holds/${hold._id}/approval`);
  server.pass(30 * DAY_MS);
  await server.house.destroyer.run();
  expect(await server.store.list('reads-')).toEqual([]);
  expect(filesWith(server.folder, 'TST777')).toEqual([]);
  await signIn(designee, 'somebody-designee');
  const held = (await designee.post(`/api/holds/${hold._id}/reads`, { reason: REASON.reason })).body as HeldReadsAnswer;
  expect(held.reads.map(({ read }) => read._id)).toEqual([capture.read._id]);
  expect(held.reads[0]?.hits.map(({ _id }) => _id)).toEqual([capture.hit._id]);
  expect(held.reads[0]?.corrections).toEqual([correction]);
  const url = `/api/holds/${hold._id}/reads/${capture.read._id}/pictures/plateImage`;
  expect((await designee.get(`${url}?look=${held.lookId}`)).bytes.toString('latin1')).toContain(CANARY);
  expect((await designee.get(url)).status).toBe(403);
  const [certificate] = (await server.house.certificates.all()).map(({ jws }) => certificateIn(jws));
  expect(certificate?.spared.map(({ reads }) => reads)).toEqual([1]);
}, 300_000);

test('what a hold kept is destroyed within 24 hours of its end, with a certificate of its own', async () => {
  const { server, sergeant, designee } = await anAgencyWithReads();
  const hold = await placed(sergeant, {
    kind: 'plate',
    plate: 'TST 777',
    from: '2026-11-01',
    to: '2026-11-30'
  });
  await designee.post(`/api/holds/${hold._id}/approval`);
  server.pass(40 * DAY_MS);
  await server.house.destroyer.run();
  await signIn(designee, 'somebody-designee');
  expect(filesWith(server.folder, 'TST777')).not.toEqual([]);
  const end = { reason: 'resolved', afterwards: { kind: 'destroy' } };
  expect((await designee.post(`/api/holds/${hold._id}/end`, end)).status).toBe(200);
  // From that moment nobody is shown it, even before it is gone.
  expect((await designee.post(`/api/holds/${hold._id}/reads`, { reason: REASON.reason })).status).toBe(404);
  server.pass(23 * HOUR_MS);
  await server.house.destroyer.run();
  expect(await server.store.list('hold-')).toEqual([]);
  expect(filesWith(server.folder, 'TST777', CANARY)).toEqual([]);
  const whole = await server.house.certificates.all();
  expect(whole.map(({ jws }) => certificateIn(jws).subject.kind)).toEqual(['dayBox', 'holdBox']);
  // In public, that a hold ended is a hash; the chain can be verified all the same.
  const answer = (await sergeant.get('/api/public/certificates')).body as CertificatesAnswer;
  expect(answer.certificates.map(({ jws }) => jws === null)).toEqual([false, true]);
  expect(verifyCertificates(answer)).toMatchObject({ faults: [], private: 1, dates: 1 });
}, 300_000);

test('a request that nobody approved spares nothing, and a declined one leaves no scope behind', async () => {
  const { server, sergeant, designee, capture } = await anAgencyWithReads();
  const scope: HoldScope = { kind: 'plate', plate: 'TST042', from: '2026-11-01', to: '2026-11-30' };
  const asked = await placed(sergeant, scope);
  const declined = await placed(sergeant, scope);
  await designee.post(`/api/holds/${declined._id}/decline`);
  await server.house.destroyer.run();
  expect(await server.store.list('hold-')).toEqual([`hold-${asked._id}`]);
  server.pass(30 * DAY_MS);
  await server.house.destroyer.run();
  expect((await server.store.all(`hold-${asked._id}`)).map(({ _id }) => _id)).toEqual(['scope']);
  expect(await server.store.exists(`reads-${capture.period.localDate}`)).toBe(false);
}, 300_000);

test('a hold is approved by somebody other than its author, shown with what it covers, and written to the trail', async () => {
  const { server, sergeant, designee, capture } = await anAgencyWithReads();
  const scope: HoldScope = { kind: 'reads', readIds: [capture.read._id] };
  const preview = await sergeant.post('/api/holds/preview', { ground: INVESTIGATION, scope });
  expect(preview.body).toEqual({
    reads: 1,
    days: [{ date: capture.period.localDate, reads: 1, destroyAt: '2026-12-22T06:00:00.000Z' }]
  });
  const hold = await placed(sergeant, scope);
  expect((await sergeant.post(`/api/holds/${hold._id}/approval`)).body).toMatchObject({ code: 'selfApproval' });
  expect(
    (await sergeant.post(`/api/holds/${hold._id}/end`, { reason: 'resolved', afterwards: { kind: 'destroy' } })).body
  ).toMatchObject({
    code: 'holdNotInForce'
  });
  expect((await designee.post(`/api/holds/${hold._id}/approval`)).status).toBe(200);
  expect((await designee.post(`/api/holds/${hold._id}/approval`)).body).toMatchObject({ code: 'holdDecided' });
  const { holds } = (await designee.get('/api/holds')).body as HoldsAnswer;
  expect(holds).toMatchObject([
    { requestedBy: 'Sgt. A. Example', decidedBy: 'Ofc. designee', kept: 0, covers: { reads: 1 } }
  ]);
  expect(holds[0]?.reviewBy).toMatch(/^2027-02-20/);
  const register = (await sergeant.get('/api/register')).body as RegisterView;
  expect(register.boxes).toMatchObject([{ reads: 2, onHold: 1 }]);
  const actions = (await server.house.trail.latest(50)).map(({ action, outcome }) => `${action} ${outcome}`);
  for (const act of ['previewHold ok', 'requestHold ok', 'decideHold denied', 'decideHold ok', 'viewHolds ok'])
    expect(actions).toContain(act);
  expect(JSON.stringify(await server.house.trail.latest(200))).not.toContain('TST042');
}, 300_000);

test('a late tablet brings nothing back into a day that was destroyed, nor into a hold', async () => {
  const { server, sergeant, designee, capture, late } = await anAgencyWithReads();
  const hold = await placed(sergeant, { kind: 'period', periodId: capture.period._id });
  await designee.post(`/api/holds/${hold._id}/approval`);
  server.pass(30 * DAY_MS);
  await server.house.destroyer.run();
  await late.send(...capture.contents);
  expect((await late.receipt()).quarantined.map(({ reason }) => reason)).toEqual(['pastItsDate', 'pastItsDate']);
  expect(await server.store.list('reads-')).toEqual([]);
  expect((await server.store.all(`hold-${hold._id}`)).length).toBe(3);
}, 300_000);

test('certificates cannot be changed, taken out, put in another order or cut short unnoticed', async () => {
  const { server } = await anAgencyWithReads();
  const { house } = server;
  for (let day = 0; day < 3; day++)
    await house.certificates.certify(house.given.newId(), {
      agency: 'Example City Police Department',
      subject: { kind: 'dayBox', date: `2026-10-0${day + 1}` },
      collectedFrom: `2026-10-0${day + 1}T05:00:00.000Z`,
      destroyedAt: `2026-11-0${day + 1}T05:00:00.000Z`,
      counts: { reads: 0, hits: 0, pictures: 0, setAside: 0 },
      devices: [],
      spared: [],
      method: 'databaseDropped',
      verified: { engine: 'gone', files: 'gone' },
      salt: '0'.repeat(64),
      root: '0'.repeat(64),
      records: [],
      oldestLeft: null
    });
  const good = (await new Browser(server).get('/api/public/certificates')).body as CertificatesAnswer;
  expect(verifyCertificates(good).faults).toEqual([]);
  const [one, two, three] = good.certificates as [Row, Row, Row];
  type Row = CertificatesAnswer['certificates'][number];
  const forged = (change: (text: string) => string): Row => {
    const [header, payload = '', signature] = (two.jws ?? '').split('.');
    const text = change(Buffer.from(payload, 'base64url').toString());
    return { ...two, jws: [header, Buffer.from(text).toString('base64url'), signature].join('.') };
  };
  const withRows = (...certificates: readonly Row[]): CertificatesAnswer => ({ ...good, certificates });
  for (const bad of [
    withRows(one, three),
    withRows(two, three),
    withRows(one, three, two),
    withRows(one, two, two),
    withRows(
      one,
      forged((text) => text.replace('"reads":0', '"reads":7')),
      three
    ),
    withRows(one, { ...two, jws: null, sha256: 'f'.repeat(64) }, three),
    withRows(one, { ...two, sha256: 'f'.repeat(64) }, three)
  ])
    expect(verifyCertificates(bad).faults).not.toEqual([]);
  const seen = { number: 3, sha256: three.sha256 };
  expect(verifyCertificates(good, { seen }).faults).toEqual([]);
  expect(verifyCertificates(withRows(one, two), { seen }).faults).not.toEqual([]);
  expect(verifyCertificates(good, { key: 'f'.repeat(64) }).faults).not.toEqual([]);
}, 300_000);
