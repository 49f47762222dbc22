import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Lease } from '#domain/wire/answers.ts';
import { anAgency } from '#tests/builders/records.ts';
import type { VaultClient } from './client.ts';
import type { PasskeySecret } from './protocol.ts';
import { StandInServer } from './testing/stand-in-server.ts';
import { switchOff, switchOn, wipe } from './testing/tablet.ts';

const PASSWORD = 'a long invented pass phrase';
const OFFICER: Lease['member'] = { _id: crypto.randomUUID(), name: 'Ofc. A. Example', signInName: 'a.example' };
const secret = (): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(32));
const passkey = (credentialId = 'a-passkey-of-the-officer'): PasskeySecret & { secret: Uint8Array<ArrayBuffer> } => ({
  credentialId,
  secret: secret()
});

let server: StandInServer;
beforeEach(async () => {
  await wipe();
  server = await StandInServer.start(anAgency({ _id: crypto.randomUUID() }));
  server.member = OFFICER;
});
afterEach(async () => {
  server.close();
  await wipe();
});

/** A tablet to which the server has just given the officer's lease. */
async function aTabletWithLease(): Promise<VaultClient> {
  const { vault } = await switchOn(server);
  await vault.enroll('TEST-CODE', 'Test tablet');
  expect(await vault.renewLease()).toMatchObject({ kind: 'answered' });
  return vault;
}

async function withoutLink(vault: VaultClient): Promise<VaultClient> {
  server.mood = 'gone';
  switchOff(vault);
  return (await switchOn(server)).vault;
}

test('a passkey that keeps a secret opens the own key beside the password, without a link too', async () => {
  let vault = await aTabletWithLease();
  await vault.enter(PASSWORD);
  await vault.lock();
  const own = passkey();
  expect(await vault.enterByPasskey(own)).toEqual({ kind: 'needsPassword' });
  expect(await vault.addPasskey(own, OFFICER._id)).toBe(false);
  await vault.enterOffline('a.example', PASSWORD);
  expect(await vault.addPasskey(own, OFFICER._id)).toBe(true);
  vault = await withoutLink(vault);
  expect(await vault.passkeysHere()).toEqual([{ credentialId: own.credentialId, signInName: 'a.example' }]);
  expect(await vault.enterOfflineByPasskey(own)).toMatchObject({ kind: 'in', lease: { member: OFFICER } });
  await vault.lock();
  expect(await vault.enterOffline('a.example', PASSWORD)).toMatchObject({ kind: 'in' });
});

test('a passkey is added to the key of its own officer and to nobody else’s', async () => {
  const vault = await aTabletWithLease();
  await vault.enter(PASSWORD);
  server.member = { _id: crypto.randomUUID(), name: 'Ofc. B. Example', signInName: 'b.example' };
  await vault.renewLease();
  await vault.enter('another invented pass phrase');
  expect(await vault.addPasskey(passkey(), OFFICER._id)).toBe(false);
  expect(await vault.passkeysHere()).toEqual([]);
  expect(await vault.addPasskey(passkey(), server.member._id)).toBe(true);
});

test('where an officer signed in with a passkey alone it makes the own key, and a password is neither right nor wrong', async () => {
  let vault = await aTabletWithLease();
  const own = passkey();
  expect(await vault.enterByPasskey({ ...own, secret: null })).toEqual({ kind: 'needsPassword' });
  expect(await vault.enterByPasskey(own)).toMatchObject({ kind: 'in' });
  vault = await withoutLink(vault);
  expect(await vault.enterOffline('a.example', PASSWORD)).toEqual({ kind: 'needsLink' });
  expect(await vault.officerState('a.example')).toEqual({ kind: 'mayTry', triesLeft: 5 });
  expect(await vault.enterOfflineByPasskey({ ...own, secret: null })).toEqual({ kind: 'needsPassword' });
  expect(await vault.enterOfflineByPasskey(own)).toMatchObject({ kind: 'in' });
});

test('of a thousand foreign, wiped or wrong passkeys none opens anything: five lock, ten erase', async () => {
  let vault = await aTabletWithLease();
  const own = passkey();
  await vault.enterByPasskey(own);
  vault = await withoutLink(vault);
  // Somebody else's passkey is nobody's here, and costs the officer no try.
  for (let n = 0; n < 20; n++)
    expect(await vault.enterOfflineByPasskey(passkey(`foreign-${n}`))).toEqual({ kind: 'needsLink' });
  const outcomes: string[] = [];
  for (let guess = 1; guess <= 1_000; guess++)
    outcomes.push((await vault.enterOfflineByPasskey(passkey(own.credentialId))).kind);
  expect(outcomes.slice(0, 5)).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'lockedOut']);
  expect(outcomes).not.toContain('in');
  // The keys were erased at the tenth: the right passkey is nobody's any more.
  expect(await vault.passkeysHere()).toEqual([]);
  expect(await vault.enterOfflineByPasskey(own)).toEqual({ kind: 'needsLink' });
  expect(await vault.officerState('a.example')).toEqual({ kind: 'lockedOut', erased: true });
});

test('a key that was wrapped before there were passkeys opens as before, and takes one', async () => {
  let vault = await aTabletWithLease();
  await vault.enter(PASSWORD);
  switchOff(vault);
  await asFirstWritten();
  vault = (await switchOn(server)).vault;
  server.mood = 'gone';
  expect(await vault.enterOffline('a.example', PASSWORD)).toMatchObject({ kind: 'in' });
  const own = passkey();
  expect(await vault.addPasskey(own, OFFICER._id)).toBe(true);
  await vault.lock();
  expect(await vault.enterOfflineByPasskey(own)).toMatchObject({ kind: 'in' });
});

/** Writes the officer's file as the first version did: one wrap, by the password. */
async function asFirstWritten(): Promise<void> {
  const { frameOf, framesIn } = await import('./frames.ts');
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('officers');
  for await (const handle of folder.values()) {
    const file = handle as FileSystemFileHandle;
    const [payload] = framesIn(new Uint8Array(await (await file.getFile()).arrayBuffer())).payloads;
    const { password, passkeys, ...rest } = JSON.parse(new TextDecoder().decode(payload)) as {
      password: object;
      passkeys: readonly unknown[];
    };
    expect(passkeys).toEqual([]);
    const first = new TextEncoder().encode(JSON.stringify({ ...rest, schema: 1, ...password }));
    const stream = await file.createWritable();
    await stream.write(frameOf(first).slice());
    await stream.close();
  }
}
