import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Read } from '#domain/records/read.ts';
import { packContent, type SealedContent } from '#domain/records/sealed.ts';
import { DAY_MS, instantOf, MINUTE_MS, msOf } from '#domain/time/instant.ts';
import type { QuarantineRow } from '#domain/wire/answers.ts';
import { somePictures } from '#tests/builders/records.ts';
import { aLoadedHotlist, aMemberWith, anAgencyOn, aTablet } from './support/agency.ts';
import { aCapture, type Capture } from './support/capture.ts';
import { startServer, type TestServer } from './support/server.ts';
import { TabletBox } from './support/tablet.ts';
import type { Browser } from './support/browser.ts';
import type { Enrollment } from '#domain/wire/answers.ts';
import type { Member } from '#domain/records/agency.ts';

interface Scene {
  readonly server: TestServer;
  readonly sergeant: Browser;
  readonly operator: Browser & { member: Member };
  readonly tablet: Browser & { enrollment: Enrollment };
  readonly capture: Capture;
}

async function aScene(): Promise<Scene> {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  const tablet = await aTablet(server, sergeant);
  const list = await aLoadedHotlist(server, sergeant);
  return {
    server,
    sergeant,
    operator,
    tablet,
    capture: aCapture(tablet.enrollment, operator.member, list, server.now())
  };
}

const asContent = (read: Read): SealedContent => ({ kind: 'read', read, pictures: somePictures() });

/** Sends the opening of a period and one read, and tells why the read was set aside. */
async function reasonFor(
  { server, sergeant, tablet, capture }: Scene,
  read: SealedContent | Uint8Array
): Promise<string | undefined> {
  const box = new TabletBox(server, tablet);
  await box.send({ kind: 'period', period: capture.period }, read);
  expect(await server.store.list('reads-')).toEqual([]);
  const rows = (await sergeant.get('/api/quarantine')).body as QuarantineRow[];
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ deviceId: tablet.enrollment.deviceId, boxId: box.boxId, seq: 2 });
  expect((await box.receipt()).quarantined).toEqual([{ seq: 2, reason: rows[0]?.reason.split(':')[0] }]);
  return rows[0]?.reason.split(':')[0];
}

test('a read with a field the law does not allow is set aside, and the field is named nowhere', async () => {
  const scene = await aScene();
  const unlawful = { ...scene.capture.read, color: 'TST042' } as Read;
  expect(await reasonFor(scene, packContent(asContent(unlawful)))).toBe('unlawfulField');
});

test('a read whose date is not the date of its period is set aside', async () => {
  const scene = await aScene();
  const yesterday = instantOf(msOf(scene.capture.read.collectedAt) - DAY_MS);
  expect(await reasonFor(scene, asContent({ ...scene.capture.read, collectedAt: yesterday }))).toBe('wrongBox');
});

test('a read past its date is refused, and nothing of it is kept', async () => {
  const scene = await aScene();
  const collectedAt = instantOf(msOf(scene.capture.read.collectedAt) - 31 * DAY_MS);
  const read = { ...scene.capture.read, collectedAt, destroyBy: instantOf(msOf(collectedAt) + 59 * DAY_MS) };
  expect(await reasonFor(scene, asContent(read))).toBe('pastItsDate');
  expect(await scene.server.store.list('quarantine-')).toEqual([]);
});

test('a read that a tablet would keep beyond 60 days is set aside', async () => {
  const scene = await aScene();
  const destroyBy = instantOf(msOf(scene.capture.read.collectedAt) + 61 * DAY_MS);
  expect(await reasonFor(scene, asContent({ ...scene.capture.read, destroyBy }))).toBe('keptTooLong');
});

test('a read from a clock that runs ahead is set aside', async () => {
  const scene = await aScene();
  const collectedAt = instantOf(msOf(scene.server.now()) + 30 * MINUTE_MS);
  expect(await reasonFor(scene, asContent({ ...scene.capture.read, collectedAt }))).toBe('clockAhead');
});

test('a sealed record that was set aside does not outlive its date in the inbox of a tablet that never comes back', async () => {
  const scene = await aScene();
  const { server } = scene;
  const collectedAt = instantOf(msOf(server.now()) + 30 * MINUTE_MS);
  await reasonFor(scene, asContent({ ...scene.capture.read, collectedAt }));
  const [inbox = ''] = await server.store.list('inbox-');
  expect((await server.store.info(inbox)).documents).toBe(2);
  server.pass(31 * DAY_MS);
  await server.house.destroyer.run();
  expect((await server.store.info(inbox)).documents).toBe(0);
});

test('a read of another agency is set aside', async () => {
  const scene = await aScene();
  expect(await reasonFor(scene, asContent({ ...scene.capture.read, agencyId: randomUUID() }))).toBe('wrongAgency');
});

test('bytes that are no record are set aside', async () => {
  const scene = await aScene();
  expect(await reasonFor(scene, new Uint8Array([0, 0, 0, 2, 123, 125]))).toBe('improperRecord');
});

test('a record that was moved to another place in the box does not open, and is set aside', async () => {
  const scene = await aScene();
  const box = new TabletBox(scene.server, scene.tablet);
  await box.open();
  await box.seal({ kind: 'period', period: scene.capture.period }, asContent(scene.capture.read));
  const moved = box.sealed.map((record) =>
    record.seq === 2 ? { ...record, seq: 3, _id: `${box.boxId}:00000003` } : record
  );
  await box.push(moved);
  await scene.server.house.queue.idle();
  expect((await box.receipt()).quarantined).toEqual([{ seq: 3, reason: 'brokenSeal' }]);
});

test('reads of an operator without standing are set aside, never dropped', async () => {
  const scene = await aScene();
  const untrained = (
    await scene.sergeant.post('/api/members', {
      name: 'Ofc. U. Untrained',
      signInName: 'untrained',
      password: 'a long enough password',
      roles: ['operator']
    })
  ).body as Member;
  const period = { ...scene.capture.period, operatorId: untrained._id };
  const reason = await reasonFor({ ...scene, capture: { ...scene.capture, period } }, asContent(scene.capture.read));
  expect(reason).toBe('noTraining');
  expect(await scene.server.store.list('quarantine-')).toHaveLength(1);
});

test('a sealed record that was set aside is destroyed in its time too', async () => {
  const scene = await aScene();
  await reasonFor(scene, asContent({ ...scene.capture.read, agencyId: randomUUID() }));
  scene.server.pass(29 * DAY_MS);
  await scene.server.house.destroyer.run();
  expect(await scene.server.store.list('quarantine-')).toHaveLength(1);
  scene.server.pass(DAY_MS);
  await scene.server.house.destroyer.run();
  expect(await scene.server.store.list('quarantine-')).toEqual([]);
});

test('a read waits for its period, and is set aside when none comes within a day', async () => {
  const scene = await aScene();
  const box = new TabletBox(scene.server, scene.tablet);
  await box.send(asContent(scene.capture.read));
  expect((await box.receiptAnswer()).status).toBe(204);
  scene.server.pass(24 * 60 * MINUTE_MS);
  scene.server.house.queue.add(box.boxId);
  await scene.server.house.queue.idle();
  expect((await box.receipt()).quarantined).toEqual([{ seq: 1, reason: 'periodUnknown' }]);
});

test('a read whose period comes in another box is kept after it', async () => {
  const scene = await aScene();
  const early = new TabletBox(scene.server, scene.tablet);
  await early.send(asContent(scene.capture.read));
  await new TabletBox(scene.server, scene.tablet).send({ kind: 'period', period: scene.capture.closed });
  scene.server.house.queue.add(early.boxId);
  await scene.server.house.queue.idle();
  expect((await early.receipt()).kept).toEqual([[1, 1]]);
  const log = (await scene.sergeant.get('/api/public/log')).body as { rows: { counts: { reads: number } }[] };
  expect(log.rows.map((row) => row.counts.reads)).toEqual([1]);
});

test('what was read while all use was suspended is set aside; what was read before is kept', async () => {
  const scene = await aScene();
  await scene.sergeant.put('/api/agency', { retentionDays: 30, backupDays: 0, suspended: true });
  scene.server.pass(20 * MINUTE_MS);
  const during = {
    ...scene.capture.read,
    _id: randomUUID(),
    collectedAt: instantOf(msOf(scene.server.now()) - MINUTE_MS)
  };
  const box = new TabletBox(scene.server, scene.tablet);
  await box.send({ kind: 'period', period: scene.capture.period }, asContent(scene.capture.read), asContent(during));
  expect(await box.receipt()).toMatchObject({ kept: [[1, 2]], quarantined: [{ seq: 3, reason: 'suspended' }] });
});
