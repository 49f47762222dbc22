import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactVerify, importJWK } from 'jose';
import { expect, onTestFinished, test } from 'vitest';
import { Sealer } from '../demo/sealer.ts';
import { askedFor, openQuery } from '../audit/asked-for.ts';
import { loadKeys } from './keys.ts';

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'platekeeper-keys-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return join(folder, 'keys');
}

const DEVICE = '00000000-0000-4000-8000-000000000001';
const BOX = '00000000-0000-4000-8000-000000000002';
const bytes = new Uint8Array([1, 2, 3]);

test('keys are made once, stay the same, and only their owner may read them', async () => {
  const folder = aFolder();
  const first = await loadKeys(folder);
  const second = await loadKeys(folder);
  expect(second.sealing.publicKey).toEqual(first.sealing.publicKey);
  expect(second.signing.publicJwk).toEqual(first.signing.publicJwk);
  expect(second.tags.plate('TST042')).toBe(first.tags.plate('TST042'));
  expect(existsSync(folder)).toBe(true);
  for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
});

test('what was sealed for the server opens, after a restart too', async () => {
  const folder = aFolder();
  const { sealing } = await loadKeys(folder);
  const record = await (await Sealer.forBox(DEVICE, BOX, sealing.publicKey)).sealBytes(bytes);
  const later = await loadKeys(folder);
  expect(await later.sealing.open(record)).toEqual({ kind: 'opened', bytes });
});

test('a record that was changed, moved or sealed for another server does not open', async () => {
  const { sealing } = await loadKeys(aFolder());
  const record = await (await Sealer.forBox(DEVICE, BOX, sealing.publicKey)).sealBytes(bytes);
  for (const moved of [
    { deviceId: BOX },
    { boxId: DEVICE },
    { seq: 2 },
    { iv: 'AAAAAAAAAAAAAAAA' },
    { wrappedKey: '' },
    { body: '' }
  ])
    expect(await sealing.open({ ...record, ...moved })).toEqual({ kind: 'broken' });
  const other = await loadKeys(aFolder());
  expect(await other.sealing.open(record)).toEqual({ kind: 'notOurKey' });
});

test('what the server signed verifies with its public key and with no other', async () => {
  const [ours, theirs] = [await loadKeys(aFolder()), await loadKeys(aFolder())];
  const jws = await ours.signing.sign({ kind: 'receipt' });
  const { payload } = await compactVerify(jws, await importJWK(ours.signing.publicJwk, 'ES256'));
  expect(new TextDecoder().decode(payload)).toBe('{"kind":"receipt"}');
  await expect(compactVerify(jws, await importJWK(theirs.signing.publicJwk, 'ES256'))).rejects.toThrow();
});

test('a plate has one tag however O and 0 are written, and the tag tells nothing without the key', async () => {
  const [ours, theirs] = [await loadKeys(aFolder()), await loadKeys(aFolder())];
  expect(ours.tags.plate('TSTO42')).toBe(ours.tags.plate('TST042'));
  expect(ours.tags.plate('TST041')).not.toBe(ours.tags.plate('TST042'));
  expect(theirs.tags.plate('TST042')).not.toBe(ours.tags.plate('TST042'));
});

test('a plate that somebody asked for is opened by the audit key alone, and each seal is the only one of its kind', async () => {
  const keys = await loadKeys(aFolder());
  const { plateTag, sealedQuery } = await askedFor(keys, 'TST042');
  const again = await askedFor(keys, 'T1');
  expect(plateTag).toBe(keys.tags.plate('TST042'));
  expect(await openQuery(keys, sealedQuery)).toBe('TST042');
  expect(again.sealedQuery.body).toHaveLength(sealedQuery.body.length);
  expect(await openQuery(await loadKeys(aFolder()), sealedQuery)).toBeNull();
  expect(await openQuery(keys, { ...sealedQuery, body: again.sealedQuery.body })).toBeNull();
});
