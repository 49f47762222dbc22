import { expect, test } from 'vitest';
import type { StoredDocument } from '#server/store/store.ts';
import { onEveryEngine, SOMEBODY } from './engine.ts';
import { someDesign } from './some-design.ts';

const hash = (n: number): string => String(n).padStart(32, '0');

/** A document as a replicator sends it: the newest of the given revisions, with the path to it. */
function replicated(_id: string, revisions: readonly number[], fields: object = {}): StoredDocument {
  const ids = [...revisions].reverse().map(hash);
  return { _id, _rev: `${ids.length}-${ids[0]}`, _revisions: { start: ids.length, ids }, ...fields };
}

onEveryEngine(({ store, box }) => {
  test('a replicated document keeps its revision; sent twice it changes nothing', async () => {
    const name = box();
    await store.create(name, [someDesign()]);
    const documents = [replicated('a', [1], { key: 'k', n: 1 }), replicated('b', [2], { key: 'k', n: 2 })];
    const first = await store.bulk(name, documents, SOMEBODY, 'replicated');
    expect(first).toEqual(documents.map((d) => ({ kind: 'written', id: d._id, rev: d._rev })));
    const sequence = (await store.info(name)).updateSequence;
    expect(await store.bulk(name, documents, SOMEBODY, 'replicated')).toEqual(first);
    expect((await store.info(name)).updateSequence).toBe(sequence);
    expect((await store.info(name)).documents).toBe(2);
    expect(await store.get(name, 'a')).toEqual({ _id: 'a', _rev: documents[0]?._rev, key: 'k', n: 1 });
    expect(await store.view(name, 'some', 'by_key', { reduce: true })).toEqual([{ id: null, key: null, value: 3 }]);
  });

  test('only what is not here is asked for', async () => {
    const name = box();
    await store.create(name, []);
    await store.bulk(name, [replicated('a', [1, 2])], SOMEBODY, 'replicated');
    const asked = { a: [`2-${hash(2)}`, `1-${hash(1)}`, `2-${hash(9)}`], b: [`1-${hash(1)}`] };
    expect(await store.revsDiff(name, asked)).toEqual({
      a: { missing: [`2-${hash(9)}`] },
      b: { missing: [`1-${hash(1)}`] }
    });
    expect(await store.revsDiff(name, { a: [`2-${hash(2)}`] })).toEqual({});
  });

  test('a later revision follows the one that is here; the earlier one brings nothing back', async () => {
    const name = box();
    await store.create(name, []);
    await store.bulk(name, [replicated('a', [1], { n: 1 })], SOMEBODY, 'replicated');
    await store.bulk(name, [replicated('a', [1, 2, 3], { n: 3 })], SOMEBODY, 'replicated');
    await store.bulk(name, [replicated('a', [1], { n: 1 })], SOMEBODY, 'replicated');
    expect(await store.get(name, 'a')).toEqual({ _id: 'a', _rev: `3-${hash(3)}`, n: 3 });
  });

  test('a branch beside what is here is a conflict and is not kept', async () => {
    const name = box();
    await store.create(name, []);
    const written = await store.put(name, { _id: 'a', n: 1 }, SOMEBODY);
    const branches = [replicated('a', [9], { n: 9 }), replicated('a', [8, 9], { n: 9 }), replicated('b', [1])];
    const outcomes = [];
    for (const branch of branches) outcomes.push(...(await store.bulk(name, [branch], SOMEBODY, 'replicated')));
    expect(outcomes.map((o) => o.kind)).toEqual(['conflict', 'conflict', 'written']);
    expect(await store.get(name, 'a')).toEqual({ _id: 'a', _rev: 'rev' in written ? written.rev : '', n: 1 });
  });

  test('an id that comes twice in a bulk is judged in turn', async () => {
    const name = box();
    await store.create(name, []);
    const documents = [
      replicated('a', [1], { n: 1 }),
      replicated('b', [1]),
      replicated('a', [1, 2], { n: 2 }),
      replicated('a', [7])
    ];
    const outcomes = await store.bulk(name, documents, SOMEBODY, 'replicated');
    expect(outcomes.map((o) => [o.id, o.kind])).toEqual([
      ['a', 'written'],
      ['b', 'written'],
      ['a', 'written'],
      ['a', 'conflict']
    ]);
    expect(await store.get(name, 'a')).toEqual({ _id: 'a', _rev: `2-${hash(2)}`, n: 2 });
  });

  test('late replication does not bring a deleted document back', async () => {
    const name = box();
    await store.create(name, []);
    await store.bulk(name, [replicated('a', [1], { n: 1 })], SOMEBODY, 'replicated');
    await store.bulk(name, [replicated('a', [1, 2], { _deleted: true })], SOMEBODY, 'replicated');
    expect(await store.get(name, 'a')).toBeUndefined();
    const late = [replicated('a', [1], { n: 1 }), replicated('a', [5], { n: 1 })];
    const outcomes = [];
    for (const document of late) outcomes.push(...(await store.bulk(name, [document], SOMEBODY, 'replicated')));
    expect(outcomes.map((o) => o.kind)).toEqual(['written', 'conflict']);
    expect(await store.get(name, 'a')).toBeUndefined();
  });

  test('the design documents judge what is replicated, one by one', async () => {
    const name = box();
    await store.create(name, [someDesign()]);
    const documents = [replicated('a', [1]), replicated('b', [1], { bad: true }), replicated('c', [1], { n: 3 })];
    const outcomes = await store.bulk(name, documents, SOMEBODY, 'replicated');
    expect(outcomes.map((o) => o.kind)).toEqual(['written', 'refused', 'written']);
    expect(outcomes[1]).toEqual({ kind: 'refused', id: 'b', code: 'bad', reason: 'The document says that it is bad.' });
    expect((await store.all(name)).map((d) => d._id)).toEqual(['a', 'c']);
  });

  test('the validator sees what a replicated document follows', async () => {
    const name = box();
    await store.create(name, [someDesign()]);
    await store.bulk(name, [replicated('a', [1], { fixed: 1 })], SOMEBODY, 'replicated');
    const [outcome] = await store.bulk(name, [replicated('a', [1, 2], { fixed: 2 })], SOMEBODY, 'replicated');
    expect(outcome).toMatchObject({ kind: 'refused', code: 'fixed' });
  });

  test('without a proper revision nothing is replicated', async () => {
    const name = box();
    await store.create(name, []);
    const bad = [{ _id: 'a' }, { _id: 'a', _rev: 'x' }, { ...replicated('a', [1]), _rev: `1-${hash(5)}` }];
    const outcomes = await store.bulk(name, bad, SOMEBODY, 'replicated');
    expect(outcomes.map((o) => o.kind)).toEqual(['refused', 'refused', 'refused']);
  });
});
