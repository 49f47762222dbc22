import { expect, test } from 'vitest';
import { DesignFault } from '#server/store/design-fault.ts';
import { onEveryEngine, SOMEBODY } from './engine.ts';
import { someDesign } from './some-design.ts';

onEveryEngine(({ name: engine, store, box, knowsPeople }) => {
  test('a refusal names the rule and says why, and stops no other document', async () => {
    const name = box();
    await store.create(name, [someDesign()]);
    const refusal = { kind: 'refused', id: 'b', code: 'bad', reason: 'The document says that it is bad.' };
    expect(await store.put(name, { _id: 'b', bad: true }, SOMEBODY)).toEqual(refusal);
    const outcomes = await store.bulk(name, [{ _id: 'a' }, { _id: 'b', bad: true }, { _id: 'c' }], SOMEBODY, 'new');
    expect(outcomes.map((o) => o.kind)).toEqual(['written', 'refused', 'written']);
    expect(outcomes[1]).toEqual(refusal);
    expect(await store.get(name, 'b')).toBeUndefined();
  });

  test('the validator sees what is changed', async () => {
    const name = box();
    await store.create(name, [someDesign()]);
    const written = await store.put(name, { _id: 'a', fixed: 1 }, SOMEBODY);
    const rev = written.kind === 'written' ? written.rev : '';
    expect(await store.put(name, { _id: 'a', _rev: rev, fixed: 2 }, SOMEBODY)).toMatchObject({
      kind: 'refused',
      code: 'fixed'
    });
    expect(await store.put(name, { _id: 'a', _rev: rev, fixed: 1, n: 2 }, SOMEBODY)).toMatchObject({ kind: 'written' });
  });

  test('the validators of all designs are asked', async () => {
    const name = box();
    const other = {
      _id: '_design/other.0123456789ab',
      language: 'javascript',
      validate_doc_update: `function (after) { if (after.worse) throw({ forbidden: 'worse: Even worse.' }); }`
    } as const;
    await store.create(name, [someDesign(), other]);
    const outcomes = await store.bulk(
      name,
      [{ _id: 'a', bad: 1 }, { _id: 'b', worse: 1 }, { _id: 'c' }],
      SOMEBODY,
      'new'
    );
    expect(outcomes.map((o) => (o.kind === 'refused' ? o.code : o.kind))).toEqual(['bad', 'worse', 'written']);
  });

  test('what a validator cannot judge is refused, and stops no other document', async () => {
    const name = box();
    await store.create(name, [someDesign()]);
    const refusal = { kind: 'refused', code: 'designFault', reason: 'The design document failed (TypeError).' };
    expect(await store.put(name, { _id: 'a', broken: true }, SOMEBODY)).toEqual({ ...refusal, id: 'a' });
    const outcomes = await store.bulk(name, [{ _id: 'a', broken: true }, { _id: 'b' }], SOMEBODY, 'new');
    expect(outcomes).toMatchObject([
      { ...refusal, id: 'a' },
      { kind: 'written', id: 'b' }
    ]);
    expect(await store.get(name, 'a')).toBeUndefined();
  });

  test('an update handler makes a document and answers', async () => {
    const name = box();
    await store.create(name, [someDesign()]);
    const made = await store.update(name, 'some', 'stamp', null, { id: 'x' }, SOMEBODY);
    expect(made.body).toBe('stamped x');
    expect(made.outcome).toMatchObject({ kind: 'written', id: 'x' });
    expect((await store.get(name, 'x'))?._rev).toBe(made.outcome.kind === 'written' ? made.outcome.rev : '');
    const nothing = await store.update(name, 'some', 'stamp', null, { nothing: true }, SOMEBODY);
    expect(nothing).toEqual({ outcome: { kind: 'nothing' }, body: 'nothing to do' });
  });

  test('an update handler sees the document it changes', async () => {
    const name = box();
    await store.create(name, [someDesign()]);
    await store.put(name, { _id: 'x', n: 41 }, SOMEBODY);
    const changed = await store.update(name, 'some', 'stamp', 'x', { id: 'x' }, SOMEBODY);
    expect(changed.outcome).toMatchObject({ kind: 'written', id: 'x' });
    expect(await store.get(name, 'x')).toMatchObject({ was: 41 });
  });

  test('the validators judge what an update handler makes; a handler that fails writes nothing', async () => {
    const name = box();
    await store.create(name, [someDesign()]);
    const bad = await store.update(name, 'some', 'stamp', null, { id: 'x', bad: true }, SOMEBODY);
    expect(bad.outcome).toMatchObject({ kind: 'refused', code: 'bad' });
    await expect(store.update(name, 'some', 'stamp', null, { fail: true }, SOMEBODY)).rejects.toThrow(DesignFault);
    expect(await store.all(name)).toEqual([]);
  });

  test('somebody without a role writes nothing', async () => {
    const name = box();
    await store.create(name, [someDesign()]);
    for (const by of [
      { name: 'x', roles: [] },
      { name: 'x', roles: ['made-up'] },
      { name: '', roles: ['device'] },
      { name: 'x', roles: ['_admin'] }
    ]) {
      expect(await store.put(name, { _id: 'a' }, by)).toMatchObject({ kind: 'refused', code: 'stranger' });
      expect(await store.bulk(name, [{ _id: 'a' }], by, 'new')).toMatchObject([{ kind: 'refused', code: 'stranger' }]);
      const updated = await store.update(name, 'some', 'stamp', null, { id: 'a' }, by);
      expect(updated.outcome).toMatchObject({ kind: 'refused', code: 'stranger' });
    }
    expect(await store.all(name)).toEqual([]);
  });

  if (!knowsPeople) console.warn(`${engine}: the claims about who writes are NOT RUN, for want of COUCH_JWT_SECRET.`);
  test.skipIf(!knowsPeople)('the person who writes is the one the design sees, with known roles only', async () => {
    const name = box();
    await store.create(name, [someDesign()]);
    const officer = { name: 'tst-042', roles: ['operator', '_admin', 'made-up', 'supervisor'] };
    await store.update(name, 'some', 'stamp', null, { id: 'x' }, officer);
    expect(await store.get(name, 'x')).toMatchObject({ by: 'tst-042', roles: ['operator', 'supervisor'] });
    expect(await store.put(name, { _id: 'a', only: 'supervisor' }, officer)).toMatchObject({ kind: 'written' });
    expect(await store.put(name, { _id: 'b', only: 'ingest' }, officer)).toMatchObject({ code: 'wrongRole' });
    expect(await store.put(name, { _id: 'c', only: '_admin' }, officer)).toMatchObject({ code: 'wrongRole' });
  });
});
