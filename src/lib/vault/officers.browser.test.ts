import { afterEach, beforeEach, expect, test } from 'vitest';
import { NO_ENTRIES, wordsOf } from '#domain/ledger/tablet-chain.ts';
import { NO_COUNTS, withoutStatement, type ActivePeriod } from '#domain/records/period.ts';
import type { SealedContent } from '#domain/records/sealed.ts';
import { DAY_MS, HOUR_MS, instantOf, localDateOf } from '#domain/time/instant.ts';
import { anAgency } from '#tests/builders/records.ts';
import type { VaultClient } from './client.ts';
import { RELEASE, StandInServer } from './testing/stand-in-server.ts';
import { everythingIn, OldToolbox } from './testing/stored.ts';
import { databases, dropDatabase, eventually, switchOff, switchOn, wipe } from './testing/tablet.ts';

const OFFSET = -360;
const PASSWORD = 'a long invented pass phrase';
const OFFICER_A = { _id: crypto.randomUUID(), name: 'Ofc. A. Example', signInName: 'a.example' };
const OFFICER_B = { _id: crypto.randomUUID(), name: 'Ofc. B. Example', signInName: 'b.example' };

let server: StandInServer;
beforeEach(async () => {
  await wipe();
  server = await StandInServer.start(anAgency({ _id: crypto.randomUUID() }));
});
afterEach(async () => {
  server.close();
  await wipe();
});

/** An officer signs in with a link: the server signs a lease, the tablet makes the own key. */
async function comeOnDuty(vault: VaultClient, member = OFFICER_A, password = PASSWORD): Promise<void> {
  server.member = member;
  expect(await vault.renewLease()).toMatchObject({ kind: 'answered' });
  expect(await vault.enter(password)).toMatchObject({ kind: 'in' });
}

async function aTabletOnDuty(): Promise<VaultClient> {
  const { vault } = await switchOn(server);
  await vault.enroll('TEST-CODE', 'Test tablet');
  await comeOnDuty(vault);
  return vault;
}

async function again(vault: VaultClient, aheadMs = 0): Promise<VaultClient> {
  switchOff(vault);
  return (await switchOn(server, aheadMs)).vault;
}

function aPeriod(operator = OFFICER_A, given: Partial<ActivePeriod> = {}): ActivePeriod {
  const now = instantOf(Date.now());
  return {
    _id: crypto.randomUUID(),
    kind: 'period',
    schema: 1,
    agencyId: crypto.randomUUID(),
    deviceId: server.deviceId,
    deployment: 'handheld',
    operatorId: operator._id,
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

function aRead({ _id: periodId, agencyId }: ActivePeriod, plate = 'TST042'): SealedContent {
  const now = Date.now();
  return {
    kind: 'read',
    read: {
      _id: crypto.randomUUID(),
      kind: 'read',
      schema: 1,
      plate,
      jurisdiction: 'unknown',
      jurisdictionSource: 'unknown',
      collectedAt: instantOf(now),
      utcOffsetMinutes: OFFSET,
      lat: null,
      lon: null,
      accuracyM: null,
      fix: 'none',
      agencyId,
      periodId,
      classification: 'privateNonpublic',
      destroyBy: instantOf(now + 30 * DAY_MS),
      holdIds: [],
      origin: { kind: 'own' },
      ocr: { engine: 'plate-reader', version: '1', confidence: 0.98 },
      clockOffsetMs: null
    },
    pictures: { plateImage: new Uint8Array(1_000).fill(7), contextImage: new Uint8Array(1_000).fill(9) }
  };
}

async function capture(vault: VaultClient, ...plates: string[]): Promise<ActivePeriod> {
  return captureIn(vault, aPeriod(server.member), ...plates);
}

async function captureIn(vault: VaultClient, period: ActivePeriod, ...plates: string[]): Promise<ActivePeriod> {
  expect(await vault.beginPeriod(period)).toMatchObject({ kind: 'saved' });
  for (const plate of plates) expect(await vault.keep(aRead(period, plate))).toMatchObject({ kind: 'saved' });
  return period;
}

/** Lays what the present toolbox has into one of the first version, with what that had in clear. */
async function asAnEarlierVersionKeptIt(period: ActivePeriod): Promise<void> {
  const old = await OldToolbox.from('platekeeper-toolbox-2');
  old.change('enrollments', (row) => ({ ...row, schema: 1, deviceToken: 'a-token-of-before' }));
  old.change('officers', ({ nameTag: _, name: __, ...row }) => ({
    ...row,
    schema: 1,
    signInName: OFFICER_A.signInName,
    lease: `${btoa(OFFICER_A.name)}.signed`
  }));
  old.change('kept', (row) => (row['key'] === 'period' ? { key: 'period', value: period } : row));
  await old.writeAs('platekeeper-toolbox');
}

async function ownPlates(vault: VaultClient): Promise<string[]> {
  return (await vault.ownRecords()).flatMap((content) => (content.kind === 'read' ? [content.read.plate] : []));
}

test('without a link an officer comes in by lease and password, after a restart too', async () => {
  let vault = await aTabletOnDuty();
  server.mood = 'gone';
  vault = await again(vault);
  expect(await vault.enterOffline({ signInName: 'a.example' }, 'not the pass phrase')).toEqual({
    kind: 'wrong',
    triesLeft: 4
  });
  expect(await vault.enterOffline({ signInName: 'A.Example ' }, PASSWORD)).toMatchObject({
    kind: 'in',
    lease: { memberId: OFFICER_A._id },
    officer: { name: OFFICER_A.name, signInName: OFFICER_A.signInName }
  });
  expect(await vault.officerState({ signInName: 'a.example' })).toEqual({ kind: 'mayTry', triesLeft: 5 });
  expect(await vault.enterOffline({ signInName: 'b.example' }, PASSWORD)).toEqual({ kind: 'needsLink' });
});

test('of a thousand guesses none comes in: five lock the officer out, ten erase the keys, and nothing saved is lost', async () => {
  let vault = await aTabletOnDuty();
  server.mood = 'gone';
  await capture(vault, 'TST042', 'TST043');
  for (let guess = 1; guess <= 4; guess++) {
    // A reload gives no try back.
    if (guess === 3) vault = await again(vault);
    expect(await vault.enterOffline({ signInName: 'a.example' }, `guess ${guess}`)).toEqual({
      kind: 'wrong',
      triesLeft: 5 - guess
    });
  }
  expect(await vault.enterOffline({ signInName: 'a.example' }, 'guess 5')).toEqual({
    kind: 'lockedOut',
    erased: false
  });
  vault = await again(vault);
  expect(await vault.officerState({ signInName: 'a.example' })).toEqual({ kind: 'lockedOut', erased: false });
  // Locked out, the right password is no longer judged: it is one more try.
  expect(await vault.enterOffline({ signInName: 'a.example' }, PASSWORD)).toEqual({ kind: 'lockedOut', erased: false });
  const outcomes = new Set<string>();
  for (let guess = 7; guess <= 1_000; guess++)
    outcomes.add((await vault.enterOffline({ signInName: 'a.example' }, `guess ${guess}`)).kind);
  expect([...outcomes]).toEqual(['lockedOut']);
  expect(await vault.officerState({ signInName: 'a.example' })).toEqual({ kind: 'lockedOut', erased: true });
  expect(await wrapFiles()).toEqual([]);
  expect(await ownPlates(vault)).toEqual([]);
  server.mood = 'well';
  await vault.syncNow();
  const arrived = await Promise.all(server.records().map((record) => server.openSeal(record)));
  expect(arrived.flatMap((content) => (content.kind === 'read' ? [content.read.plate] : [])).sort()).toEqual([
    'TST042',
    'TST043'
  ]);
}, 300_000);

test('headquarters releases an officer by a code for the radio, which works once', async () => {
  const vault = await aTabletOnDuty();
  server.mood = 'gone';
  for (let tries = 0; tries < 5; tries++) await vault.countWrong('a.example');
  expect(await vault.release({ signInName: 'a.example' }, 'WRONG-CODE-0000')).toEqual({
    kind: 'wrongCode',
    erased: false
  });
  expect(await vault.release({ signInName: 'a.example' }, ` ${RELEASE.code.toLowerCase()} `)).toEqual({
    kind: 'released'
  });
  expect(await vault.enterOffline({ signInName: 'a.example' }, PASSWORD)).toMatchObject({ kind: 'in' });
  for (let tries = 0; tries < 5; tries++) await vault.countWrong('a.example');
  expect(await vault.release({ signInName: 'a.example' }, RELEASE.code)).toEqual({ kind: 'wrongCode', erased: false });
  // Over the link each release of headquarters counts, and counts once.
  server.mood = 'well';
  server.standing = { withdrawn: [], releases: [{ memberId: OFFICER_A._id, releasedAt: instantOf(Date.now()) }] };
  await vault.hello();
  expect(await vault.officerState({ signInName: 'a.example' })).toEqual({ kind: 'mayTry', triesLeft: 5 });
  for (let tries = 0; tries < 5; tries++) await vault.countWrong('a.example');
  await vault.hello();
  expect(await vault.officerState({ signInName: 'a.example' })).toMatchObject({ kind: 'lockedOut' });
});

test('the own period can be shown to its officer, also after a restart, and to nobody while the tablet is locked', async () => {
  let vault = await aTabletOnDuty();
  server.mood = 'gone';
  const period = await capture(vault, 'TST041', 'TST042');
  expect(await ownPlates(vault)).toEqual(['TST041', 'TST042']);
  await vault.lock();
  expect(await vault.ownRecords()).toEqual([]);
  // Capture goes on behind the lock.
  expect(await vault.keep(aRead(period, 'TST043'))).toMatchObject({ kind: 'saved' });
  vault = await again(vault);
  expect(await vault.ownRecords()).toEqual([]);
  await vault.enterOffline({ signInName: 'a.example' }, PASSWORD);
  expect(await vault.keep(aRead(period, 'TST044'))).toMatchObject({ kind: 'saved' });
  expect(await ownPlates(vault)).toEqual(['TST041', 'TST042', 'TST043', 'TST044']);
});

test('officer B sees nothing of officer A’s period, and nobody an earlier one', async () => {
  const vault = await aTabletOnDuty();
  const period = await capture(vault, 'TST041');
  await comeOnDuty(vault, OFFICER_B, 'another invented pass phrase');
  expect(await vault.ownRecords()).toEqual([]);
  await vault.closePeriod({ ...period, closedAt: instantOf(Date.now()) });
  server.mood = 'gone';
  await capture(vault, 'TST077');
  expect(await ownPlates(vault)).toEqual(['TST077']);
  expect(await vault.enterOffline({ signInName: 'a.example' }, PASSWORD)).toMatchObject({ kind: 'in' });
  expect(await vault.ownRecords()).toEqual([]);
});

const CANVASS = { purpose: 'canvass', caseNumber: '26-779315', incident: 'Stolen boat trailer' } as const;

test('after a restart its officer, and nobody before, knows what the period under way is about, and goes on with it', async () => {
  let vault = await aTabletOnDuty();
  server.mood = 'gone';
  const period = await captureIn(vault, aPeriod(OFFICER_A, CANVASS), 'TST042');
  switchOff(vault);
  const start = await switchOn(server);
  vault = start.vault;
  const { _id: periodId, operatorId, localDate } = period;
  expect(start.opening).toMatchObject({ kind: 'open', period: { periodId, operatorId, localDate } });
  expect(JSON.stringify(start.opening)).not.toContain(CANVASS.caseNumber);
  expect(await vault.periodUnderWay()).toBeNull();
  expect(await vault.enterOffline('onDuty', PASSWORD)).toMatchObject({ kind: 'in', officer: { name: OFFICER_A.name } });
  expect(await vault.periodUnderWay()).toEqual(period);
  // A new box, whose first record tells the period.
  expect(await vault.keep(aRead(period))).toMatchObject({ kind: 'saved', seq: 2 });
});

test('the page of a locked tablet knows no case, and what is sealed behind the lock names it all the same', async () => {
  const vault = await aTabletOnDuty();
  server.mood = 'gone';
  const period = await captureIn(vault, aPeriod(OFFICER_A, CANVASS), 'TST042');
  const counts = { ...NO_COUNTS, reads: 1 };
  await vault.lock();
  await vault.updatePeriod({ ...withoutStatement(period), counts });
  // Midnight behind the lock: one period ends, the next one has the same ground.
  await vault.closePeriod({ ...withoutStatement(period), counts, closedAt: instantOf(Date.now()) });
  const next = { ...withoutStatement(period), _id: crypto.randomUUID() };
  expect(await vault.beginPeriod(next)).toMatchObject({ kind: 'saved' });
  await vault.enterOffline('onDuty', PASSWORD);
  expect(await vault.periodUnderWay()).toEqual({ ...next, ...CANVASS });

  // Who is there says what it is about: nothing of an earlier case is added.
  await vault.closePeriod({ ...next, ...CANVASS, closedAt: instantOf(Date.now()) });
  const forACase = await captureIn(vault, aPeriod(OFFICER_A, { caseNumber: CANVASS.caseNumber }));
  await vault.closePeriod({ ...forACase, closedAt: instantOf(Date.now()) });
  const patrol = await captureIn(vault, aPeriod());
  await vault.lock();
  await vault.enterOffline('onDuty', PASSWORD);
  expect(await vault.periodUnderWay()).toEqual(patrol);
});

test('where IndexedDB is lost far from a network its officer unlocks and goes on, and no wrong try is forgotten', async () => {
  let vault = await aTabletOnDuty();
  server.mood = 'gone';
  const period = await captureIn(vault, aPeriod(OFFICER_A, CANVASS), 'TST042');
  for (let tries = 0; tries < 3; tries++) await vault.enterOffline('onDuty', 'not the pass phrase');
  switchOff(vault);
  for (const name of await databases()) await eventually(() => dropDatabase(name));
  ({ vault } = await switchOn(server));
  expect((await vault.status()).damage).toContain('toolboxLost');
  expect(await vault.officerState({ signInName: 'a.example' })).toEqual({ kind: 'mayTry', triesLeft: 2 });
  expect(await vault.enterOffline({ signInName: 'a.example' }, PASSWORD)).toMatchObject({ kind: 'in' });
  expect(await vault.periodUnderWay()).toEqual(period);
  expect(await vault.keep(aRead(period))).toMatchObject({ kind: 'saved' });
});

test('a lease that was withdrawn is not put back where IndexedDB is lost', async () => {
  let vault = await aTabletOnDuty();
  server.standing = { withdrawn: [{ memberId: OFFICER_A._id, failures: ['suspended'] }], releases: [] };
  await vault.hello();
  switchOff(vault);
  server.mood = 'gone';
  for (const name of await databases()) await eventually(() => dropDatabase(name));
  ({ vault } = await switchOn(server));
  expect(await vault.status()).toMatchObject({ duty: { kind: 'lapsed', withdrawn: ['suspended'] } });
  expect(await vault.enterOffline({ signInName: 'a.example' }, PASSWORD)).toEqual({ kind: 'needsLink' });
});

test('what may not be collected is known without a link after a restart, once its officer is here; before that nothing is captured', async () => {
  await server.protect('TST042');
  let vault = await aTabletOnDuty();
  const period = await captureIn(vault, aPeriod(), 'TSW941');
  server.mood = 'gone';
  vault = await again(vault);
  expect(await vault.keep(aRead(period, 'TSW941'))).toMatchObject({ kind: 'refused', code: 'lockedSinceStart' });
  expect(await everythingIn('platekeeper-toolbox-2')).not.toContain(server.confidential.key);
  await vault.enterOffline('onDuty', PASSWORD);
  expect(await vault.keep(aRead(period, 'TST042'))).toEqual({ kind: 'leftOut' });
  await vault.lock();
  expect(await vault.keep(aRead(period, 'TST042')), 'behind the lock too').toEqual({ kind: 'leftOut' });
  expect(await vault.keep(aRead(period, 'TSW941'))).toMatchObject({ kind: 'saved' });
});

test('a period whose officer does not come back is ended by the next one, who learns nothing of it', async () => {
  let vault = await aTabletOnDuty();
  await comeOnDuty(vault, OFFICER_B);
  await comeOnDuty(vault, OFFICER_A);
  server.mood = 'gone';
  const period = await captureIn(vault, aPeriod(OFFICER_A, CANVASS), 'TST042');
  vault = await again(vault);
  await vault.enterOffline({ signInName: 'b.example' }, PASSWORD);
  expect(await vault.periodUnderWay()).toBeNull();
  await vault.endLeftPeriod();
  await vault.endLeftPeriod();
  switchOff(vault);
  const start = await switchOn(server);
  expect(start.opening).toMatchObject({ kind: 'open', period: null });
  server.mood = 'well';
  await start.vault.syncNow();
  const contents = await Promise.all(server.records().map((record) => server.openSeal(record)));
  const snapshots = contents.flatMap((content) => (content.kind === 'period' ? [content.period] : []));
  expect(snapshots).toHaveLength(2);
  expect(snapshots.find(({ closedAt }) => closedAt !== null)).toMatchObject({
    _id: period._id,
    caseNumber: CANVASS.caseNumber,
    intervals: [{ endReason: 'restart' }]
  });
});

test('nothing personal can be read in what lies on the tablet: no name, no sign-in name, no case, no credential', async () => {
  const vault = await aTabletOnDuty();
  server.mood = 'gone';
  await captureIn(vault, aPeriod(OFFICER_A, CANVASS), 'TST042');
  const stored = await everythingIn('platekeeper-toolbox-2');
  for (const secret of [OFFICER_A.name, OFFICER_A.signInName, CANVASS.caseNumber, CANVASS.incident, 'TST042', PASSWORD])
    for (const form of [secret, btoa(secret).replace(/=+$/, '')]) expect(stored).not.toContain(form);
  expect(stored, 'the control: what may be read is found').toContain('Test tablet');
});

test('what an earlier version kept in clear moves sealed into a new toolbox, and the old one is gone with its names', async () => {
  let vault = await aTabletOnDuty();
  server.mood = 'gone';
  const period = await captureIn(vault, aPeriod(OFFICER_A, CANVASS), 'TST042');
  switchOff(vault);
  await asAnEarlierVersionKeptIt(period);
  ({ vault } = await switchOn(server));
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('platekeeper-toolbox');
  const stored = await everythingIn('platekeeper-toolbox-2');
  for (const secret of [CANVASS.caseNumber, 'a.example', btoa(OFFICER_A.name), 'a-token-of-before'])
    expect(stored).not.toContain(secret);
  expect(await vault.officerState({ signInName: 'a.example' }), 'the lease named the officer').toEqual({
    kind: 'needsLink'
  });
  server.mood = 'well';
  await comeOnDuty(vault);
  expect(await vault.periodUnderWay()).toEqual(period);
  expect(await ownPlates(vault)).toEqual(['TST042']);
  await vault.closePeriod({ ...period, closedAt: instantOf(Date.now()) });
  await vault.syncNow();
  expect(await vault.status()).toMatchObject({ link: 'idle', waitingRecords: 0, boxes: 0 });
});

test('a lease that has lapsed takes the keys: nobody captures or looks, and what waits is still sent', async () => {
  server.leaseMs = 2 * HOUR_MS;
  let vault = await aTabletOnDuty();
  server.mood = 'gone';
  const period = await capture(vault, 'TST041');
  vault = await again(vault, 2 * HOUR_MS);
  expect(await wrapFiles()).toEqual([]);
  expect(await vault.enterOffline({ signInName: 'a.example' }, PASSWORD)).toEqual({ kind: 'needsLink' });
  expect(await vault.keep(aRead(period))).toMatchObject({ kind: 'refused', code: 'noLease' });
  expect((await vault.status()).duty).toEqual({ kind: 'lapsed', withdrawn: [] });
  server.mood = 'well';
  await vault.syncNow();
  expect(server.records()).toHaveLength(2);
});

test('a lease runs out by the right time where headquarters tells it, not by a clock that ran ahead', async () => {
  let vault = await aTabletOnDuty();
  vault = await again(vault, 3 * DAY_MS);
  await vault.hello();
  expect(await vault.enterOffline('onDuty', PASSWORD)).toMatchObject({ kind: 'in' });
  expect((await vault.status()).duty).toMatchObject({ kind: 'inForce' });
  // Nobody tells the time any more: the clocks of the tablet are all there is.
  server.mood = 'gone';
  vault = await again(vault, 3 * DAY_MS);
  expect((await vault.status()).duty).toEqual({ kind: 'lapsed', withdrawn: [] });
});

test('what headquarters withdraws ends at the next contact, with its reason', async () => {
  const vault = await aTabletOnDuty();
  const period = await capture(vault, 'TST041');
  server.standing = { withdrawn: [{ memberId: OFFICER_A._id, failures: ['trainingExpired'] }], releases: [] };
  await vault.hello();
  expect((await vault.status()).duty).toEqual({ kind: 'lapsed', withdrawn: ['trainingExpired'] });
  expect(await vault.keep(aRead(period))).toMatchObject({ kind: 'refused', code: 'noLease' });
  expect(await vault.ownRecords()).toEqual([]);
  expect(await vault.enterOffline({ signInName: 'a.example' }, PASSWORD)).toEqual({ kind: 'needsLink' });
});

test('a tablet that is no longer accepted captures and shows nothing', async () => {
  const vault = await aTabletOnDuty();
  const period = await capture(vault, 'TST041');
  server.mood = 'revokes';
  await vault.hello();
  expect((await vault.status()).duty).toEqual({ kind: 'lapsed', withdrawn: ['tabletRevoked'] });
  expect(await vault.keep(aRead(period))).toMatchObject({ kind: 'refused', code: 'noLease' });
  expect(await wrapFiles()).toEqual([]);
});

test('a password that was changed at headquarters makes a new own key; the old one opens nothing any more', async () => {
  const vault = await aTabletOnDuty();
  await comeOnDuty(vault, OFFICER_A, 'a newer invented pass phrase');
  server.mood = 'gone';
  await vault.lock();
  expect(await vault.enterOffline({ signInName: 'a.example' }, PASSWORD)).toMatchObject({ kind: 'wrong' });
  expect(await vault.enterOffline({ signInName: 'a.example' }, 'a newer invented pass phrase')).toMatchObject({
    kind: 'in'
  });
});

test('what happens on the tablet is in its own trail before it takes effect: chained, sealed, and gone when headquarters has it', async () => {
  let vault = await aTabletOnDuty();
  server.mood = 'gone';
  const period = await capture(vault, 'TST041');
  await vault.ownRecords();
  await vault.lock();
  await vault.enterOffline({ signInName: 'a.example' }, 'not the pass phrase');
  await vault.syncNow();
  expect(server.entries).toEqual([]);
  vault = await again(vault);
  await vault.enterOffline({ signInName: 'a.example' }, PASSWORD);
  await vault.closePeriod({ ...period, closedAt: instantOf(Date.now()) });
  await vault.dropLease();
  server.mood = 'well';
  await vault.syncNow();
  const signed = await Promise.all(server.entries.map((entry) => server.openEntry(entry)));
  const entries = signed.map(({ entry }) => entry);
  expect(entries.map(({ action }) => action)).toEqual([
    'signIn',
    'captureStart',
    'look',
    'lock',
    'wrongPassword',
    'signIn',
    'captureStop',
    'signOut'
  ]);
  expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  for (const [at, entry] of entries.entries()) {
    const before = entries[at - 1];
    expect(entry.previous).toBe(before === undefined ? NO_ENTRIES.hash : await sha256(wordsOf(before)));
    expect(entry.memberId).toBe(OFFICER_A._id);
  }
  expect(entries[2]).toMatchObject({ object: period._id, count: 1 });
  // The chain goes on where it stood, also when nothing of it is left but its head.
  vault = await again(vault);
  await comeOnDuty(vault);
  await vault.syncNow();
  expect(server.entries.map(({ seq }) => seq).slice(-2)).toEqual([8, 9]);
});

const sha256 = async (words: string): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(words)))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

async function wrapFiles(): Promise<string[]> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('officers').catch(() => null);
  const names: string[] = [];
  if (folder !== null) for await (const name of folder.keys()) names.push(name);
  return names;
}
