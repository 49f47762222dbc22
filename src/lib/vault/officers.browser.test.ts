import { afterEach, beforeEach, expect, test } from 'vitest';
import { NO_ENTRIES, wordsOf } from '#domain/ledger/tablet-chain.ts';
import { NO_COUNTS, type ActivePeriod } from '#domain/records/period.ts';
import type { SealedContent } from '#domain/records/sealed.ts';
import { DAY_MS, HOUR_MS, instantOf, localDateOf } from '#domain/time/instant.ts';
import type { Lease } from '#domain/wire/answers.ts';
import { anAgency } from '#tests/builders/records.ts';
import type { VaultClient } from './client.ts';
import { RELEASE, StandInServer } from './testing/stand-in-server.ts';
import { switchOff, switchOn, wipe } from './testing/tablet.ts';

const OFFSET = -360;
const PASSWORD = 'a long invented pass phrase';
const OFFICER_A: Lease['member'] = { _id: crypto.randomUUID(), name: 'Ofc. A. Example', signInName: 'a.example' };
const OFFICER_B: Lease['member'] = { _id: crypto.randomUUID(), name: 'Ofc. B. Example', signInName: 'b.example' };

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

function aPeriod(operator = OFFICER_A): ActivePeriod {
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
    closedAt: null
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
  const period = aPeriod(server.member);
  expect(await vault.beginPeriod(period)).toMatchObject({ kind: 'saved' });
  for (const plate of plates) expect(await vault.keep(aRead(period, plate))).toMatchObject({ kind: 'saved' });
  return period;
}

async function ownPlates(vault: VaultClient): Promise<string[]> {
  return (await vault.ownRecords()).flatMap((content) => (content.kind === 'read' ? [content.read.plate] : []));
}

test('without a link an officer comes in by lease and password, after a restart too', async () => {
  let vault = await aTabletOnDuty();
  server.mood = 'gone';
  vault = await again(vault);
  expect(await vault.enterOffline('a.example', 'not the pass phrase')).toEqual({ kind: 'wrong', triesLeft: 4 });
  expect(await vault.enterOffline('A.Example ', PASSWORD)).toMatchObject({
    kind: 'in',
    lease: { member: OFFICER_A }
  });
  expect(await vault.officerState('a.example')).toEqual({ kind: 'mayTry', triesLeft: 5 });
  expect(await vault.enterOffline('b.example', PASSWORD)).toEqual({ kind: 'needsLink' });
});

test('of a thousand guesses none comes in: five lock the officer out, ten erase the keys, and nothing saved is lost', async () => {
  let vault = await aTabletOnDuty();
  server.mood = 'gone';
  await capture(vault, 'TST042', 'TST043');
  for (let guess = 1; guess <= 4; guess++) {
    // A reload gives no try back.
    if (guess === 3) vault = await again(vault);
    expect(await vault.enterOffline('a.example', `guess ${guess}`)).toEqual({ kind: 'wrong', triesLeft: 5 - guess });
  }
  expect(await vault.enterOffline('a.example', 'guess 5')).toEqual({ kind: 'lockedOut', erased: false });
  vault = await again(vault);
  expect(await vault.officerState('a.example')).toEqual({ kind: 'lockedOut', erased: false });
  // Locked out, the right password is no longer judged: it is one more try.
  expect(await vault.enterOffline('a.example', PASSWORD)).toEqual({ kind: 'lockedOut', erased: false });
  const outcomes = new Set<string>();
  for (let guess = 7; guess <= 1_000; guess++)
    outcomes.add((await vault.enterOffline('a.example', `guess ${guess}`)).kind);
  expect([...outcomes]).toEqual(['lockedOut']);
  expect(await vault.officerState('a.example')).toEqual({ kind: 'lockedOut', erased: true });
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
  expect(await vault.release('a.example', 'WRONG-CODE-0000')).toEqual({ kind: 'wrongCode', erased: false });
  expect(await vault.release('a.example', ` ${RELEASE.code.toLowerCase()} `)).toEqual({ kind: 'released' });
  expect(await vault.enterOffline('a.example', PASSWORD)).toMatchObject({ kind: 'in' });
  for (let tries = 0; tries < 5; tries++) await vault.countWrong('a.example');
  expect(await vault.release('a.example', RELEASE.code)).toEqual({ kind: 'wrongCode', erased: false });
  // Over the link each release of headquarters counts, and counts once.
  server.mood = 'well';
  server.standing = { withdrawn: [], releases: [{ memberId: OFFICER_A._id, releasedAt: instantOf(Date.now()) }] };
  await vault.hello();
  expect(await vault.officerState('a.example')).toEqual({ kind: 'mayTry', triesLeft: 5 });
  for (let tries = 0; tries < 5; tries++) await vault.countWrong('a.example');
  await vault.hello();
  expect(await vault.officerState('a.example')).toMatchObject({ kind: 'lockedOut' });
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
  expect(await vault.keep(aRead(period, 'TST044'))).toMatchObject({ kind: 'saved' });
  await vault.enterOffline('a.example', PASSWORD);
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
  expect(await vault.enterOffline('a.example', PASSWORD)).toMatchObject({ kind: 'in' });
  expect(await vault.ownRecords()).toEqual([]);
});

test('a lease that has lapsed takes the keys: nobody captures or looks, and what waits is still sent', async () => {
  server.leaseMs = 2 * HOUR_MS;
  let vault = await aTabletOnDuty();
  server.mood = 'gone';
  const period = await capture(vault, 'TST041');
  vault = await again(vault, 2 * HOUR_MS);
  expect(await wrapFiles()).toEqual([]);
  expect(await vault.enterOffline('a.example', PASSWORD)).toEqual({ kind: 'needsLink' });
  expect(await vault.keep(aRead(period))).toMatchObject({ kind: 'refused', code: 'noLease' });
  expect((await vault.status()).duty).toEqual({ kind: 'lapsed', withdrawn: [] });
  server.mood = 'well';
  await vault.syncNow();
  expect(server.records()).toHaveLength(2);
});

test('what headquarters withdraws ends at the next contact, with its reason', async () => {
  const vault = await aTabletOnDuty();
  const period = await capture(vault, 'TST041');
  server.standing = { withdrawn: [{ memberId: OFFICER_A._id, failures: ['trainingExpired'] }], releases: [] };
  await vault.hello();
  expect((await vault.status()).duty).toEqual({ kind: 'lapsed', withdrawn: ['trainingExpired'] });
  expect(await vault.keep(aRead(period))).toMatchObject({ kind: 'refused', code: 'noLease' });
  expect(await vault.ownRecords()).toEqual([]);
  expect(await vault.enterOffline('a.example', PASSWORD)).toEqual({ kind: 'needsLink' });
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
  expect(await vault.enterOffline('a.example', PASSWORD)).toMatchObject({ kind: 'wrong' });
  expect(await vault.enterOffline('a.example', 'a newer invented pass phrase')).toMatchObject({ kind: 'in' });
});

test('what happens on the tablet is in its own trail before it takes effect: chained, sealed, and gone when headquarters has it', async () => {
  let vault = await aTabletOnDuty();
  server.mood = 'gone';
  const period = await capture(vault, 'TST041');
  await vault.ownRecords();
  await vault.lock();
  await vault.enterOffline('a.example', 'not the pass phrase');
  await vault.syncNow();
  expect(server.entries).toEqual([]);
  vault = await again(vault);
  await vault.enterOffline('a.example', PASSWORD);
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
