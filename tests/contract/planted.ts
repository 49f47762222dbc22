import type { Store } from '#server/store/store.ts';

/** Ways in which one engine could differ from the other; each is a bug that somebody could write. */
export const PLANTS: Readonly<Record<string, { readonly file: string; readonly plant: (store: Store) => Store }>> = {
  'a view that forgets to descend': {
    file: 'views.test.ts',
    plant: (store) => ({
      ...store,
      view: (database, design, view, query = {}) => store.view(database, design, view, { ...query, descending: false })
    })
  },
  'a bulk that one refusal stops': {
    file: 'design-rules.test.ts',
    plant: (store) => ({
      ...store,
      bulk: async (database, documents, by, edits) => {
        const outcomes = await store.bulk(database, documents, by, edits);
        return outcomes.slice(0, outcomes.findIndex(({ kind }) => kind === 'refused') + 1 || undefined);
      }
    })
  },
  'a drop that only forgets the name': {
    file: 'box-life.test.ts',
    plant: (store) => ({ ...store, drop: async (database) => ((await store.exists(database)) ? 'dropped' : 'absent') })
  },
  'a write that needs no revision': {
    file: 'documents.test.ts',
    plant: (store) => ({
      ...store,
      put: async (database, document, by) => {
        const there = await store.get(database, document._id);
        return store.put(database, there?._rev === undefined ? document : { ...document, _rev: there._rev }, by);
      }
    })
  },
  'a picture that comes back short': {
    file: 'attachments.test.ts',
    plant: (store) => ({
      ...store,
      attachment: async (database, id, name) => {
        const picture = await store.attachment(database, id, name);
        return picture && { ...picture, bytes: picture.bytes.slice(1) };
      }
    })
  }
};
