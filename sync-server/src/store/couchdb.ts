import { Couch, pathOf, type CouchOptions } from './couchdb/client.ts';
import { CouchAnswer, isAnswer, unavailable } from './couchdb/errors.ts';
import { filesInDataFolder } from './couchdb/data-folder.ts';
import { publishDesigns, readPublished, type Published } from './couchdb/publish.ts';
import { askMaybe, queryView, readAll, readInfo } from './couchdb/reading.ts';
import { runUpdate } from './couchdb/update.ts';
import { missingOf, putMany, putOne } from './couchdb/writing.ts';
import { checkedDatabaseName } from './names.ts';
import { NoSuchView, type Store, type StoredDocument, type WriteOutcome } from './store.ts';

/**
 * The store in a CouchDB 3.5. The administrator of the address makes, drops and publishes; documents are written as the person, by a
 * one-minute token, when there is a secret to sign it with. Throws StoreUnavailable, NoSuchDatabase, NoSuchView, BadDatabaseName.
 */
export function openCouchDb(options: CouchOptions): Store {
  const couch = new Couch(options);
  const pointers = new Map<string, Published>();

  async function publishedIn(db: string): Promise<Published> {
    const known = pointers.get(db) ?? (await readPublished(couch, db));
    pointers.set(db, known);
    return known;
  }

  // Another server may have published meanwhile: what is not found is looked up once more.
  async function withPublished<T>(db: string, work: (published: Published) => Promise<T>): Promise<T> {
    try {
      return await work(await publishedIn(db));
    } catch (error) {
      if (!(error instanceof NoSuchView)) throw error;
      pointers.delete(db);
      return work(await publishedIn(db));
    }
  }

  return {
    create: async (name, designs) => {
      const db = checkedDatabaseName(name);
      const made = await makeDatabase(couch, db);
      pointers.set(db, await publishDesigns(couch, db, designs));
      return made;
    },
    drop: async (name) => {
      pointers.delete(name);
      try {
        await couch.ask({ db: checkedDatabaseName(name), method: 'DELETE' });
        return 'dropped';
      } catch (error) {
        if (error instanceof CouchAnswer && error.status === 404) return 'absent';
        throw error;
      }
    },
    exists: async (name) => {
      try {
        await couch.ask({ db: checkedDatabaseName(name), method: 'HEAD' });
        return true;
      } catch (error) {
        if (error instanceof CouchAnswer && error.status === 404) return false;
        throw error;
      }
    },
    filesOf: (name) => {
      const { dataFolder } = options;
      checkedDatabaseName(name);
      return Promise.resolve(dataFolder === undefined ? null : filesInDataFolder(dataFolder, name));
    },
    list: async (prefix) => {
      const names = (await couch.ask({ path: '_all_dbs' })) as string[];
      return names.filter((name) => name.startsWith(prefix) && !name.startsWith('_')).sort();
    },
    info: (db) => readInfo(couch, checkedDatabaseName(db)),
    get: async (db, id) =>
      isEngines(id)
        ? undefined
        : ((await askMaybe(couch, checkedDatabaseName(db), { path: pathOf(id) })) as StoredDocument | undefined),
    attachment: (db, id, name) => readAttachment(couch, checkedDatabaseName(db), id, name),
    all: (db, range) => readAll(couch, checkedDatabaseName(db), range ?? {}),
    put: (db, document, by) => putOne(couch, checkedDatabaseName(db), document, by),
    bulk: (db, documents, by, edits) => putMany(couch, checkedDatabaseName(db), documents, by, edits),
    revsDiff: (db, revisions) => missingOf(couch, checkedDatabaseName(db), revisions),
    getLocal: async (db, id) =>
      (await askMaybe(couch, checkedDatabaseName(db), { path: localPath(id) })) as StoredDocument | undefined,
    putLocal: (db, document) => putLocal(couch, checkedDatabaseName(db), document),
    view: (db, design, view, query) =>
      withPublished(checkedDatabaseName(db), (p) => queryView(couch, db, p, design, view, query ?? {})),
    update: (db, design, handler, id, body, by) =>
      withPublished(checkedDatabaseName(db), (p) => runUpdate(couch, db, p, design, handler, id, body, by)),
    close: () => Promise.resolve()
  };
}

async function makeDatabase(couch: Couch, db: string): Promise<'made' | 'existed'> {
  try {
    // One shard: a box is small, and a view over one shard answers soonest.
    await couch.ask({ db, method: 'PUT', query: { q: 1 } });
    return 'made';
  } catch (error) {
    if (isAnswer(error, 412)) return 'existed';
    throw error;
  }
}

async function readAttachment(
  couch: Couch,
  db: string,
  id: string,
  name: string
): Promise<{ readonly type: string; readonly bytes: Uint8Array } | undefined> {
  const document = (await askMaybe(couch, db, { path: pathOf(id) })) as StoredDocument | undefined;
  const stub = document?._attachments?.[name];
  if (stub === undefined) return undefined;
  const body = await askMaybe(couch, db, { path: pathOf(id, name), asBytes: true });
  if (typeof body === 'string') return { type: stub.content_type, bytes: Buffer.from(body) };
  if (body instanceof Uint8Array) return { type: stub.content_type, bytes: body };
  throw unavailable('an attachment that is not bytes');
}

async function putLocal(couch: Couch, db: string, document: StoredDocument): Promise<WriteOutcome> {
  const path = localPath(document._id);
  try {
    const { rev } = (await couch.ask({ db, path, method: 'PUT', body: { ...document, _id: path } })) as { rev: string };
    return { kind: 'written', id: path, rev };
  } catch (error) {
    if (isAnswer(error, 409, db)) return { kind: 'conflict', id: path };
    throw error;
  }
}

function localPath(id: string): string {
  return pathOf(id.startsWith('_local/') ? id : `_local/${id}`);
}

function isEngines(id: string): boolean {
  return id.startsWith('_');
}
