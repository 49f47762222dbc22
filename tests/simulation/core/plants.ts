/** Bugs that somebody could write, each put in on purpose. The simulation must find every one, or a quiet run of it means nothing. */
import type { DesignDocument, StoredDocument } from '#server/store/store.ts';
import type { Plants } from './life.ts';

interface Planted {
  readonly plants: Plants;
  /** what the fault that it leads to says */
  readonly found: RegExp;
}

export const PLANTED: Readonly<Record<string, Planted>> = {
  'a server that vouches for a read and forgets it': {
    found: /is lost/,
    plants: {
      store: (store) => {
        let designs: readonly DesignDocument[] = [];
        return {
          ...store,
          create: (database, given) => {
            if (database.startsWith('reads-')) designs = given;
            return store.create(database, given);
          },
          drop: async (database) => {
            // When an inbox goes, the first read of some day box goes with it.
            const [box] = database.startsWith('inbox-') && designs.length > 0 ? await store.list('reads-') : [];
            const all = box === undefined ? [] : await store.all(box);
            const read = all.find(({ kind }) => kind === 'read');
            if (box !== undefined && read !== undefined) {
              await store.drop(box);
              await store.create(box, designs);
              const others = all.filter(({ _id }) => _id !== read._id);
              await store.bulk(box, others.map(withoutRevision), DESTROYER, 'new');
            }
            return store.drop(database);
          }
        };
      }
    }
  },
  'a second delivery that makes a second read': {
    found: /no tablet made/,
    plants: {
      store: (store, chance) => ({
        ...store,
        bulk: async (database, documents, by, edits) => {
          const outcomes = await store.bulk(database, documents, by, edits);
          if (!database.startsWith('reads-')) return outcomes;
          const again = documents.filter((_, at) => outcomes[at]?.kind !== 'written');
          await store.bulk(
            database,
            again.map((document) => ({ ...document, _id: chance.uuid() })),
            by,
            edits
          );
          return outcomes;
        }
      })
    }
  },
  'a destroyer that says it dropped a box': {
    found: /past its date|boxes are left|still there after it was dropped/,
    plants: {
      store: (store) => ({
        ...store,
        drop: (database) => (database.startsWith('reads-') ? Promise.resolve('dropped') : store.drop(database))
      })
    }
  },
  'holds that nobody looks at when a box goes': {
    found: /on hold was destroyed/,
    plants: {
      store: (store) => ({
        ...store,
        view: (database, design, view, query) =>
          view === 'by_kind' && query?.key === 'hold' ? Promise.resolve([]) : store.view(database, design, view, query)
      })
    }
  },
  'a look whose entry is only said to be written': {
    found: /without its entry|of the trail/,
    plants: {
      store: (store) => ({
        ...store,
        update: async (database, design, handler, id, body, by) => {
          const isLook = (body as { action?: unknown } | null)?.action === 'searchReads';
          if (!isLook) return store.update(database, design, handler, id, body, by);
          const said = {
            ...(body as object),
            kind: 'audit',
            schema: 1,
            at: '2026-01-01T00:00:00.000Z',
            actor: { id: by.name, roles: by.roles }
          };
          return { outcome: { kind: 'written', id: '', rev: '1-a' }, body: JSON.stringify(said) };
        }
      })
    }
  },
  'an inbox that swallows a record': {
    found: /does not drain/,
    plants: {
      store: (store) => ({
        ...store,
        bulk: async (database, documents, by, edits) => {
          if (!database.startsWith('inbox-')) return store.bulk(database, documents, by, edits);
          const swallowed = documents.filter(({ _id }) => _id.endsWith('3'));
          const outcomes = await store.bulk(
            database,
            documents.filter((document) => !swallowed.includes(document)),
            by,
            edits
          );
          return [
            ...outcomes,
            ...swallowed.map(({ _id, _rev = '' }) => ({ kind: 'written' as const, id: _id, rev: _rev }))
          ];
        }
      })
    }
  },
  'a tablet that says "saved" before it flushed': { found: /is lost/, plants: { tablet: { flushes: false } } },
  'a tablet whose second copy is not flushed': { found: /is lost/, plants: { tablet: { remembers: false } } },
  'a tablet that takes silence for a yes to its last word': {
    found: /an inbox is left/,
    plants: {
      tablet: {
        line: (line) => ({
          ...line,
          ask: async (method, path, credentials) => {
            const answer = await line.ask(method, path, credentials);
            return method === 'DELETE' && answer.kind !== 'ok'
              ? { kind: 'ok', status: 200, body: { kind: 'done' } }
              : answer;
          }
        })
      }
    }
  }
};

const DESTROYER = { name: 'destroyer', roles: ['destroyer'] };

function withoutRevision({ _rev, _attachments, ...document }: StoredDocument): StoredDocument {
  return document;
}
