import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { compactVerify, importJWK } from 'jose';
import { expect, test } from 'vitest';
import { entryOfLine } from '#domain/matching/packed-line.ts';
import type { HotlistVersion } from '#domain/records/hotlist.ts';
import { HOUR_MS } from '#domain/time/instant.ts';
import type { DeviceHello, HotlistChanges, HotlistOffer, ImportReport } from '#domain/wire/answers.ts';
import { changedLines } from '#lib/hotlist/changes.ts';
import { aFile, aLoadedHotlist, anAgencyOn, aTablet, FILE_SOURCE, readFile } from './support/agency.ts';
import type { Browser } from './support/browser.ts';
import { startServer } from './support/server.ts';

const TWIN = 'TSTO42';
const TEN = Array.from({ length: 10 }, (_, i) => `TST10${i},MN,stolen vehicle,V-${i},`);

/** All lines of a version as a tablet pulls them, and the version that the server signed. */
async function pulled(tablet: Browser & { enrollment: { signingKey: object } }, versionId: string) {
  const offer = (await tablet.get(`/api/device/hotlists/${versionId}`)).body as HotlistOffer;
  const key = await importJWK({ ...tablet.enrollment.signingKey }, 'ES256');
  const { payload } = await compactVerify(offer.signed, key);
  const parts: Buffer[] = [];
  for (let at = 0; at < offer.parts; at++)
    parts.push(gunzipSync((await tablet.get(`/api/device/hotlists/${versionId}/parts/${at}`)).bytes));
  const lines = Buffer.concat(parts);
  return { version: JSON.parse(new TextDecoder().decode(payload)) as HotlistVersion, lines };
}

test('a tablet pulls a signed list whose lines have the signed hash', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const tablet = await aTablet(server, sergeant);
  const list = await aLoadedHotlist(server, sergeant, TEN);
  const hello = (await tablet.get('/api/device/hello')).body as DeviceHello;
  expect(hello.hotlists).toEqual([list]);
  const { version, lines } = await pulled(tablet, list._id);
  expect(version).toEqual(list);
  expect(createHash('sha256').update(lines).digest('hex')).toBe(list.sha256);
  expect(lines.toString('utf8').trim().split('\n').map(entryOfLine)).toHaveLength(10);
});

test('a tablet with the version before pulls what changed and has the whole of the new one', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const tablet = await aTablet(server, sergeant);
  const first = await aLoadedHotlist(server, sergeant, TEN);
  const before = await pulled(tablet, first._id);
  const second = await aLoadedHotlist(server, sergeant, ['TST200,WI,warrant,A-1,', ...TEN.slice(2)]);
  const path = `/api/device/hotlists/${second._id}/changes/${first._id}`;
  const changes = (await tablet.get(path)).body as HotlistChanges;
  expect(changes.removed).toEqual(['V-0', 'V-1']);
  expect(changes.added.trim().split('\n')).toHaveLength(1);
  const after = changedLines(before.lines, changes);
  expect(createHash('sha256').update(after).digest('hex')).toBe(second.sha256);
});

test('the version before is kept until the tablets have the new one, and not a minute longer than anybody needs it', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const tablet = await aTablet(server, sergeant);
  await tablet.get('/api/device/hello');
  const first = await aLoadedHotlist(server, sergeant, TEN);
  const second = await aLoadedHotlist(server, sergeant, TEN.slice(1));
  await server.house.hotlists.dropReplaced(server.now());
  expect(await server.store.list('hotlist-')).toEqual([`hotlist-${first._id}`, `hotlist-${second._id}`].sort());
  expect((await tablet.get(`/api/device/hotlists/${first._id}`)).status).toBe(404);
  await tablet.get(`/api/device/hello?lists=${second._id}`);
  await server.house.hotlists.dropReplaced(server.now());
  expect(await server.store.list('hotlist-')).toEqual([`hotlist-${second._id}`]);
  // A tablet that never comes back is waited for as long as the old list could be matched.
  const third = await aLoadedHotlist(server, sergeant, TEN.slice(2));
  server.pass(73 * HOUR_MS);
  await server.house.hotlists.dropReplaced(server.now());
  expect(await server.store.list('hotlist-')).toEqual([`hotlist-${third._id}`]);
});

test('a list of any other source is refused, and an own entry is not imported as a file', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const open = (kind: string) =>
    sergeant.post('/api/hotlists/imports', {
      source: { ...FILE_SOURCE, kind },
      asOf: server.now(),
      format: 'csv',
      fileName: 'list.csv'
    });
  expect(await open('commercialList')).toMatchObject({ status: 400, body: { code: 'unknownSource' } });
  expect(await open('agencyInvestigative')).toMatchObject({ status: 400, body: { code: 'entryByApproval' } });
});

test('a file is looked over before it is released: rows, rejects with their line, checksum, what the doctor found', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const file = aFile([
    'TST042,MN,stolen vehicle,V-1,',
    `${TWIN},MN,stolen plate,V-2,`,
    'T1,MN,warrant,V-3,',
    'TST042,MN,stolen vehicle,V-4,',
    'TST099,MN,sightseeing,V-5,',
    'TST042TST042,MN,warrant,V-6,'
  ]);
  const report = (await readFile(server, sergeant, file)).body as ImportReport;
  expect(report.version.rows).toBe(3);
  expect(report.version.file).toMatchObject({
    rows: 6,
    rejected: 2,
    duplicates: 1,
    flagged: 3,
    sha256: createHash('sha256').update(file).digest('hex')
  });
  expect(report.rejects.map(({ line }) => line)).toEqual([6, 7]);
  expect(JSON.stringify(report.rejects)).not.toContain('TST042TST');
  expect(report.findings.twin.count).toBe(2);
  expect(report.findings.matchesTooMuch.count).toBe(1);
  expect(report.findings.duplicate.count).toBe(1);
  // Nothing is in force before somebody releases it.
  expect(server.house.hotlists.current()).toEqual([]);
  await sergeant.post(`/api/hotlists/imports/${report.id}/release`, { confirmsSwing: false });
  const [version] = server.house.hotlists.current();
  const tablet = await aTablet(server, sergeant);
  const { lines } = await pulled(tablet, version?._id ?? '');
  const flags = lines.toString('utf8').trim().split('\n').map(entryOfLine);
  expect(flags.map(({ ref, flags }) => [ref, flags])).toEqual([
    ['V-1', ['twin']],
    ['V-2', ['twin']],
    ['V-3', ['matchesTooMuch']]
  ]);
});

test('the public Minnesota NCIC row layout is read, and restricted files are dropped unless the department is entitled', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const rows = [
    'V845996328,0H0671200,20231122,TST0042,0H,2022,PC,2013,CHEV,AVA,PK,CRM',
    'X845996329,MN0210100,20231122,TST043,MN,2022,PC,,,,,',
    'Q845996330,MN0210100,20231122,TST044,MN,2022,PC,,,,,'
  ].join('\n');
  const report = (await readFile(server, sergeant, rows, { format: 'mnNcic' })).body as ImportReport;
  expect(report.version.file).toMatchObject({ rows: 3, rejected: 1, restricted: 1 });
  await sergeant.post(`/api/hotlists/imports/${report.id}/release`, { confirmsSwing: false });
  const tablet = await aTablet(server, sergeant);
  const { lines } = await pulled(tablet, report.version._id);
  expect(lines.toString('utf8').trim().split('\n').map(entryOfLine)).toEqual([
    {
      ref: 'V845996328',
      plate: 'TST0042',
      jurisdiction: 'OH',
      category: 'stolenVehicle',
      expiresAt: null,
      plateType: 'PC',
      plateYear: '2022',
      enteredOn: '2023-11-22',
      enteringAgency: '0H0671200',
      vehicle: { year: '2013', make: 'CHEV', model: 'AVA', style: 'PK', color: 'CRM' }
    }
  ]);
  await sergeant.put('/api/agency', { retentionDays: 30, backupDays: 0, suspended: false, restrictedFiles: true });
  const entitled = (await readFile(server, sergeant, rows, { format: 'mnNcic' })).body as ImportReport;
  expect(entitled.version.file).toMatchObject({ restricted: 0, rejected: 1 });
});

test('a change of more than a fifth must be confirmed by somebody', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const first = await aLoadedHotlist(server, sergeant, TEN);
  const report = (await readFile(server, sergeant, aFile(TEN.slice(0, 7)))).body as ImportReport;
  expect(report).toMatchObject({ rowsBefore: 10, isLargeSwing: true });
  const release = (confirmsSwing: boolean) =>
    sergeant.post(`/api/hotlists/imports/${report.id}/release`, { confirmsSwing });
  expect(await release(false)).toMatchObject({ status: 409, body: { code: 'swingNotConfirmed' } });
  expect(server.house.hotlists.current()).toEqual([first]);
  expect((await release(true)).status).toBe(201);
  expect(server.house.hotlists.current().map(({ rows }) => rows)).toEqual([7]);
});

test.each([
  ['of another layout', 'mnNcic', aFile(TEN), {}, 'nothingInFile'],
  ['without a column that it needs', 'csv', 'plate,category\nTST042,warrant\n', {}, 'columnMissing'],
  ['with another checksum', 'csv', aFile(TEN), { sha256: 'a'.repeat(64) }, 'wrongChecksum'],
  ['that is no text', 'csv', Buffer.from([0xff, 0xfe, 0x00, 0xc3]).toString('latin1'), {}, 'columnMissing']
] as const)('a file %s changes nothing', async (_, format, file, given, code) => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const first = await aLoadedHotlist(server, sergeant, TEN);
  const before = await server.store.list('hotlist-');
  const refused = await readFile(server, sergeant, file, { format, ...given });
  expect(refused).toMatchObject({ status: 400, body: { code } });
  expect(server.house.hotlists.current()).toEqual([first]);
  expect(await server.store.list('hotlist-')).toEqual(before);
});

test('a file that breaks off in the middle changes nothing', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const first = await aLoadedHotlist(server, sergeant, TEN);
  const { imports } = server.house;
  const order = {
    source: FILE_SOURCE,
    asOf: server.now(),
    format: 'csv',
    fileName: 'a.csv',
    isEntitled: false
  } as const;
  const id = await imports.open(order);
  const broken = Readable.from(
    (function* () {
      yield Buffer.from(aFile(TEN.slice(0, 5)));
      throw new Error('The line broke.');
    })()
  );
  expect(await imports.read(id, broken)).toEqual({ kind: 'refused', code: 'fileBroken' });
  expect((await imports.release(id, true)).kind).toBe('refused');
  expect(server.house.hotlists.current()).toEqual([first]);
  expect(await server.store.list('hotlist-')).toEqual([`hotlist-${first._id}`]);
});
