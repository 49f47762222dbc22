import { expect, test } from 'vitest';
import { BadDatabaseName } from '#server/store/names.ts';
import { NoSuchDatabase, NoSuchView } from '#server/store/store.ts';
import { onEveryEngine, SOMEBODY } from './engine.ts';
import { someDesign } from './some-design.ts';

onEveryEngine(({ store, box }) => {
  test('a box is made once, is there, and is gone after it was dropped', async () => {
    const name = box();
    expect(await store.exists(name)).toBe(false);
    expect(await store.create(name, [])).toBe('made');
    expect(await store.create(name, [])).toBe('existed');
    expect(await store.exists(name)).toBe(true);
    expect(await store.drop(name)).toBe('dropped');
    expect(await store.drop(name)).toBe('absent');
    expect(await store.exists(name)).toBe(false);
  });

  test('a box that is there lies in files, where they can be seen, and a dropped one in none', async () => {
    const name = box();
    await store.create(name, [someDesign()]);
    await store.put(name, { _id: 'a', key: 1 }, SOMEBODY);
    const there = await store.filesOf(name);
    if (there !== null) expect(there).not.toEqual([]);
    await store.drop(name);
    if (there === null) expect(await store.filesOf(name)).toBeNull();
    // CouchDB moves a file away before it removes it.
    else await expect.poll(() => store.filesOf(name), { timeout: 30_000 }).toEqual([]);
  });

  test('a box made again under the same name is empty', async () => {
    const name = box();
    await store.create(name, [someDesign()]);
    await store.put(name, { _id: 'a', key: 1 }, SOMEBODY);
    await store.drop(name);
    await store.create(name, [someDesign()]);
    expect(await store.get(name, 'a')).toBeUndefined();
    expect(await store.view(name, 'some', 'by_key')).toEqual([]);
    expect(await store.put(name, { _id: 'a', key: 1 }, SOMEBODY)).toMatchObject({ kind: 'written' });
  });

  test('boxes are listed by how their names begin', async () => {
    const name = box();
    await store.create(name, []);
    const other = box(`${name}-2`);
    await store.create(other, []);
    expect(await store.list(name)).toEqual([name, other]);
    expect(await store.list(`${name}-3`)).toEqual([]);
  });

  test('a name may hold all that CouchDB allows', async () => {
    const name = box(`${box()}_$()+/-x`);
    await store.create(name, []);
    await store.put(name, { _id: 'a', n: 1 }, SOMEBODY);
    expect(await store.get(name, 'a')).toMatchObject({ n: 1 });
    expect(await store.list(name)).toEqual([name]);
  });

  test.each(['', 'Upper', '1st', '../up', 'a b', '_users', 'a.b', 'a'.repeat(300)])('%j is no name', async (name) => {
    await expect(store.create(name, [])).rejects.toThrow(BadDatabaseName);
    await expect(store.exists(name)).rejects.toThrow(BadDatabaseName);
  });

  test('what is asked of a box that is not there fails by name', async () => {
    const name = box();
    await expect(store.info(name)).rejects.toThrow(NoSuchDatabase);
    await expect(store.get(name, 'a')).rejects.toThrow(NoSuchDatabase);
    await expect(store.all(name)).rejects.toThrow(NoSuchDatabase);
    await expect(store.put(name, { _id: 'a' }, SOMEBODY)).rejects.toThrow(NoSuchDatabase);
    await expect(store.bulk(name, [{ _id: 'a' }], SOMEBODY, 'new')).rejects.toThrow(NoSuchDatabase);
    await expect(store.revsDiff(name, { a: ['1-a'] })).rejects.toThrow(NoSuchDatabase);
    await expect(store.getLocal(name, 'a')).rejects.toThrow(NoSuchDatabase);
    await expect(store.putLocal(name, { _id: '_local/a' })).rejects.toThrow(NoSuchDatabase);
    await expect(store.view(name, 'some', 'by_key')).rejects.toThrow(NoSuchDatabase);
    await expect(store.update(name, 'some', 'stamp', null, {}, SOMEBODY)).rejects.toThrow(NoSuchDatabase);
  });

  test('a view or handler nobody published fails by name', async () => {
    const name = box();
    await store.create(name, [someDesign()]);
    await expect(store.view(name, 'some', 'other')).rejects.toThrow(NoSuchView);
    await expect(store.view(name, 'other', 'by_key')).rejects.toThrow(NoSuchView);
    await expect(store.update(name, 'some', 'other', null, {}, SOMEBODY)).rejects.toThrow(NoSuchView);
  });

  test('info counts documents, design documents and tombstones left out', async () => {
    const name = box();
    await store.create(name, [someDesign()]);
    expect(await store.info(name)).toMatchObject({ name, documents: 0 });
    const before = (await store.info(name)).updateSequence;
    await store.put(name, { _id: 'a' }, SOMEBODY);
    const written = await store.put(name, { _id: 'b' }, SOMEBODY);
    expect(await store.info(name)).toMatchObject({ documents: 2 });
    await store.put(name, { _id: 'b', _rev: 'rev' in written ? written.rev : '', _deleted: true }, SOMEBODY);
    const after = await store.info(name);
    expect(after.documents).toBe(1);
    expect(after.updateSequence).not.toBe(before);
  });
});
