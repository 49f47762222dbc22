import { expect, test } from 'vitest';
import type { StoredDocument, WriteOutcome } from '#server/store/store.ts';
import { onEveryEngine, SOMEBODY } from './engine.ts';

const picture = { content_type: 'image/jpeg', data: '/9j/2Q==' };
const HASH = '0'.repeat(31);

/** Documents no honest caller writes, and what becomes of each: the same on every engine, and never of its neighbors. */
const HOSTILE: readonly (readonly [string, object, WriteOutcome['kind']])[] = [
  ['text that is no Unicode', { text: '\ud800' }, 'refused'],
  ['a field name that is no Unicode', { '\udc00': 1 }, 'refused'],
  ['text that is no Unicode, deep inside', { list: [{ deep: ['ok', '\udbff'] }] }, 'refused'],
  ['an id that is no Unicode', { _id: 'x\ud800' }, 'refused'],
  ['an id of more than 512 bytes', { _id: 'é'.repeat(300) }, 'refused'],
  ['a document of more than a megabyte and a half', { text: 'x'.repeat(1_600_000) }, 'refused'],
  [
    'a picture of more than a megabyte',
    { _attachments: { p: { ...picture, data: 'A'.repeat(1_600_000) } } },
    'refused'
  ],
  ['attachments that are null', { _attachments: null }, 'refused'],
  ['attachments that are a list', { _attachments: [picture] }, 'refused'],
  ['an attachment that is null', { _attachments: { p: null } }, 'refused'],
  ['an attachment without a name', { _attachments: { '': picture } }, 'refused'],
  ['an attachment with a name of the engine', { _attachments: { _p: picture } }, 'refused'],
  ['an attachment with a name that is no Unicode', { _attachments: { '\ud800': picture } }, 'refused'],
  ['an attachment that is to follow', { _attachments: { p: { ...picture, follows: true } } }, 'refused'],
  ['an attachment that says it is packed', { _attachments: { p: { ...picture, encoding: 'gzip' } } }, 'refused'],
  ['an attachment with a wrong digest', { _attachments: { p: { ...picture, digest: 'md5-AAAA' } } }, 'refused'],
  ['an attachment whose type is a number', { _attachments: { p: { ...picture, content_type: 7 } } }, 'refused'],
  ['an attachment whose place is text', { _attachments: { p: { ...picture, revpos: 'x' } } }, 'refused'],
  ['an attachment that was never sent', { _attachments: { p: { content_type: 'image/jpeg', stub: true } } }, 'refused'],
  ['a deletion that is text', { _deleted: 'yes' }, 'refused'],
  ['a deletion that is null', { _deleted: null }, 'refused'],
  ['a revision that is a number', { _rev: 1 }, 'refused'],
  ['a revision that is null', { _rev: null }, 'refused'],
  ['a revision of no generation', { _rev: `0-${HASH}1` }, 'refused'],
  ['a revision in capitals', { _rev: `1-${HASH}A` }, 'refused'],
  ['revisions that are text', { _revisions: 'x' }, 'refused'],
  ['revisions without a start', { _revisions: { ids: [`${HASH}1`] } }, 'refused'],
  ['a field of the engine', JSON.parse('{"__proto__":{"x":1}}') as object, 'refused'],
  [
    'fields with names like the parts of an object',
    { deep: JSON.parse('{"__proto__":{"x":1},"constructor":2}') as object },
    'written'
  ],
  ['a character of no width, and one beyond the first plane', { text: '\u0000\u200b\u{1f697}' }, 'written'],
  [
    'numbers at the edges',
    { list: [0, -0.5, 1e21, 2.2250738585072014e-308, 1.7976931348623157e308, 9007199254740991] },
    'written'
  ]
];

const neighbor = (_id: string): StoredDocument => ({ _id, n: 1 });

onEveryEngine(({ store, box }) => {
  test.each(HOSTILE)('%s harms no neighbor in a bulk', async (_, fields, kind) => {
    const name = box();
    await store.create(name, []);
    const hostile = { _id: 'hostile', ...fields } as StoredDocument;
    const outcomes = await store.bulk(name, [neighbor('a'), hostile, neighbor('b')], SOMEBODY, 'new');
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['written', kind, 'written']);
    expect((await store.all(name)).map((document) => document._id)).toEqual(
      kind === 'written' ? ['a', 'b', 'hostile'] : ['a', 'b']
    );
    // Written alone it fares alike.
    const again = (await store.put(name, { ...hostile, _id: `${hostile._id}2` }, SOMEBODY)).kind;
    expect(again).toBe(kind);
  });

  test.each(HOSTILE)('%s harms no neighbor in a replication', async (_, fields, kind) => {
    const name = box();
    await store.create(name, []);
    const replicated = (document: object): StoredDocument =>
      ({ _rev: `1-${HASH}1`, ...document }) as unknown as StoredDocument;
    const documents = [neighbor('a'), { _id: 'hostile', ...fields }, neighbor('b')].map(replicated);
    const outcomes = await store.bulk(name, documents, SOMEBODY, 'replicated');
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['written', kind, 'written']);
  });

  test.each(HOSTILE.filter(([, , kind]) => kind === 'written'))('%s comes back as it was', async (_, fields) => {
    const name = box();
    await store.create(name, []);
    await store.put(name, { _id: 'a', ...fields }, SOMEBODY);
    const { _rev, ...back } = (await store.get(name, 'a')) ?? { _id: '' };
    expect(JSON.stringify(back)).toBe(JSON.stringify({ _id: 'a', ...fields }));
    expect(_rev).toMatch(/^1-/);
  });
});
