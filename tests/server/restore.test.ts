import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadDesigns } from '#designs/load.ts';
import { DAY_MS } from '#domain/time/instant.ts';
import type { Hold } from '#domain/records/hold.ts';
import { Backups, DESTRUCTIONS_FILE } from '#server/backups/backups.ts';
import { restore, RestoreRefused } from '#server/backups/restore.ts';
import { BackupUnreadable } from '#server/backups/sealed-file.ts';
import { certificateIn } from '#server/destroyer/certificates.ts';
import { openEmbedded } from '#server/store/embedded.ts';
import { INVESTIGATION } from '#tests/builders/holds.ts';
import { aLoadedHotlist, aMemberWith, anAgencyOn, aTablet, PASSWORD } from './support/agency.ts';
import { aCapture, type Capture } from './support/capture.ts';
import { startServer, type TestServer } from './support/server.ts';
import { TabletBox } from './support/tablet.ts';

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'platekeeper-backup-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

const withPlate = (capture: Capture, plate: string): Capture => ({
  ...capture,
  contents: capture.contents.map((content) =>
    content.kind === 'read' ? { ...content, read: { ...content.read, plate } } : content
  )
});

const filesWith = (folder: string, text: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(text))
    .map((entry) => entry.name);

const backupsOf = (server: TestServer, folder: string, key: Buffer): Backups =>
  new Backups({ folder, key, keysFolder: join(server.folder, 'keys'), store: openEmbeddedAgain(server) }, server.house);
// The test's store is the embedded one, with its snapshots.
const openEmbeddedAgain = (server: TestServer): ReturnType<typeof openEmbedded> =>
  server.store as ReturnType<typeof openEmbedded>;

test('nothing that was destroyed comes back with a backup: a day, a hold, reads that went early (R12)', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  await sergeant.put('/api/agency', { retentionDays: 30, backupDays: 7, suspended: false });
  const operator = await aMemberWith(server, sergeant, 'operator');
  const designee = await aMemberWith(server, sergeant, 'designee');
  const tablet = await aTablet(server, sergeant);
  const list = await aLoadedHotlist(server, sergeant);
  const capture = (plate: string): Capture =>
    withPlate(aCapture(tablet.enrollment, operator.member, list, server.now()), plate);
  const ofOldDay = [capture('TST101'), capture('TST102')] as const;
  for (const { contents } of ofOldDay) await new TabletBox(server, tablet).send(...contents);
  const scope = { kind: 'period', periodId: ofOldDay[1].period._id };
  const hold = (await sergeant.post('/api/holds', { ground: INVESTIGATION, scope })).body as Hold;
  await designee.post(`/api/holds/${hold._id}/approval`);
  server.pass(28 * DAY_MS);
  const ofLateDay = [capture('TST103'), capture('TST104')] as const;
  for (const { contents } of ofLateDay) await new TabletBox(server, tablet).send(...contents);

  const folder = aFolder();
  const key = randomBytes(32);
  const backups = backupsOf(server, folder, key);
  await backups.run();
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.backup'));
  expect(filesWith(folder, 'TST10')).toEqual([]);

  // After the backup: the old day goes but for the hold, the hold ends, one read of the late day goes early.
  server.pass(3 * DAY_MS);
  await server.house.destroyer.run();
  await designee.post('/api/session', { signInName: 'somebody-designee', password: PASSWORD });
  const end = { reason: 'dismissed', afterwards: { kind: 'destroy' } };
  expect((await designee.post(`/api/holds/${hold._id}/end`, end)).status).toBe(200);
  await sergeant.post('/api/session', { signInName: 'sergeant', password: PASSWORD });
  const early = { date: ofLateDay[0].period.localDate, readIds: [ofLateDay[0].read._id] };
  expect((await sergeant.post('/api/reads/early-destruction', early)).status).toBe(200);
  await server.house.destroyer.run();
  await backups.run();
  for (const plate of ['TST101', 'TST102', 'TST103']) expect(filesWith(server.folder, plate)).toEqual([]);
  await server.close();

  const order = {
    backup: join(folder, file),
    key,
    destructions: join(folder, DESTRUCTIONS_FILE),
    data: join(aFolder(), 'restored'),
    openStore: (where: string) => openEmbedded({ folder: where, clock: () => Date.parse(server.now()) }),
    designs: (await loadDesigns()).reads
  };
  expect(await restore(order)).toEqual({ replayed: 3 });
  for (const plate of ['TST101', 'TST102', 'TST103']) expect(filesWith(order.data, plate)).toEqual([]);
  // The control: what was not destroyed is back.
  expect(filesWith(order.data, 'TST104')).not.toEqual([]);

  const again = await startServer({ folder: order.data, at: server.now() });
  const certificates = (await again.house.certificates.all()).map(({ jws }) => certificateIn(jws).subject.kind);
  expect(certificates).toEqual(['dayBox', 'earlyReads', 'holdBox']);
  expect(await again.house.holds.inForce()).toEqual([]);
  again.pass(31 * DAY_MS);
  await again.house.destroyer.run();
  expect((await again.house.certificates.all()).at(-1)?.number).toBe(4);
  expect(again.failures).toEqual([]);
}, 120_000);

test('a backup opens with its key alone, whole, and with the newest list of destructions', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  await sergeant.put('/api/agency', { retentionDays: 30, backupDays: 7, suspended: false });
  const folder = aFolder();
  const key = randomBytes(32);
  await backupsOf(server, folder, key).run();
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.backup'));
  const backup = join(folder, file);
  const data = join(aFolder(), 'restored');
  const order = {
    backup,
    key,
    destructions: join(folder, DESTRUCTIONS_FILE),
    data,
    openStore: (where: string) => openEmbedded({ folder: where }),
    designs: (await loadDesigns()).reads
  };
  await expect(restore({ ...order, key: randomBytes(32) })).rejects.toThrow(BackupUnreadable);
  await expect(restore({ ...order, destructions: join(folder, 'nowhere') })).rejects.toThrow(RestoreRefused);
  const bytes = readFileSync(backup);
  const damaged = join(folder, 'damaged');
  for (const [wrong, change] of [
    ['cut short', bytes.subarray(0, bytes.length - 32)],
    ['changed', Buffer.from(bytes.map((byte, at) => (at === 5000 ? byte ^ 1 : byte)))]
  ] as const) {
    writeFileSync(damaged, change);
    await expect(restore({ ...order, backup: damaged }), wrong).rejects.toThrow(BackupUnreadable);
  }
  // Nothing of what was refused is left behind.
  expect(readdirSync(join(data, '..'))).toEqual([]);
  copyFileSync(backup, damaged);
  await restore({ ...order, backup: damaged });
  await expect(restore(order)).rejects.toThrow(RestoreRefused);
}, 60_000);

test('a backup is removed when its days are over, and none is made where backups have no days', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const folder = aFolder();
  const backups = backupsOf(server, folder, randomBytes(32));
  const count = (): number => readdirSync(folder).filter((name) => name.endsWith('.backup')).length;
  await backups.run();
  expect(count()).toBe(0);
  await sergeant.put('/api/agency', { retentionDays: 30, backupDays: 3, suspended: false });
  for (let day = 0; day < 6; day++) {
    await backups.run();
    await backups.run();
    server.pass(DAY_MS);
  }
  expect(count()).toBe(3);
  server.pass(3 * DAY_MS);
  await sergeant.post('/api/session', { signInName: 'sergeant', password: PASSWORD });
  await sergeant.put('/api/agency', { retentionDays: 30, backupDays: 0, suspended: false });
  await backups.run();
  expect(count()).toBe(0);
}, 60_000);
