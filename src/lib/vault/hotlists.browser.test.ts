import { afterEach, beforeEach, expect, test } from 'vitest';
import { packList } from '#domain/matching/packed-line.ts';
import type { HotlistVersion } from '#domain/records/hotlist.ts';
import { HOUR_MS, instantOf } from '#domain/time/instant.ts';
import type { Lease } from '#domain/wire/answers.ts';
import { anAgency } from '#tests/builders/records.ts';
import type { VaultClient } from './client.ts';
import { StandInServer } from './testing/stand-in-server.ts';
import { switchOff, switchOn, wipe } from './testing/tablet.ts';

const PASSWORD = 'a long invented pass phrase';
const OFFICER_A: Lease['member'] = { _id: crypto.randomUUID(), name: 'Ofc. A. Example', signInName: 'a.example' };
const OFFICER_B: Lease['member'] = { _id: crypto.randomUUID(), name: 'Ofc. B. Example', signInName: 'b.example' };
const LINES = packList([
  { ref: 'V-1', plate: 'TST042', jurisdiction: 'MN', category: 'stolenVehicle', caution: 'Canary 77', expiresAt: null }
]);

let server: StandInServer;
beforeEach(async () => {
  await wipe();
  server = await StandInServer.start(anAgency({ _id: crypto.randomUUID() }));
});
afterEach(async () => {
  server.close();
  await wipe();
});

async function offer(asOf = instantOf(Date.now())): Promise<HotlistVersion> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(LINES)));
  const version: HotlistVersion = {
    _id: crypto.randomUUID(),
    kind: 'hotlistVersion',
    schema: 1,
    source: { sourceId: crypto.randomUUID(), kind: 'mnPlateFile', compareName: 'The file', existencePublic: true },
    asOf,
    loadedAt: asOf,
    sha256: [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    rows: 1
  };
  server.lists.set(version._id, { version, lines: LINES });
  return version;
}

async function comeOnDuty(vault: VaultClient, member = OFFICER_A): Promise<void> {
  server.member = member;
  await vault.renewLease();
  await vault.enter(PASSWORD);
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

const textOf = (lines: Uint8Array): string => new TextDecoder().decode(lines);

/** Every byte in the folder of the lists, as text. */
async function onTheDisk(): Promise<string> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('lists').catch(() => null);
  let all = '';
  if (folder === null) return all;
  for await (const name of folder.keys()) all += await (await (await folder.getFileHandle(name)).getFile()).text();
  return all;
}

test('a list is there again after a restart far from a network, for its officer, and lies sealed on the disk', async () => {
  let vault = await aTabletOnDuty();
  const { _id } = await offer();
  const pulled = await vault.hotlist(_id);
  expect(pulled.kind === 'answered' && textOf(pulled.lines)).toBe(LINES);
  const bytes = await onTheDisk();
  expect(bytes).toContain('sealedList');
  for (const canary of ['TST042', 'Canary 77', 'V-1\t']) expect(bytes).not.toContain(canary);
  vault = await again(vault);
  server.mood = 'gone';
  expect(await vault.storedHotlists()).toEqual([]);
  expect((await vault.hotlist(_id)).kind).toBe('unreachable');
  await vault.enterOffline(OFFICER_A.signInName, PASSWORD);
  expect((await vault.storedHotlists()).map((version) => version._id)).toEqual([_id]);
  const opened = await vault.hotlist(_id);
  expect(opened.kind === 'answered' && textOf(opened.lines)).toBe(LINES);
});

test('another officer of the same tablet cannot open the list of the one before', async () => {
  const vault = await aTabletOnDuty();
  const { _id } = await offer();
  await vault.hotlist(_id);
  await vault.dropLease();
  await comeOnDuty(vault, OFFICER_B);
  server.mood = 'gone';
  expect(await vault.storedHotlists()).toEqual([]);
  expect((await vault.hotlist(_id)).kind).toBe('unreachable');
});

test('lines that the server did not sign for are no list', async () => {
  const vault = await aTabletOnDuty();
  const { _id } = await offer();
  server.tampered = LINES.replace('TST042', 'TST043');
  expect((await vault.hotlist(_id)).kind).toBe('unreachable');
  expect(await vault.storedHotlists()).toEqual([]);
  server.tampered = null;
  expect((await vault.hotlist(_id)).kind).toBe('answered');
});

test('a list that is too old to be matched is erased at the next start', async () => {
  let vault = await aTabletOnDuty();
  const { _id } = await offer(instantOf(Date.now() - 70 * HOUR_MS));
  await vault.hotlist(_id);
  expect(await onTheDisk()).toContain('sealedList');
  vault = await again(vault, 3 * HOUR_MS);
  expect(await onTheDisk()).toBe('');
  expect(await vault.storedHotlists()).toEqual([]);
});
