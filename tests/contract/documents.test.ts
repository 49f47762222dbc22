import { expect, test } from 'vitest';
import type { WriteOutcome } from '#server/store/store.ts';
import { onEveryEngine, SOMEBODY } from './engine.ts';

const revIn = (outcome: WriteOutcome | undefined): string =>
  outcome?.kind === 'written' ? outcome.rev : 'nothing written';

onEveryEngine(({ store, box }) => {
  const fresh = async (): Promise<string> => {
    const name = box();
    await store.create(name, []);
    return name;
  };

  test('a document comes back as it was written, with its revision', async () => {
    const name = await fresh();
    const document = { _id: 'a:1', text: 'é ☂ "quoted"', n: 1.5, list: [1, null, { deep: true }], empty: {} };
    const outcome = await store.put(name, document, SOMEBODY);
    expect(outcome).toMatchObject({ kind: 'written', id: 'a:1' });
    expect(revIn(outcome)).toMatch(/^1-[0-9a-f]{32}$/);
    expect(await store.get(name, 'a:1')).toEqual({ ...document, _rev: revIn(outcome) });
  });

  test('a change needs the revision it changes', async () => {
    const name = await fresh();
    const first = revIn(await store.put(name, { _id: 'a', n: 1 }, SOMEBODY));
    expect(await store.put(name, { _id: 'a', n: 2 }, SOMEBODY)).toEqual({ kind: 'conflict', id: 'a' });
    const second = revIn(await store.put(name, { _id: 'a', _rev: first, n: 2 }, SOMEBODY));
    expect(second).toMatch(/^2-/);
    expect(await store.put(name, { _id: 'a', _rev: first, n: 3 }, SOMEBODY)).toEqual({ kind: 'conflict', id: 'a' });
    expect(await store.put(name, { _id: 'never', _rev: first, n: 3 }, SOMEBODY)).toEqual({
      kind: 'conflict',
      id: 'never'
    });
    expect(await store.get(name, 'a')).toEqual({ _id: 'a', _rev: second, n: 2 });
  });

  test('a deleted document is not there, and can be made again', async () => {
    const name = await fresh();
    const first = revIn(await store.put(name, { _id: 'a', n: 1 }, SOMEBODY));
    const gone = revIn(await store.put(name, { _id: 'a', _rev: first, _deleted: true }, SOMEBODY));
    expect(gone).toMatch(/^2-/);
    expect(await store.get(name, 'a')).toBeUndefined();
    expect(await store.all(name)).toEqual([]);
    expect(revIn(await store.put(name, { _id: 'a', n: 2 }, SOMEBODY))).toMatch(/^3-/);
    expect(await store.get(name, 'a')).toMatchObject({ n: 2 });
  });

  test('what was never written is not there', async () => {
    const name = await fresh();
    expect(await store.get(name, 'a')).toBeUndefined();
    expect(await store.get(name, '_design/none')).toBeUndefined();
  });

  test('documents come in order of id, in a range, from either end, design documents left out', async () => {
    const name = box();
    await store.create(name, [{ _id: '_design/x.0123456789ab', language: 'javascript' }]);
    for (const _id of ['b', 'A', 'z', 'a:2', 'a:10', '0']) await store.put(name, { _id }, SOMEBODY);
    const ids = async (range?: Parameters<typeof store.all>[1]): Promise<string[]> =>
      (await store.all(name, range)).map((d) => d._id);
    expect(await ids()).toEqual(['0', 'A', 'a:10', 'a:2', 'b', 'z']);
    expect(await ids({ descending: true })).toEqual(['z', 'b', 'a:2', 'a:10', 'A', '0']);
    expect(await ids({ startId: 'a:', endId: 'a:~' })).toEqual(['a:10', 'a:2']);
    expect(await ids({ startId: 'b', endId: 'A', descending: true })).toEqual(['b', 'a:2', 'a:10', 'A']);
    expect(await ids({ startId: 'A', limit: 2 })).toEqual(['A', 'a:10']);
    expect(await ids({ endId: 'A' })).toEqual(['0', 'A']);
    expect(await ids({ limit: 3, descending: true })).toEqual(['z', 'b', 'a:2']);
    expect((await store.all(name, { startId: 'b', limit: 1 }))[0]?._rev).toMatch(/^1-/);
  });

  test('a bulk gives each document its own outcome, in their order', async () => {
    const name = await fresh();
    await store.put(name, { _id: 'b', n: 1 }, SOMEBODY);
    const outcomes = await store.bulk(name, [{ _id: 'a' }, { _id: 'b' }, { _id: 'c' }, { _id: 'c' }], SOMEBODY, 'new');
    expect(outcomes.map((o) => [o.id, o.kind])).toEqual([
      ['a', 'written'],
      ['b', 'conflict'],
      ['c', 'written'],
      ['c', 'conflict']
    ]);
    expect(await store.bulk(name, [], SOMEBODY, 'new')).toEqual([]);
  });

  test('a bulk of two thousand is all there', async () => {
    const name = await fresh();
    const documents = Array.from({ length: 2000 }, (_, n) => ({ _id: `d${String(n).padStart(5, '0')}`, n }));
    const outcomes = await store.bulk(name, documents, SOMEBODY, 'new');
    expect(outcomes.every((o) => o.kind === 'written')).toBe(true);
    expect((await store.all(name)).map((d) => d['n'])).toEqual(documents.map((d) => d.n));
  });

  test('ids and fields of the engine are refused, the rest of the bulk is not', async () => {
    const name = await fresh();
    const bad = [
      { _id: '_design/mine', language: 'javascript' },
      { _id: '_local/x' },
      { _id: '' },
      { _id: 'a', _secret: 1 }
    ];
    const outcomes = await store.bulk(name, [...bad, { _id: 'good' }], SOMEBODY, 'new');
    expect(outcomes.map((o) => o.kind)).toEqual(['refused', 'refused', 'refused', 'refused', 'written']);
    for (const document of bad) expect(await store.put(name, document, SOMEBODY)).toMatchObject({ kind: 'refused' });
    expect(await store.all(name)).toHaveLength(1);
  });

  test('local documents are kept apart: never listed, never counted', async () => {
    const name = await fresh();
    expect(await store.getLocal(name, 'checkpoint')).toBeUndefined();
    const first = await store.putLocal(name, { _id: '_local/checkpoint', last: 7 });
    expect(first).toMatchObject({ kind: 'written', id: '_local/checkpoint' });
    expect(await store.getLocal(name, 'checkpoint')).toEqual({ _id: '_local/checkpoint', _rev: revIn(first), last: 7 });
    await store.putLocal(name, { _id: 'checkpoint', _rev: revIn(first), last: 8 });
    expect(await store.getLocal(name, '_local/checkpoint')).toMatchObject({ last: 8 });
    expect(await store.all(name)).toEqual([]);
    expect((await store.info(name)).documents).toBe(0);
  });
});
