import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildDesigns } from '#designs/build.ts';
import { consistencyRanges, isConsistent, leafHash, nodeHash } from '#domain/ledger/merkle.ts';
import { openEmbedded } from '#server/store/embedded.ts';
import { StoreUnavailable, type Store } from '#server/store/store.ts';
import { LEDGER } from '../register/databases.ts';
import { sha256 } from '../keys/bytes.ts';
import { Tree } from './tree.ts';

const folder = mkdtempSync(join(tmpdir(), 'tree-'));
let store: Store;
beforeAll(async () => {
  store = openEmbedded({ folder });
  await store.create(LEDGER, (await buildDesigns()).ledger);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

// 256 tiles of 256, a few tiles more, and a few leaves.
const COUNT = 256 * 256 + 3 * 256 + 5;
const leaf = (at: number): Uint8Array => leafHash(sha256, Buffer.from(String(at)));
const leaves = Array.from({ length: COUNT }, (_, at) => leaf(at));

function plainRoot(hashes: readonly Uint8Array[]): Uint8Array {
  const [only] = hashes;
  if (only === undefined) return sha256(new Uint8Array());
  if (hashes.length === 1) return only;
  const split = 2 ** (Math.ceil(Math.log2(hashes.length)) - 1);
  return nodeHash(sha256, plainRoot(hashes.slice(0, split)), plainRoot(hashes.slice(split)));
}

test('a tree in tiles has the root of the plain tree and proves that it continues itself, after a restart too', async () => {
  const tree = await Tree.open(store);
  for (const hash of leaves) tree.append(hash);
  expect(tree.size).toBe(COUNT);
  await tree.save();
  const again = await Tree.open(store);
  expect(again.size).toBe(COUNT - 5);
  for (const hash of leaves.slice(-5)) again.append(hash);
  for (const size of [1, 255, 256, 257, 65_535, 65_536, 65_537, COUNT]) {
    const root = await again.root(size);
    expect([size, Buffer.from(root).equals(plainRoot(leaves.slice(0, size)))]).toEqual([size, true]);
    const proof = await Promise.all(consistencyRanges(size, COUNT).map((range) => again.range(range)));
    const whole = { size: COUNT, root: await tree.root() };
    expect([size, isConsistent(sha256, { size, root }, whole, proof)]).toEqual([size, true]);
  }
}, 120_000);

test('a tree whose tiles of a higher level were not written before the end makes them again from those below', async () => {
  const other = mkdtempSync(join(tmpdir(), 'tree-'));
  const inner = openEmbedded({ folder: other });
  await inner.create(LEDGER, (await buildDesigns()).ledger);
  const dying: Store = {
    ...inner,
    put: (database, document, by) =>
      document._id.startsWith('tile:1')
        ? Promise.reject(new StoreUnavailable('killed'))
        : inner.put(database, document, by)
  };
  const tree = await Tree.open(dying);
  for (const hash of leaves.slice(0, 65_536)) tree.append(hash);
  await expect(tree.save()).rejects.toThrow(StoreUnavailable);
  const again = await Tree.open(inner);
  expect(again.size).toBe(65_536);
  expect(await again.root()).toEqual(plainRoot(leaves.slice(0, 65_536)));
  await again.save();
  expect((await inner.get(LEDGER, 'tile:1:0000000000'))?.['index']).toBe(0);
  await inner.close();
  rmSync(other, { recursive: true });
}, 120_000);
