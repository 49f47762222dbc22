import { expect, test } from 'vitest';
import { onEveryEngine, SOMEBODY } from './engine.ts';

const JPEG = Buffer.from([0xff, 0xd8, 0, 1, 2, 0xff, 0xd9]);
const picture = { content_type: 'image/jpeg', data: JPEG.toString('base64') };

onEveryEngine(({ store, box }) => {
  test('a picture comes back byte for byte, the document with a stub of it', async () => {
    const name = box();
    await store.create(name, []);
    await store.put(name, { _id: 'a', n: 1, _attachments: { 'plate.jpg': picture } }, SOMEBODY);
    const got = await store.attachment(name, 'a', 'plate.jpg');
    expect(got?.type).toBe('image/jpeg');
    expect(Buffer.from(got?.bytes ?? [])).toEqual(JPEG);
    const stub = { content_type: 'image/jpeg', length: JPEG.length, stub: true, revpos: 1 };
    expect((await store.get(name, 'a'))?._attachments?.['plate.jpg']).toMatchObject(stub);
    expect((await store.all(name))[0]?._attachments?.['plate.jpg']).toMatchObject(stub);
  });

  test('a picture nobody sent is not there', async () => {
    const name = box();
    await store.create(name, []);
    await store.put(name, { _id: 'a', _attachments: { 'plate.jpg': picture } }, SOMEBODY);
    expect(await store.attachment(name, 'a', 'scene.jpg')).toBeUndefined();
    expect(await store.attachment(name, 'b', 'plate.jpg')).toBeUndefined();
  });

  test('a change keeps the pictures it names and loses the others', async () => {
    const name = box();
    await store.create(name, []);
    const both = { 'plate.jpg': picture, 'scene.jpg': picture };
    await store.put(name, { _id: 'a', _attachments: both }, SOMEBODY);
    const there = await store.get(name, 'a');
    const kept = { 'plate.jpg': { content_type: 'image/jpeg', stub: true as const } };
    await store.put(name, { _id: 'a', _rev: there?._rev ?? '', n: 2, _attachments: kept }, SOMEBODY);
    expect(Object.keys((await store.get(name, 'a'))?._attachments ?? {})).toEqual(['plate.jpg']);
    expect(Buffer.from((await store.attachment(name, 'a', 'plate.jpg'))?.bytes ?? [])).toEqual(JPEG);
    expect(await store.attachment(name, 'a', 'scene.jpg')).toBeUndefined();
  });

  test('what is no base64, or a stub of nothing, is refused', async () => {
    const name = box();
    await store.create(name, []);
    const bad = { 'plate.jpg': { content_type: 'image/jpeg', data: 'not base64!' } };
    expect(await store.put(name, { _id: 'a', _attachments: bad }, SOMEBODY)).toMatchObject({ kind: 'refused' });
    const stub = { 'plate.jpg': { content_type: 'image/jpeg', stub: true as const } };
    expect(await store.put(name, { _id: 'a', _attachments: stub }, SOMEBODY)).toMatchObject({
      kind: 'refused',
      code: 'missingAttachment'
    });
    expect(await store.get(name, 'a')).toBeUndefined();
  });

  test('replicated pictures arrive too', async () => {
    const name = box();
    await store.create(name, []);
    const rev = '1-00000000000000000000000000000001';
    const replicated = { _id: 'a', _rev: rev, _attachments: { 'plate.jpg': { ...picture, revpos: 1 } } };
    expect(await store.bulk(name, [replicated], SOMEBODY, 'replicated')).toEqual([{ kind: 'written', id: 'a', rev }]);
    expect(Buffer.from((await store.attachment(name, 'a', 'plate.jpg'))?.bytes ?? [])).toEqual(JPEG);
  });
});
