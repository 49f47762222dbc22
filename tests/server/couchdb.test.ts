/**
 * The whole server on a real CouchDB: COUCH_URL with COUCH_JWT_SECRET. It makes the databases a server has, under their names, and
 * drops them afterwards; so it wants an engine that serves no agency, and says so when it finds one.
 */
import { openCouchDb } from '#server/store/couchdb.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { coversAll } from '#domain/records/receipt.ts';
import { DAY_MS } from '#domain/time/instant.ts';
import type { AuditEntry } from '#domain/records/audit.ts';
import type { SearchAnswer } from '#domain/wire/answers.ts';
import { aLoadedHotlist, aMemberWith, anAgencyOn, aTablet } from './support/agency.ts';
import { aCapture, REASON } from './support/capture.ts';
import { startServer, type TestServer } from './support/server.ts';
import { TabletBox } from './support/tablet.ts';

const url = process.env['COUCH_URL'] ?? '';
const jwtSecret = process.env['COUCH_JWT_SECRET'] ?? '';
const hasCouch = url !== '' && jwtSecret !== '';
if (!hasCouch) console.warn('THE SERVER IS NOT RUN ON COUCHDB: set COUCH_URL and COUCH_JWT_SECRET.');

const OURS = /^(register|accounts|casework|public|(audit|inbox|reads|hold|hotlist|quarantine|ledger)-.*)$/;

describe.skipIf(!hasCouch)('the server on CouchDB', () => {
  // Described, and skipped, without one too.
  const couch = openCouchDb({ url: url === '' ? 'http://127.0.0.1:5984' : url, jwtSecret });
  beforeEach(async () => {
    if (await couch.exists('register'))
      throw new Error('This CouchDB serves an agency already; give the test one that does not.');
  });
  afterEach(async () => {
    for (const database of await couch.list('')) if (OURS.test(database)) await couch.drop(database);
  });

  // The engine stamps entries with its own clock, so the server's begins at the same time.
  const aServer = (): Promise<TestServer> =>
    startServer({ at: new Date().toISOString(), around: () => openCouchDb({ url, jwtSecret }) });

  test('a read comes in from a tablet, is found with a reason, and is destroyed on its date', async () => {
    const server = await aServer();
    const sergeant = await anAgencyOn(server);
    const operator = await aMemberWith(server, sergeant, 'operator');
    const tablet = await aTablet(server, sergeant);
    const list = await aLoadedHotlist(server, sergeant);
    const { period, read, hit, contents } = aCapture(tablet.enrollment, operator.member, list, server.now());
    const box = new TabletBox(server, tablet);
    await box.send(...contents);
    expect(coversAll(await box.receipt(), contents.length)).toBe(true);
    // A second delivery changes nothing.
    expect((await box.push()).body).toEqual([]);
    await server.house.queue.idle();
    const forged = { ...box.sealed[0], _id: `${box.boxId}:00000099`, plate: 'TST042' };
    const refused = await tablet.post(`${box.path}/_bulk_docs`, { docs: [forged] });
    expect(refused.body).toMatchObject([
      { error: 'forbidden', reason: expect.stringMatching(/^improperRecord: .+/) as unknown }
    ]);
    expect((await box.finish()).body).toEqual({ kind: 'done' });
    expect(await couch.exists(`inbox-${box.boxId}`)).toBe(false);

    const days = { from: period.localDate, to: period.localDate };
    const found = (await sergeant.post('/api/reads/search', { ...REASON, ...days })).body as SearchAnswer;
    expect(found.rows.map((row) => row.read._id)).toEqual([read._id]);
    expect(found.rows[0]?.hits.map(({ _id }) => _id)).toEqual([hit._id]);

    // Who looked is written with the name and time CouchDB itself knows.
    const [month = ''] = await couch.list('audit-');
    const entries = (await couch.all(month)) as unknown as AuditEntry[];
    const look = entries.filter((entry) => entry.action === 'searchReads');
    expect(look).toHaveLength(1);
    expect(look[0]?.actor.roles).toContain('administrator');
    expect(Math.abs(Date.parse(look[0]?.at ?? '') - Date.now())).toBeLessThan(10 * 60_000);

    server.pass(61 * DAY_MS);
    expect(await server.house.destroyer.run()).toContain(period.localDate);
    expect(await couch.list('reads-')).toEqual([]);
    expect(server.failures).toEqual([]);
  }, 180_000);

  test('a server that starts again on the same CouchDB knows its agency and takes in what was pushed', async () => {
    const first = await aServer();
    const sergeant = await anAgencyOn(first);
    const operator = await aMemberWith(first, sergeant, 'operator');
    const tablet = await aTablet(first, sergeant);
    const list = await aLoadedHotlist(first, sergeant);
    const { read, contents } = aCapture(tablet.enrollment, operator.member, list, first.now());
    const box = new TabletBox(first, tablet);
    await box.open();
    await box.seal(...contents);
    const device = { name: tablet.enrollment.deviceId, roles: ['device'] };
    const pushed = await couch.bulk(
      `inbox-${box.boxId}`,
      box.sealed.map((record) => ({ ...record })),
      device,
      'new'
    );
    expect(pushed.map((outcome) => outcome.kind)).toEqual(contents.map(() => 'written'));

    const second = await first.again();
    await second.house.queue.idle();
    expect(second.house.register.agency()?.name).toBe('Example City Police Department');
    const [day = ''] = await couch.list('reads-');
    expect(await couch.get(day, read._id)).toMatchObject({ plate: read.plate });
    expect(second.failures).toEqual([]);
  }, 180_000);
});
