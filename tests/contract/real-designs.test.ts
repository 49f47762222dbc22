import { beforeAll, expect, test } from 'vitest';
import { buildDesigns } from '#designs/build.ts';
import { sealedId, type SealedRecord } from '#domain/records/sealed.ts';
import type { Designs } from '#designs/kinds.ts';
import type { StoredDocument, WriteOutcome } from '#server/store/store.ts';
import { aHit, aMember, anId, aRead, aSignedHead } from '#tests/builders/records.ts';
import { onEveryEngine } from './engine.ts';

const INGEST = { name: 'ingest', roles: ['ingest'] };
const DEVICE = { name: anId(2), roles: ['device'] };
const SERGEANT = { name: anId(3), roles: ['administrator'] };

// A box of a far day: never one that is in use, and never past its date.
const DAY = '2999-11-22';
const collected = { collectedAt: `${DAY}T16:00:00.000Z`, destroyBy: '2999-12-22T16:00:00.000Z' };

function sealed(seq: number, given: Partial<SealedRecord> = {}): StoredDocument {
  const boxId = anId(40);
  const record = { _id: sealedId(boxId, seq), kind: 'sealed', schema: 1, deviceId: DEVICE.name, boxId, seq } as const;
  return {
    ...record,
    sealedFor: 'key-0001',
    encapsulated: 'AAAA',
    wrappedKey: 'AAAA',
    iv: 'AAAA',
    body: 'AAAA',
    ...given
  };
}

const atPlace = (seq: number): object => ({ seq, previous: 'ab'.repeat(32) });

const said = (outcome: WriteOutcome | undefined): string | undefined =>
  outcome?.kind === 'refused' ? outcome.code : outcome?.kind;

onEveryEngine(({ name: engine, store, box, knowsPeople }) => {
  let designs: Designs;
  beforeAll(async () => {
    designs = await buildDesigns();
  });
  if (!knowsPeople) console.warn(`${engine}: the real design documents are NOT RUN, for want of COUCH_JWT_SECRET.`);

  test.skipIf(!knowsPeople)('an inbox takes sealed records of its own tablet, each once', async () => {
    const name = box();
    await store.create(name, designs.inbox);
    const put = async (document: object, by = DEVICE): Promise<string | undefined> =>
      said((await store.bulk(name, [document as StoredDocument], by, 'new'))[0]);
    expect(await put(sealed(1))).toBe('written');
    expect(await put({ ...sealed(2), plate: 'TST042' })).toBe('improperRecord');
    expect(await put({ ...sealed(2), _id: sealed(3)._id })).toBe('improperRecord');
    expect(await put(sealed(2), { name: anId(9), roles: ['device'] })).toBe('wrongDevice');
    expect(await put(sealed(2), { name: DEVICE.name, roles: ['operator'] })).toBe('notADevice');
    const there = await store.get(name, sealed(1)._id);
    expect(await put({ ...sealed(1), _rev: there?._rev, body: 'BBBB' })).toBe('appendOnly');
    expect(await put({ _id: sealed(1)._id, _rev: there?._rev, _deleted: true })).toBe('appendOnly');
    const hash = 'a'.repeat(32);
    const [replicated] = await store.bulk(name, [{ ...sealed(4), _rev: `1-${hash}` }], DEVICE, 'replicated');
    expect(said(replicated)).toBe('written');
  });

  test.skipIf(!knowsPeople)(
    'a day box takes what the law lets an ALPR keep, of its own day, from the ingest',
    async () => {
      const name = box(`reads-${DAY}`);
      await store.drop(name);
      await store.create(name, designs.reads);
      const picture = { content_type: 'image/jpeg', data: '/9j/2Q==' };
      const read = { ...aRead(collected), _attachments: { 'plate.jpg': picture, 'scene.jpg': picture } };
      const hit = aHit(collected);
      const put = async (document: object, by = INGEST): Promise<string | undefined> =>
        said((await store.bulk(name, [document as StoredDocument], by, 'new'))[0]);
      expect(await put(read)).toBe('written');
      expect(await put(hit)).toBe('written');
      const other = { ...aRead(collected), _id: anId(101) };
      expect(await put(other, DEVICE)).toBe('notIngest');
      expect(await put({ ...other, color: 'red' })).toBe('unlawfulField');
      expect(await put({ ...other, collectedAt: '2999-11-24T16:00:00.000Z' })).toBe('wrongBox');
      expect(await put({ ...other, destroyBy: '3000-11-22T16:00:00.000Z' })).toBe('keptTooLong');
      expect(await put({ ...other, _attachments: { 'video.mp4': picture } })).toBe('unlawfulField');
      const there = await store.get(name, read._id);
      expect(await put({ ...there, plate: 'TST041' })).toBe('immutable');
      expect(await put({ _id: read._id, _rev: there?._rev, _deleted: true })).toBe('immutable');
      const destroyer = { name: 'destroyer', roles: ['destroyer'] };
      expect(await put({ _id: read._id, _rev: there?._rev, _deleted: true, plate: 'TST042' }, destroyer)).toBe(
        'bodyInTombstone'
      );

      const ids = async (view: string, query: object): Promise<(string | null)[]> =>
        (await store.view(name, 'retention', view, query)).map((row) => row.id);
      expect(await ids('reads_by_plate', { startKey: ['TST042'], endKey: ['TST042', {}] })).toEqual([read._id]);
      expect(await ids('reads_by_time', { startKey: `${DAY}T00:00:00.000Z` })).toEqual([read._id]);
      expect(await ids('reads_by_place', { startKey: [4588, -9537], endKey: [4588, -9537, {}] })).toEqual([read._id]);
      expect(await ids('reads_by_period', { startKey: [anId(4)], endKey: [anId(4), {}] })).toEqual([read._id]);
      expect(await ids('hits_by_period', { startKey: [anId(4)], endKey: [anId(4), {}] })).toEqual([hit._id]);
      expect(await ids('hits_by_read', { key: read._id })).toEqual([hit._id]);
      const due = await store.view(name, 'retention', 'due_by_destroy_date', { reduce: true });
      expect(due).toEqual([{ id: null, key: null, value: 2 }]);
    }
  );

  test.skipIf(!knowsPeople)('a late tablet cannot bring back what is past its date', async () => {
    const name = box('reads-2001-11-22');
    await store.create(name, designs.reads);
    const late = aRead({ collectedAt: '2001-11-22T16:00:00.000Z', destroyBy: '2001-12-22T16:00:00.000Z' });
    const outcomes = await store.bulk(name, [{ ...late, _rev: `1-${'b'.repeat(32)}` }], INGEST, 'replicated');
    expect(outcomes.map(said)).toEqual(['pastItsDate']);
    expect(await store.all(name)).toEqual([]);
  });

  test.skipIf(!knowsPeople)(
    'an audit entry carries the name and time of the engine, whatever the caller says',
    async () => {
      const name = box();
      await store.create(name, designs.audit);
      const claimed = {
        ...atPlace(1),
        _id: anId(60),
        action: 'searchReads',
        object: null,
        outcome: 'ok',
        caseNumber: 'ICR 26-1'
      };
      const forged = { ...claimed, at: '2001-01-01T00:00:00.000Z', actor: { id: anId(9), roles: ['chief'] } };
      const before = Date.now() - 1000;
      const { outcome, body } = await store.update(name, 'access', 'record', null, forged, SERGEANT);
      expect(said(outcome as WriteOutcome)).toBe('written');
      const entry = (await store.get(name, anId(60))) as unknown as { at: string; actor: unknown };
      expect(entry.actor).toEqual({ id: SERGEANT.name, roles: ['administrator'] });
      expect(Date.parse(entry.at)).toBeGreaterThan(before);
      expect(JSON.parse(body)).toMatchObject({ _id: anId(60), at: entry.at, actor: entry.actor });
      const byDay = {
        startKey: [SERGEANT.name, entry.at.slice(0, 10)],
        endKey: [SERGEANT.name, entry.at.slice(0, 10), {}]
      };
      expect(await store.view(name, 'access', 'entries_by_user_day', byDay)).toHaveLength(1);
      expect(
        await store.view(name, 'access', 'entries_by_case', { startKey: ['ICR 26-1'], endKey: ['ICR 26-1', {}] })
      ).toHaveLength(1);
    }
  );

  test.skipIf(!knowsPeople)('nobody changes, removes or forges an audit entry', async () => {
    const name = box();
    await store.create(name, designs.audit);
    const entry = { ...atPlace(1), _id: anId(60), action: 'signIn', object: null, outcome: 'ok' };
    await store.update(name, 'access', 'record', null, entry, SERGEANT);
    const there = await store.get(name, anId(60));
    expect(said(await store.put(name, { ...there, outcome: 'denied' } as StoredDocument, SERGEANT))).toBe('appendOnly');
    const removal = { _id: anId(60), _rev: there?._rev ?? '', _deleted: true } as const;
    expect(said(await store.put(name, removal, SERGEANT))).toBe('appendOnly');
    const { _rev, ...copy } = there as StoredDocument;
    const put = async (given: object): Promise<string | undefined> =>
      said(await store.put(name, { ...copy, _id: anId(61), ...given }, SERGEANT));
    expect(await put({ actor: { id: anId(9), roles: ['administrator'] } })).toBe('wrongActor');
    expect(await put({ actor: { id: SERGEANT.name, roles: ['chief'] } })).toBe('wrongActor');
    expect(await put({ at: '2001-01-01T00:00:00.000Z' })).toBe('wrongTime');
    expect(await put({ plate: 'TST042' })).toBe('improperRecord');
    expect(_rev).toMatch(/^1-/);
  });

  test.skipIf(!knowsPeople)('nobody changes, removes or forges a signed head of the trail', async () => {
    const name = box();
    await store.create(name, designs.ledger);
    const gateway = { name: 'gateway', roles: ['gateway'] };
    const { _id, ...head } = aSignedHead();
    const put = async (given: object, by = SERGEANT): Promise<string | undefined> =>
      said(await store.put(name, { _id, ...head, ...given }, by));
    expect(await put({})).toBe('notGateway');
    expect(await put({}, gateway)).toBe('written');
    const _rev = (await store.get(name, _id))?._rev;
    for (const by of [SERGEANT, gateway, { name: 'admin', roles: ['_admin'] }]) {
      // The embedded engine does not let its own administrator's role in at all.
      const refusals = by.name === 'admin' ? ['appendOnly', 'stranger'] : ['appendOnly'];
      expect(refusals).toContain(await put({ _rev, jws: 'eyJh.eyJr.b3Ro' }, by));
      expect(refusals).toContain(said(await store.put(name, { _id, _rev: _rev ?? '', _deleted: true }, by)));
      const elsewhere = { ...head, _id, _rev: `1-${'c'.repeat(32)}`, jws: 'eyJh.eyJr.b3Ro' };
      const [replicated] = await store.bulk(name, [elsewhere], by, 'replicated');
      expect(said(replicated)).not.toBe('written');
    }
    expect((await store.get(name, _id))?.['jws']).toBe(head.jws);
  });

  test.skipIf(!knowsPeople)('the register knows its kinds and takes nothing from a tablet', async () => {
    const name = box();
    await store.create(name, designs.register);
    const put = async (document: object, by = SERGEANT): Promise<string | undefined> =>
      said(await store.put(name, document as StoredDocument, by));
    expect(await put(aMember())).toBe('written');
    expect(await put({ ...aMember({ _id: anId(31) }), password: 'x' })).toBe('improperRecord');
    expect(await put(aRead())).toBe('unknownKind');
    expect(await put({ _id: 'x' })).toBe('unknownKind');
    expect(await put({ _id: 'x', kind: 'constructor' })).toBe('unknownKind');
    expect(await put(aMember({ _id: anId(31) }), DEVICE)).toBe('notADevice');
    expect(await store.view(name, 'registry', 'by_kind', { key: 'member' })).toHaveLength(1);
  });
});
