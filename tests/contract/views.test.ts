import { beforeAll, expect, test } from 'vitest';
import type { ViewQuery } from '#server/store/store.ts';
import { onEveryEngine, SOMEBODY } from './engine.ts';
import { someDesign } from './some-design.ts';

onEveryEngine(({ store, box }) => {
  const name = box();
  beforeAll(async () => {
    await store.create(name, [someDesign()]);
    const keys = [
      'TST042',
      'TST041',
      'TST042',
      7,
      -1.5,
      null,
      true,
      ['a', 2],
      ['a', 10],
      ['b'],
      { a: 1 },
      false,
      '0',
      1e9
    ];
    await store.bulk(
      name,
      keys.map((key, n) => ({ _id: `d${String(n).padStart(2, '0')}`, key, n })),
      SOMEBODY,
      'new'
    );
  });
  const keysOf = async (query?: ViewQuery): Promise<unknown[]> =>
    (await store.view(name, 'some', 'by_key', query)).map((row) => row.key);

  test('keys come in one order on every engine', async () => {
    expect(await keysOf()).toEqual([
      null,
      false,
      true,
      -1.5,
      7,
      1e9,
      '0',
      'TST041',
      'TST042',
      'TST042',
      ['a', 2],
      ['a', 10],
      ['b'],
      { a: 1 }
    ]);
    expect(await keysOf({ descending: true, limit: 3 })).toEqual([{ a: 1 }, ['b'], ['a', 10]]);
  });

  test('a key finds its rows, in order of id, with their values', async () => {
    expect(await store.view(name, 'some', 'by_key', { key: 'TST042' })).toEqual([
      { id: 'd00', key: 'TST042', value: 0 },
      { id: 'd02', key: 'TST042', value: 2 }
    ]);
    expect(await keysOf({ key: null })).toEqual([null]);
    expect(await keysOf({ key: 'none' })).toEqual([]);
  });

  test('many keys are answered in the order they were asked', async () => {
    const rows = await store.view(name, 'some', 'by_key', { keys: ['TST041', 'none', 7, 'TST042'] });
    expect(rows.map((r) => r.id)).toEqual(['d01', 'd03', 'd00', 'd02']);
  });

  test('ranges include their end unless told otherwise, and run from either side', async () => {
    expect(await keysOf({ startKey: 7, endKey: 'TST041' })).toEqual([7, 1e9, '0', 'TST041']);
    expect(await keysOf({ startKey: 7, endKey: 'TST041', inclusiveEnd: false })).toEqual([7, 1e9, '0']);
    expect(await keysOf({ startKey: 'TST041', endKey: 7, descending: true })).toEqual(['TST041', '0', 1e9, 7]);
    expect(await keysOf({ startKey: 'TST041', endKey: 7, descending: true, inclusiveEnd: false })).toEqual([
      'TST041',
      '0',
      1e9
    ]);
    expect(await keysOf({ startKey: ['a'], endKey: ['a', {}] })).toEqual([
      ['a', 2],
      ['a', 10]
    ]);
    expect(await keysOf({ startKey: 'TST041', limit: 2, skip: 1 })).toEqual(['TST042', 'TST042']);
    expect(await keysOf({ limit: 0 })).toEqual([]);
  });

  test('documents come along when asked for', async () => {
    const [row] = await store.view(name, 'some', 'by_key', { key: 'TST041', includeDocs: true });
    expect(row?.doc).toMatchObject({ _id: 'd01', key: 'TST041', n: 1 });
    expect(row?.doc?._rev).toMatch(/^1-/);
  });

  test('rows are counted and summed, as a whole or by key', async () => {
    const sum = (query: ViewQuery): ReturnType<typeof store.view> =>
      store.view(name, 'some', 'by_key', { reduce: true, ...query });
    expect(await sum({ startKey: '0', endKey: 'TST042' })).toEqual([{ id: null, key: null, value: 15 }]);
    expect(await sum({ startKey: 'T', endKey: 'U', group: true })).toEqual([
      { id: null, key: 'TST041', value: 1 },
      { id: null, key: 'TST042', value: 2 }
    ]);
    expect(await sum({ startKey: 'T', endKey: 'U', group: true, descending: false, limit: 1, skip: 1 })).toEqual([
      { id: null, key: 'TST042', value: 2 }
    ]);
    expect(await sum({ keys: ['TST042', 7] })).toEqual([
      { id: null, key: 'TST042', value: 2 },
      { id: null, key: 7, value: 3 }
    ]);
    expect(await sum({ key: 'none' })).toEqual([]);
    expect(await store.view(name, 'some', 'twice', { reduce: true })).toEqual([{ id: null, key: null, value: 28 }]);
  });

  test('a document may have many rows', async () => {
    const rows = await store.view(name, 'some', 'twice', { startKey: ['TST041'], endKey: ['TST041', {}] });
    expect(rows.map((r) => r.key)).toEqual([
      ['TST041', 1],
      ['TST041', 2]
    ]);
  });

  test('a changed document has its new rows only, a deleted one none', async () => {
    const box2 = box();
    await store.create(box2, [someDesign()]);
    await store.put(box2, { _id: 'a', key: 'one', n: 1 }, SOMEBODY);
    const first = await store.get(box2, 'a');
    await store.put(box2, { _id: 'a', _rev: first?._rev ?? '', key: 'two', n: 1 }, SOMEBODY);
    expect((await store.view(box2, 'some', 'by_key')).map((r) => r.key)).toEqual(['two']);
    const second = await store.get(box2, 'a');
    await store.put(box2, { _id: 'a', _rev: second?._rev ?? '', _deleted: true }, SOMEBODY);
    expect(await store.view(box2, 'some', 'by_key')).toEqual([]);
  });

  test('a map function that fails on a document gives no rows for it', async () => {
    const box2 = box();
    await store.create(box2, [someDesign()]);
    await store.bulk(
      box2,
      [
        { _id: 'a', key: 1, crash: true },
        { _id: 'b', key: 2 }
      ],
      SOMEBODY,
      'new'
    );
    expect((await store.view(box2, 'some', 'by_key')).map((r) => r.id)).toEqual(['b']);
  });

  test('a new version of a design replaces the old one, filled from what is there', async () => {
    const box2 = box();
    await store.create(box2, [someDesign()]);
    await store.bulk(
      box2,
      [
        { _id: 'a', key: 1, n: 5 },
        { _id: 'b', key: 2, n: 6 }
      ],
      SOMEBODY,
      'new'
    );
    const next = someDesign({ views: { by_n: { map: 'function (doc) { emit(doc.n, null); }', reduce: '_count' } } });
    expect(await store.create(box2, [next])).toBe('existed');
    expect((await store.view(box2, 'some', 'by_n')).map((r) => r.key)).toEqual([5, 6]);
    await expect(store.view(box2, 'some', 'by_key')).rejects.toThrow('by_key');
    expect((await store.info(box2)).documents).toBe(2);
  });
});
