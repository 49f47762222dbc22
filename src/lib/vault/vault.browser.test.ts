import { anAgency } from '#tests/builders/records.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cdp } from 'vitest/browser';
import { NO_COUNTS, type ActivePeriod } from '#domain/records/period.ts';
import type { Read } from '#domain/records/read.ts';
import type { HotlistCategory } from '#domain/records/hotlist.ts';
import type { SealedContent } from '#domain/records/sealed.ts';
import { DAY_MS, instantOf, localDateOf } from '#domain/time/instant.ts';
import { Display } from '../state/display.svelte.ts';
import type { VaultClient } from './client.ts';
import { DISPLAY_COOKIE, locationOf } from './locations.ts';
import { STORAGE_STOPS_AT, STORAGE_WARNS_AT, type Keeping } from './protocol.ts';
import { StandInServer } from './testing/stand-in-server.ts';
import {
  buckets,
  databases,
  dropDatabase,
  dropKeySafe,
  eventually,
  journalBytes,
  journalFiles,
  removeJournal,
  removeOutbox,
  heldByAnother,
  standbyFiles,
  useUp,
  switchOff,
  switchOn,
  switchOnEnrolled,
  wipe,
  writeJournal
} from './testing/tablet.ts';

const AGENCY = anAgency({ _id: crypto.randomUUID() });
const OFFSET = -360;
const PERIOD_ID = crypto.randomUUID();

let server: StandInServer;
beforeEach(async () => {
  await wipe();
  server = await StandInServer.start(AGENCY);
});
afterEach(async () => {
  server.close();
  await wipe();
});

function aPeriod(given: Partial<ActivePeriod> = {}): ActivePeriod {
  const now = instantOf(Date.now());
  return {
    _id: PERIOD_ID,
    kind: 'period',
    schema: 1,
    agencyId: AGENCY._id,
    deviceId: server.deviceId,
    deployment: 'handheld',
    operatorId: crypto.randomUUID(),
    purpose: 'routinePatrol',
    attestedAt: now,
    localDate: localDateOf(now, OFFSET),
    utcOffsetMinutes: OFFSET,
    intervals: [{ startedAt: now, endedAt: null, endReason: null }],
    databases: [],
    counts: NO_COUNTS,
    closedAt: null,
    ...given
  };
}

function aRead(given: Partial<Read> & Record<string, unknown> = {}): SealedContent {
  const read = {
    _id: crypto.randomUUID(),
    kind: 'read',
    schema: 1,
    plate: 'TST042',
    jurisdiction: 'unknown',
    jurisdictionSource: 'unknown',
    collectedAt: instantOf(Date.now()),
    utcOffsetMinutes: OFFSET,
    lat: null,
    lon: null,
    accuracyM: null,
    fix: 'none',
    agencyId: AGENCY._id,
    periodId: PERIOD_ID,
    classification: 'privateNonpublic',
    destroyBy: instantOf(Date.now() + 30 * DAY_MS),
    holdIds: [],
    origin: { kind: 'own' },
    ocr: { engine: 'plate-reader', version: '1', confidence: 0.98 },
    clockOffsetMs: null,
    ...given
  } as Read;
  const picture = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));
  return { kind: 'read', read, pictures: { plateImage: picture(15_000), contextImage: picture(15_000) } };
}

/** Saves and gives the box; fails the test when it was not saved. */
async function save(vault: VaultClient, content: SealedContent): Promise<Extract<Keeping, { kind: 'saved' }>> {
  const kept = await vault.keep(content);
  if (kept.kind !== 'saved') throw new Error(`not saved: ${JSON.stringify(kept)}`);
  return kept;
}

async function savedReads(vault: VaultClient, reads: number): Promise<string> {
  expect(await vault.beginPeriod(aPeriod())).toMatchObject({ kind: 'saved' });
  let boxId = '';
  for (let i = 0; i < reads; i++) ({ boxId } = await save(vault, aRead()));
  return boxId;
}

const text = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

test('a saved read lies sealed in the journal, and headquarters alone can open it', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  await vault.beginPeriod(aPeriod());
  const content = aRead();
  const { boxId, seq } = await save(vault, content);
  expect(seq).toBe(2);
  expect(text(await journalBytes(boxId))).not.toContain('TST042');
  server.mood = 'well';
  await vault.syncNow();
  const arrived = server.records(boxId).find((record) => record.seq === seq);
  if (arrived === undefined) throw new Error('did not arrive');
  expect(await server.openSeal(arrived)).toEqual(content);
  await expect(server.openSeal({ ...arrived, seq: 3 })).rejects.toThrow();
});

test('a closed period arrives once each, is receipted, and is gone from the tablet', async () => {
  const vault = await switchOnEnrolled(server);
  const boxId = await savedReads(vault, 5);
  expect(await vault.closePeriod(aPeriod({ closedAt: instantOf(Date.now()) }))).toMatchObject({
    kind: 'saved',
    seq: 7
  });
  await vault.syncNow();
  expect(server.records().map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(server.finished.get(boxId)).toBe(7);
  expect(await journalFiles()).toEqual([]);
  expect(await databases()).toEqual(['platekeeper-toolbox-2']);
  expect(await vault.status()).toMatchObject({ link: 'idle', waitingRecords: 0, boxes: 0 });
});

test('while the server is gone everything waits and says so; when it is back everything drains, once each', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  await savedReads(vault, 20);
  await vault.syncNow();
  expect(await vault.status()).toMatchObject({ link: 'serverUnreachable', waitingRecords: 21, boxes: 1 });
  server.mood = 'portal';
  await vault.syncNow();
  expect(await vault.status()).toMatchObject({ link: 'serverUnreachable', waitingRecords: 21, boxes: 1 });
  server.mood = 'well';
  await vault.closePeriod(aPeriod({ closedAt: instantOf(Date.now()) }));
  await vault.syncNow();
  expect(server.records()).toHaveLength(22);
  expect(await vault.status()).toMatchObject({ link: 'idle', waitingRecords: 0, boxes: 0 });
});

test('who is told that a record is saved has been told before that it waits', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  const told: number[] = [];
  await vault.onStatus(({ waitingRecords }) => {
    told.push(waitingRecords);
  });
  expect(told).toEqual([0]);
  expect((await vault.beginPeriod(aPeriod())).kind).toBe('saved');
  expect(told.at(-1)).toBe(1);
});

test('a tablet with nothing to send says too when its link is lost, and when it is back', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  await vault.syncNow();
  expect(await vault.status()).toMatchObject({ link: 'serverUnreachable', waitingRecords: 0 });
  server.mood = 'well';
  await vault.syncNow();
  expect((await vault.status()).link).toBe('idle');
  server.mood = 'revokes';
  await vault.syncNow();
  expect((await vault.status()).link).toBe('notAccepted');
});

test('a receipt that our server did not sign destroys nothing', async () => {
  const vault = await switchOnEnrolled(server);
  server.receiptsSignedBy = 'stranger';
  const boxId = await savedReads(vault, 2);
  await vault.closePeriod(aPeriod({ closedAt: instantOf(Date.now()) }));
  await vault.syncNow();
  expect(server.records(boxId)).toHaveLength(4);
  expect(await journalFiles()).toEqual([`${boxId}.pkj`]);
  expect(await vault.status()).toMatchObject({ waitingRecords: 4, boxes: 1 });
});

test('a record that the server denies is an alarm, and is kept', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'denies';
  await savedReads(vault, 1);
  await vault.syncNow();
  expect(await vault.status()).toMatchObject({ link: 'refusedByServer', waitingRecords: 2 });
});

test('a revoked tablet says that it is not accepted, and keeps what waits', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'revokes';
  await savedReads(vault, 1);
  await vault.syncNow();
  expect(await vault.status()).toMatchObject({ link: 'notAccepted', waitingRecords: 2 });
});

test('a killed worker loses nothing that was saved, and the period under way is told after the restart', async () => {
  let vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  const boxId = await savedReads(vault, 10);
  switchOff(vault);
  const again = await switchOn(server);
  vault = again.vault;
  expect(again.opening).toMatchObject({
    kind: 'open',
    period: { periodId: PERIOD_ID },
    healed: { records: 11, boxes: 1 }
  });
  // Nobody has unlocked it: what may not be collected is not known yet.
  expect(await vault.keep(aRead())).toMatchObject({ kind: 'refused', code: 'lockedSinceStart' });
  server.mood = 'well';
  await vault.hello();
  const next = await save(vault, aRead());
  expect(next.boxId, 'the key of the box before is gone').not.toBe(boxId);
  server.mood = 'well';
  await vault.syncNow();
  expect(server.records(boxId)).toHaveLength(11);
  // What the period is about nobody has opened since the restart; headquarters knows it from the box before.
  expect(next.seq).toBe(1);
  expect(server.records()).toHaveLength(12);
});

test('an outbox that was wiped is rebuilt from the journal, and that is reported', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  const boxId = await savedReads(vault, 4);
  switchOff(vault);
  await removeOutbox(boxId);
  server.mood = 'well';
  const again = await switchOn(server);
  expect(again.opening).toMatchObject({ kind: 'open', healed: { healedRecords: 5, records: 5 } });
  expect((await again.vault.status()).damage).toContain('outboxRebuilt');
  await again.vault.syncNow();
  expect(server.records(boxId)).toHaveLength(5);
});

test('a box whose row was lost with the toolbox is rediscovered', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  const boxId = await savedReads(vault, 3);
  switchOff(vault);
  await eventually(() => forgetBoxRow(boxId));
  const again = await switchOn(server);
  expect(again.opening).toMatchObject({ kind: 'open', healed: { rediscoveredBoxes: 1, records: 4 } });
  expect((await again.vault.status()).damage).toContain('boxRediscovered');
});

test('a tablet whose IndexedDB is wiped stays enrolled, says so, and sends everything that was saved', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  const boxId = await savedReads(vault, 3);
  switchOff(vault);
  for (const name of await databases()) await eventually(() => dropDatabase(name));
  server.mood = 'well';
  const again = await switchOn(server);
  expect(again.opening).toMatchObject({
    kind: 'open',
    enrollment: { deviceId: server.deviceId },
    lease: { deviceId: server.deviceId },
    healed: { rediscoveredBoxes: 1, records: 4, healedRecords: 4 }
  });
  expect((await again.vault.status()).damage).toContain('toolboxLost');
  await again.vault.syncNow();
  expect(server.records(boxId)).toHaveLength(4);
  expect(await journalFiles()).toEqual([]);
});

test('a tablet that lost its key too keeps everything, is enrolled again as the same one, and then sends it', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  const boxId = await savedReads(vault, 3);
  switchOff(vault);
  for (const name of await databases()) await eventually(() => dropDatabase(name));
  await dropKeySafe();
  server.mood = 'well';
  const again = await switchOn(server);
  expect(again.opening).toMatchObject({ kind: 'open', enrollment: { deviceId: server.deviceId, hasKey: false } });
  expect((await again.vault.status()).damage).toEqual(expect.arrayContaining(['toolboxLost', 'deviceKeyLost']));
  await again.vault.syncNow();
  expect(await again.vault.status()).toMatchObject({ link: 'notAccepted', waitingRecords: 4 });
  expect(server.records(boxId)).toEqual([]);

  await again.vault.enroll('TEST-CODE-AGAIN', 'Test tablet');
  expect(server.enrolled.at(-1)).toMatchObject({ formerDeviceId: server.deviceId });
  await again.vault.syncNow();
  expect(server.records(boxId)).toHaveLength(4);
  expect(await journalFiles()).toEqual([]);
  expect((await again.vault.status()).damage).not.toContain('deviceKeyLost');
});

test('each request is proved by the tablet’s key, once, with the nonce of now', async () => {
  const vault = await switchOnEnrolled(server);
  server.turnNonce();
  await savedReads(vault, 3);
  server.turnNonce();
  await vault.closePeriod(aPeriod({ closedAt: instantOf(Date.now()) }));
  await vault.syncNow();
  expect(server.records()).toHaveLength(5);
  expect(server.proofs.length).toBeGreaterThan(5);
  expect(new Set(server.proofs).size).toBe(server.proofs.length);
});

test('damage is said until an officer has seen it and headquarters has its entry, whatever restarts lie between', async () => {
  let vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  const boxId = await savedReads(vault, 2);
  switchOff(vault);
  await removeOutbox(boxId);
  ({ vault } = await switchOn(server));
  expect(await vault.status()).toMatchObject({ damage: ['outboxRebuilt'], damageIsSeen: false });
  switchOff(vault);
  ({ vault } = await switchOn(server));
  expect(await vault.status()).toMatchObject({ damage: ['outboxRebuilt'], damageIsSeen: false });
  await vault.seeDamage();
  expect(await vault.status()).toMatchObject({ damage: ['outboxRebuilt'], damageIsSeen: true });
  server.mood = 'well';
  await vault.syncNow();
  const said = await Promise.all(server.entries.map((entry) => server.openEntry(entry)));
  expect(said.map(({ entry }) => entry)).toContainEqual(
    expect.objectContaining({ action: 'failure', object: 'outboxRebuilt' })
  );
  expect((await vault.status()).damage).toEqual([]);
});

test('a damaged place in the journal is skipped and reported; every other record arrives', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  const boxId = await savedReads(vault, 5);
  switchOff(vault);
  const bytes = await journalBytes(boxId);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await writeJournal(boxId, bytes);
  await removeOutbox(boxId);
  server.mood = 'well';
  const again = await switchOn(server);
  expect(again.opening).toMatchObject({ kind: 'open', healed: { damagedPlaces: 1, records: 5 } });
  expect((await again.vault.status()).damage).toContain('journalDamaged');
  await again.vault.syncNow();
  expect(server.records(boxId)).toHaveLength(5);
  expect(await journalFiles(), 'all that is left has been receipted').toEqual([]);
});

test('an outbox without a journal is kept and sent, and the loss of the journal is reported', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  const boxId = await savedReads(vault, 3);
  await vault.closePeriod(aPeriod({ closedAt: instantOf(Date.now()) }));
  switchOff(vault);
  await removeJournal(boxId);
  await eventually(() => forgetBoxRow(boxId));
  server.mood = 'well';
  const again = await switchOn(server);
  expect(again.opening).toMatchObject({ kind: 'open', healed: { boxesWithoutJournal: 1, records: 5 } });
  await again.vault.syncNow();
  expect(server.records(boxId)).toHaveLength(5);
});

test('a tablet that was off for 61 days has destroyed everything old before it shows anything', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  await savedReads(vault, 3);
  switchOff(vault);
  const again = await switchOn(server, 61 * DAY_MS);
  expect(again.opening).toMatchObject({ kind: 'open', swept: 1, lease: null, healed: { boxes: 0, records: 0 } });
  expect(await journalFiles()).toEqual([]);
  expect(await databases()).toEqual(['platekeeper-toolbox-2']);
});

test('a read is kept a day before its date and is gone on it', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  await savedReads(vault, 1);
  switchOff(vault);
  const dayBefore = await switchOn(server, 28 * DAY_MS);
  expect(dayBefore.opening).toMatchObject({ swept: 0, healed: { records: 2 } });
  switchOff(dayBefore.vault);
  expect((await switchOn(server, 30 * DAY_MS)).opening).toMatchObject({ swept: 1, healed: { records: 0 } });
});

test('a clock that was set back is said and written down, and keeps nothing longer', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  await savedReads(vault, 1);
  switchOff(vault);
  const later = await switchOn(server, 29 * DAY_MS);
  expect(later.opening).toMatchObject({ swept: 0 });
  switchOff(later.vault);
  const setBack = await switchOn(server, -2 * DAY_MS);
  const { clock, clockNotes } = await setBack.vault.status();
  expect(clock.kind).toBe('setBack');
  expect(clockNotes).toMatchObject([{ kind: 'setBack' }]);
  switchOff(setBack.vault);
  const stillSetBack = await switchOn(server, -2 * DAY_MS);
  expect((await stillSetBack.vault.status()).clockNotes, 'the same trouble is one note').toHaveLength(1);
  switchOff(stillSetBack.vault);
  const again = await switchOn(server, 31 * DAY_MS);
  expect(again.opening).toMatchObject({ swept: 1 });
  switchOff(again.vault);
  expect((await (await switchOn(server, 31 * DAY_MS)).vault.status()).clockNotes, 'it is remembered').toHaveLength(1);
});

test('a clock that jumped years ahead destroys nothing that headquarters can tell is not due', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  await savedReads(vault, 2);
  switchOff(vault);
  server.mood = 'well';
  const again = await switchOn(server, 1_000 * DAY_MS);
  expect(again.opening).toMatchObject({ kind: 'open', swept: 0 });
  expect((await again.vault.status()).clock).toMatchObject({ kind: 'wrong' });
  await again.vault.syncNow();
  expect(server.records()).toHaveLength(3);
});

test('what the law does not allow is refused and leaves nothing', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  const { boxId } = (await vault.beginPeriod(aPeriod())) as Extract<Keeping, { kind: 'saved' }>;
  const before = (await journalBytes(boxId)).length;
  expect(await vault.keep(aRead({ color: 'red' }))).toMatchObject({ kind: 'refused', code: 'unlawfulField' });
  expect(await vault.keep(aRead({ destroyBy: instantOf(Date.now() + 61 * DAY_MS) }))).toMatchObject({
    code: 'keptTooLong'
  });
  const old = { collectedAt: instantOf(Date.now() - 31 * DAY_MS), destroyBy: instantOf(Date.now() - DAY_MS) };
  expect(await vault.keep(aRead(old))).toMatchObject({ kind: 'refused', code: 'pastItsDate' });
  expect(await vault.keep(aRead({ periodId: crypto.randomUUID() }))).toMatchObject({
    kind: 'refused',
    code: 'noPeriod'
  });
  const yesterday = aRead({ collectedAt: instantOf(Date.now() - DAY_MS), destroyBy: instantOf(Date.now() + DAY_MS) });
  expect(await vault.keep(yesterday)).toMatchObject({ kind: 'refused', code: 'wrongBox' });
  expect((await journalBytes(boxId)).length).toBe(before);
  expect(await vault.status()).toMatchObject({ waitingRecords: 1, boxes: 1 });
});

test('of a read that may be a participant’s nothing is left: no record, no count, no entry, no byte', async () => {
  await server.protect('TST042');
  const vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  await vault.beginPeriod(aPeriod());
  const { boxId } = await save(vault, aRead({ plate: 'TSW941' }));
  const [bytes, status] = [await journalBytes(boxId), await vault.status()];
  const matched = (plate: string, category: HotlistCategory): SealedContent =>
    ({ ...aRead({ plate }), matched: { listVersionId: crypto.randomUUID(), category } }) as SealedContent;
  for (const plate of ['TST042', 'TSTO42']) {
    expect(await vault.keep(aRead({ plate }))).toEqual({ kind: 'leftOut' });
    expect(await vault.keep(matched(plate, 'licenseRevoked'))).toEqual({ kind: 'leftOut' });
  }
  expect(await journalBytes(boxId)).toEqual(bytes);
  const { waitingRecords, boxes, damage } = await vault.status();
  expect({ waitingRecords, boxes, damage }).toEqual({
    waitingRecords: status.waitingRecords,
    boxes: status.boxes,
    damage: status.damage
  });
  expect(await vault.keep(matched('TST042', 'stolenVehicle'))).toMatchObject({ kind: 'saved', seq: 3 });
  server.mood = 'well';
  await vault.syncNow();
  const entries = await Promise.all(server.entries.map((entry) => server.openEntry(entry)));
  expect(entries.map(({ entry }) => entry.action)).toEqual(['captureStart']);
});

test('without a lease in force nothing is captured', async () => {
  const vault = await switchOnEnrolled(server);
  await vault.beginPeriod(aPeriod());
  await vault.dropLease();
  expect(await vault.lease()).toBeNull();
  expect(await vault.keep(aRead())).toMatchObject({ kind: 'refused', code: 'noLease' });
  expect(await vault.beginPeriod(aPeriod())).toMatchObject({ kind: 'refused', code: 'noLease' });
});

test('what a captive portal answers never becomes an enrollment', async () => {
  const { vault } = await switchOn(server);
  server.mood = 'portal';
  expect(await vault.enroll('TEST-CODE', 'Test tablet')).toEqual({ kind: 'unreachable' });
  expect(await vault.hello()).toEqual({ kind: 'notEnrolled' });
});

test('a full storage takes nothing and says so, and capture resumes by itself', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  await savedReads(vault, 1);
  // Chromium's answer to estimate() stays at 10 GiB beyond the use, whatever the true quota is: the write itself tells.
  const { usedBytes } = (await vault.status()).storage;
  await setQuota(Math.ceil(usedBytes / 0.99));
  try {
    await expect.poll(() => vault.keep(aRead()), { timeout: 15_000 }).toEqual({ kind: 'storageFull' });
    const { waitingRecords } = await vault.status();
    expect(await vault.keep(aRead())).toEqual({ kind: 'storageFull' });
    expect((await vault.status()).waitingRecords).toBe(waitingRecords);
  } finally {
    await setQuota();
  }
  await expect.poll(() => vault.keep(aRead()), { timeout: 15_000 }).toMatchObject({ kind: 'saved' });
  const { waitingRecords } = await vault.status();
  server.mood = 'well';
  await vault.closePeriod(aPeriod({ closedAt: instantOf(Date.now()) }));
  await vault.syncNow();
  expect(server.records()).toHaveLength(waitingRecords + 1);
  expect(await vault.status()).toMatchObject({ waitingRecords: 0, boxes: 0 });
});

test('people are warned when 80 % of the storage is used, and at 95 % nothing more is taken, until there is room', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  const boxId = await savedReads(vault, 2);
  // The browser grants room a megabyte at a time: a tablet with the app and a day of reads on it is far beyond that.
  const takeBallastAway = await useUp(40_000_000);
  const shareNow = async (): Promise<number> => (await vault.status()).storage.share;
  const usedBytes = (await navigator.storage.estimate()).usage ?? 0;
  const before = (await journalBytes(boxId)).length;
  try {
    await setQuota(Math.ceil(usedBytes / 0.88));
    await expect.poll(shareNow, { timeout: 30_000 }).toBeGreaterThanOrEqual(STORAGE_WARNS_AT);
    expect(await shareNow()).toBeLessThan(STORAGE_STOPS_AT);
    await setQuota(Math.ceil(usedBytes / 0.97));
    await expect.poll(shareNow, { timeout: 30_000 }).toBeGreaterThanOrEqual(STORAGE_STOPS_AT);
    expect(await vault.keep(aRead())).toEqual({ kind: 'storageFull' });
    expect(await vault.beginPeriod(aPeriod())).toEqual({ kind: 'storageFull' });
    expect((await journalBytes(boxId)).length, 'it was refused before it was taken').toBe(before);
  } finally {
    await setQuota();
    await takeBallastAway();
  }
  await expect.poll(() => vault.keep(aRead()), { timeout: 30_000 }).toMatchObject({ kind: 'saved' });
  expect(await shareNow()).toBeLessThan(STORAGE_WARNS_AT);
});

test('a second tab is told that the vault is open elsewhere', async () => {
  await switchOn(server);
  expect((await switchOn(server)).opening).toEqual({ kind: 'openElsewhere' });
});

test('a page that was left while it kept its second copy holds nobody up: the next one opens, enrolled as before', async () => {
  switchOff(await switchOnEnrolled(server));
  const [newest = 0] = (await standbyFiles()).map(Number.parseFloat).sort((a, b) => b - a);
  await heldByAnother('standby', `${newest + 1}.pks`, 700);
  const { opening } = await switchOn(server);
  expect(opening).toMatchObject({ kind: 'open', enrollment: { label: 'Test tablet' } });
  expect(await standbyFiles(), 'the half copy is gone').toHaveLength(1);
});

test('a box is closed at 200 records, and the next one begins by telling its period', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  const first = await savedReads(vault, 199);
  const next = await save(vault, aRead());
  expect(next).toMatchObject({ seq: 2 });
  expect(next.boxId).not.toBe(first);
});

test('a trail at headquarters that became shorter is told to the officer, and stands in the tablet’s own trail', async () => {
  const vault = await switchOnEnrolled(server);
  server.trailSize = 5;
  await vault.syncNow();
  expect((await vault.status()).damage).toEqual([]);
  switchOff(vault);
  server.trailSize = 4;
  const again = (await switchOn(server)).vault;
  await again.syncNow();
  expect((await again.status()).damage).toEqual(['trailBroken']);
  await again.syncNow();
  const told = await Promise.all(server.entries.map((entry) => server.openEntry(entry)));
  expect(told.map(({ entry }) => entry.object)).toContain('trailBroken');
});

test('the offset of the clock is measured when headquarters is asked', async () => {
  const vault = await switchOnEnrolled(server);
  const hello = await vault.hello();
  expect(hello).toMatchObject({ kind: 'answered', hello: { suspended: false } });
  const { clockOffsetMs } = await vault.status();
  expect(Math.abs((clockOffsetMs ?? 0) - 90_000)).toBeLessThan(2_000);
});

test('everything found on the device after a capture is in the list of locations', async () => {
  const vault = await switchOnEnrolled(server);
  server.mood = 'gone';
  await savedReads(vault, 3);
  await vault.syncNow();
  for (const name of await journalFiles()) expect(locationOf('privateFiles', `journal/${name}`), name).toBeDefined();
  const root = await navigator.storage.getDirectory();
  const top: string[] = [];
  for await (const name of root.keys()) top.push(name);
  expect(top.sort()).toEqual(['audit', 'journal', 'room', 'standby']);
  expect(locationOf('privateFiles', 'room')).toBeDefined();
  for (const name of await standbyFiles()) expect(locationOf('privateFiles', `standby/${name}`), name).toBeDefined();
  for (const name of await databases()) expect(locationOf('indexedDB', name), name).toBeDefined();
  expect(await databases()).toHaveLength(2);
  expect(await buckets()).toEqual(['device-key']);
  for (const name of await buckets()) expect(locationOf('bucket', name), name).toBeDefined();
  for (const name of await caches.keys()) expect(locationOf('cacheStorage', name), name).toBeDefined();
  new Display(document).useHand('left');
  const cookies = document.cookie.split('; ').map((cookie) => cookie.split('=')[0] ?? '');
  expect(cookies).toHaveLength(1);
  for (const name of cookies) expect(locationOf('cookie', name), name).toBeDefined();
  await cookieStore.delete(DISPLAY_COOKIE);
  expect(locationOf('indexedDB', 'something-else'), 'the list is not a list of everything').toBeUndefined();
});

/** Sets the browser's true quota for this origin; without a number, as it was. */
async function setQuota(quotaSize?: number): Promise<void> {
  const session = cdp() as unknown as { send(method: string, params: object): Promise<unknown> };
  const given = quotaSize === undefined ? {} : { quotaSize };
  await session.send('Storage.overrideQuotaForOrigin', { origin: location.origin, ...given });
}

/** Removes the row of a box behind the vault's back, as damage to the toolbox would. */
function forgetBoxRow(boxId: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('platekeeper-toolbox-2');
    opening.onerror = () => {
      reject(new Error('the toolbox could not be opened'));
    };
    opening.onsuccess = () => {
      const work = opening.result.transaction('boxes', 'readwrite');
      work.objectStore('boxes').delete(boxId);
      work.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
}
