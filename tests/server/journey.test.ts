import { randomUUID } from 'node:crypto';
import { compactVerify, importJWK } from 'jose';
import { expect, test } from 'vitest';
import { correctionOf } from '#domain/records/correction.ts';
import { coversAll, type Receipt } from '#domain/records/receipt.ts';
import type { PublicLogAnswer, RegisterView, SearchAnswer } from '#domain/wire/answers.ts';
import { DAY_MS } from '#domain/time/instant.ts';
import { aLoadedHotlist, aMemberWith, anAgencyOn, aTablet } from './support/agency.ts';
import { aCapture, REASON } from './support/capture.ts';
import { coveredReads } from '#server/holds/covered.ts';
import { startServer } from './support/server.ts';
import { TabletBox } from './support/tablet.ts';

test('a read goes from the inbox to headquarters, once, and the tablet gets a signed receipt', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  const tablet = await aTablet(server, sergeant);
  const list = await aLoadedHotlist(server, sergeant);
  const { period, closed, read, hit, contents } = aCapture(tablet.enrollment, operator.member, list, server.now());
  const box = new TabletBox(server, tablet);

  expect((await box.open()).body).toEqual({ kind: 'open' });
  expect((await box.receiptAnswer()).status).toBe(204);
  await box.send(...contents);

  const jws = ((await box.receiptAnswer()).body as { receipt: string }).receipt;
  const verified = await compactVerify(jws, await importJWK(tablet.enrollment.signingKey, 'ES256'));
  const receipt = JSON.parse(new TextDecoder().decode(verified.payload)) as Receipt;
  expect(receipt).toMatchObject({ deviceId: tablet.enrollment.deviceId, boxId: box.boxId, quarantined: [] });
  expect(coversAll(receipt, contents.length)).toBe(true);

  // Sent a second time, nothing is there twice.
  expect((await box.push()).body).toEqual([]);
  await server.house.queue.idle();
  const found = (await sergeant.post('/api/reads/search', REASON)).body as SearchAnswer;
  expect(found.rows.map((row) => row.read._id)).toEqual([read._id]);
  expect(found.rows[0]).toMatchObject({ boxDate: period.localDate, deviceLabel: 'Tablet 1', deployment: 'handheld' });
  expect(found.rows[0]?.hits.map(({ _id }) => _id)).toEqual([hit._id]);

  const log = (await sergeant.get('/api/public/log')).body as PublicLogAnswer;
  expect(log.rows).toHaveLength(1);
  expect(log.rows[0]).toMatchObject({
    periodNumber: 1,
    times: [{ from: closed.intervals[0]?.startedAt, to: closed.intervals[0]?.endedAt }],
    counts: { reads: 1, distinctPlates: 1, stolen: 1 },
    comparedWith: ['Minnesota license plate data file']
  });
  expect(JSON.stringify(log)).not.toContain(read.plate);
  expect(JSON.stringify(log)).not.toContain(operator.member.name);
  expect(server.failures).toEqual([]);
});

test('a finished box is dropped, and a late retry is answered', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  const tablet = await aTablet(server, sergeant);
  const list = await aLoadedHotlist(server, sergeant);
  const box = new TabletBox(server, tablet);
  await box.send(...aCapture(tablet.enrollment, operator.member, list, server.now()).contents);

  expect((await box.finish(box.sealed.length + 1)).status).toBe(409);
  expect(await server.store.exists(`inbox-${box.boxId}`)).toBe(true);
  expect((await box.finish()).body).toEqual({ kind: 'done' });
  expect(await server.store.exists(`inbox-${box.boxId}`)).toBe(false);
  expect((await box.finish()).body).toEqual({ kind: 'done' });
  expect((await box.open()).body).toEqual({ kind: 'done' });
  expect((await box.push()).status).toBe(404);
  expect(coversAll(await box.receipt(), box.sealed.length)).toBe(true);
});

test('what was pushed before a stop is ingested after the next start', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  const tablet = await aTablet(server, sergeant);
  const list = await aLoadedHotlist(server, sergeant);
  const { contents } = aCapture(tablet.enrollment, operator.member, list, server.now());
  const box = new TabletBox(server, tablet);
  await box.open();
  await box.seal(...contents);
  // Straight into the inbox: acknowledged, and the server dies before its ingest.
  const by = { name: tablet.enrollment.deviceId, roles: ['device'] };
  await server.store.bulk(
    `inbox-${box.boxId}`,
    box.sealed.map((record) => ({ ...record })),
    by,
    'new'
  );

  const next = await server.again();
  await next.house.queue.idle();
  const progress = await next.store.getLocal(`inbox-${box.boxId}`, '_local/ingest-progress');
  expect(Object.keys(progress?.['placed'] as object)).toHaveLength(contents.length);
});

test('a day box goes at its date, the log of use stays, and a late tablet brings nothing back', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  const tablet = await aTablet(server, sergeant);
  const list = await aLoadedHotlist(server, sergeant);
  const capture = aCapture(tablet.enrollment, operator.member, list, server.now());
  await new TabletBox(server, tablet).send(...capture.contents);
  server.pass(29 * DAY_MS);
  expect(await server.house.destroyer.run()).toEqual([]);
  server.pass(DAY_MS);
  expect(await server.house.destroyer.run()).toEqual([capture.period.localDate]);
  expect(await server.store.list('reads-')).toEqual([]);
  expect(await server.house.destroyer.run()).toEqual([]);

  const late = new TabletBox(server, tablet);
  await late.send(...capture.contents);
  expect((await late.receipt()).quarantined.map(({ reason }) => reason)).toEqual(['pastItsDate', 'pastItsDate']);
  expect(await server.store.list('reads-')).toEqual([]);
  expect(await server.store.list('quarantine-')).toEqual([]);

  await sergeant.post('/api/session', { signInName: 'sergeant', password: 'a long enough password' });
  const register = (await sergeant.get('/api/register')).body as RegisterView;
  expect(register.destructions).toMatchObject([{ date: capture.period.localDate, reads: 1 }]);
  const log = (await sergeant.get('/api/public/log')).body as PublicLogAnswer;
  expect(log.rows[0]?.counts.reads).toBe(1);
});

test('an answer that comes later is added to its hit, and never changed again', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  const tablet = await aTablet(server, sergeant);
  const list = await aLoadedHotlist(server, sergeant);
  const { contents, hit, period } = aCapture(tablet.enrollment, operator.member, list, server.now());
  const answered = { ...hit, answer: 'misread' as const, answeredAt: server.now() };
  const box = new TabletBox(server, tablet);
  await box.send(...contents, { kind: 'hit', hit: answered }, { kind: 'hit', hit });
  await box.send({ kind: 'hit', hit: { ...answered, answer: 'correctRead' } });

  const kept = await server.store.get(`reads-${period.localDate}`, hit._id);
  expect(kept?.['answer']).toBe('misread');
  expect((await box.receipt()).quarantined).toEqual([{ seq: box.sealed.length, reason: 'idTaken' }]);
});

test('the officer’s word that a read is no plate lies beside it: what was read stays, and a look shows both', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  const tablet = await aTablet(server, sergeant);
  const list = await aLoadedHotlist(server, sergeant);
  const { contents, read, period } = aCapture(tablet.enrollment, operator.member, list, server.now());
  const correction = correctionOf(read, { finding: 'notAPlate' }, { id: randomUUID(), now: server.now() });
  const box = new TabletBox(server, tablet);
  await box.send(...contents, { kind: 'correction', correction });
  await box.send({ kind: 'correction', correction });
  // Of a read that we do not have: it waits, as that read may still come.
  const elsewhere = { ...correction, _id: randomUUID(), readId: randomUUID() };
  await box.send({ kind: 'correction', correction: elsewhere });

  expect((await box.receipt()).quarantined).toEqual([]);
  expect(await server.store.get(`reads-${period.localDate}`, elsewhere._id)).toBeUndefined();
  expect((await server.store.get(`reads-${period.localDate}`, read._id))?.['plate']).toBe(read.plate);
  const look = await sergeant.post('/api/reads/search', REASON);
  expect((look.body as SearchAnswer).rows).toMatchObject([
    { read: { _id: read._id }, corrections: [{ finding: 'notAPlate' }] }
  ]);
});

test('a read that an officer corrected is found by the plate it is of and by the one that was read, and a hold on its plate covers it', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  const tablet = await aTablet(server, sergeant);
  const list = await aLoadedHotlist(server, sergeant);
  const { contents, read, period } = aCapture(tablet.enrollment, operator.member, list, server.now());
  const given = { id: randomUUID(), now: server.now() };
  const correction = correctionOf(read, { finding: 'misread', plate: 'TSTO47' }, given);
  await new TabletBox(server, tablet).send(...contents, { kind: 'correction', correction });

  const rowsOf = async (plate: string): Promise<SearchAnswer['rows']> =>
    ((await sergeant.post('/api/reads/search', { ...REASON, plate })).body as SearchAnswer).rows;
  const found = [{ read: { _id: read._id, plate: 'TST042' }, corrections: [{ finding: 'misread', plate: 'TSTO47' }] }];
  expect(await rowsOf('TST047'), 'letter O or zero').toMatchObject(found);
  expect(await rowsOf('TST042'), 'what was read stays').toMatchObject(found);
  expect(await rowsOf('TST049')).toEqual([]);
  // The pictures belong to a look by either plate, and to no other.
  const picture = async (plate: string): Promise<number> => {
    const { lookId } = (await sergeant.post('/api/reads/search', { ...REASON, plate })).body as SearchAnswer;
    const url = `/api/reads/${period.localDate}/${read._id}/pictures/plateImage?look=${lookId}`;
    return (await sergeant.get(url)).status;
  };
  expect([await picture('TST047'), await picture('TST042'), await picture('TST049')]).toEqual([200, 200, 403]);

  const covered = async (plate: string): Promise<unknown[]> => {
    const scope = { kind: 'plate', plate, from: period.localDate, to: period.localDate } as const;
    return (await coveredReads(server.store, period.localDate, scope)).map(({ _id }) => _id);
  };
  expect(await covered('TST047')).toEqual([read._id]);
  expect(await covered('TST042')).toEqual([read._id]);
  expect(await covered('TST049')).toEqual([]);
});
