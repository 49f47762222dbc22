import { nameOfDesign } from '../design-name.ts';
import { BOX_SECURITY } from '../person.ts';
import type { DesignDocument } from '../store.ts';
import { pathOf, type Couch } from './client.ts';
import { isAnswer } from './errors.ts';

// An index over a large database is filled when its design is new; that may take minutes, not seconds.
const WARM_TIMEOUT_MS = 600_000;

/** Which design document is in force under each plain name: kept in the database, beside what it points at. */
export type Published = Readonly<Record<string, string>>;

const POINTER = '_local/designs';

/** Throws NoSuchDatabase. */
export async function readPublished(couch: Couch, db: string): Promise<Published> {
  try {
    return ((await couch.ask({ db, path: POINTER })) as { published: Published }).published;
  } catch (error) {
    if (isAnswer(error, 404, db)) return {};
    throw error;
  }
}

/**
 * Brings the designs up to date: the new ones are put, their views filled, then the pointer is moved and the old ones go. A view is
 * never asked before it is ready. Killed at any step, it is simply run again.
 */
export async function publishDesigns(couch: Couch, db: string, wanted: readonly DesignDocument[]): Promise<Published> {
  const before = await readPublished(couch, db);
  const published: Record<string, string> = { ...before };
  const fresh = wanted.filter((design) => before[nameOfDesign(design)] !== design._id);
  for (const design of fresh) {
    await putDesign(couch, db, design);
    await warm(couch, db, design);
    published[nameOfDesign(design)] = design._id;
  }
  if (fresh.length > 0) await movePointer(couch, db, published);
  await removeOthers(couch, db, published);
  // The index files of designs that are gone stay on the disk, plates and all, until somebody asks CouchDB to clean up.
  await couch.ask({ db, path: '_view_cleanup', method: 'POST', body: {} });
  // Last of all: until now only the administrator could write, so nothing slipped in before its rules were there.
  await couch.ask({ db, path: '_security', method: 'PUT', body: BOX_SECURITY });
  return published;
}

async function putDesign(couch: Couch, db: string, design: DesignDocument): Promise<void> {
  try {
    await couch.ask({ db, path: pathOf(design._id), method: 'PUT', body: design });
  } catch (error) {
    // The name holds the hash of the content: what is there is the same.
    if (!isAnswer(error, 409)) throw error;
  }
}

async function warm(couch: Couch, db: string, design: DesignDocument): Promise<void> {
  // The views of one design document share an index; asking one fills all.
  const view = Object.keys(design.views ?? {})[0];
  if (view === undefined) return;
  const body = { limit: 1, reduce: false };
  await couch.ask({ db, path: pathOf(design._id, '_view', view), method: 'POST', body, timeoutMs: WARM_TIMEOUT_MS });
}

async function movePointer(couch: Couch, db: string, published: Published): Promise<void> {
  const old = (await couch.ask({ db, path: POINTER }).catch((error: unknown) => {
    if (isAnswer(error, 404)) return {};
    throw error;
  })) as { _rev?: string };
  const body = { ...(old._rev === undefined ? {} : { _rev: old._rev }), published };
  await couch.ask({ db, path: POINTER, method: 'PUT', body });
}

async function removeOthers(couch: Couch, db: string, published: Published): Promise<void> {
  for (const { id, rev } of await designsIn(couch, db)) {
    const current = published[nameOfDesign({ _id: id })];
    if (current === undefined || current === id) continue;
    await couch.ask({ db, path: pathOf(id), method: 'DELETE', query: { rev } }).catch((error: unknown) => {
      if (!isAnswer(error, 404) && !isAnswer(error, 409)) throw error;
    });
  }
}

export async function designsIn(couch: Couch, db: string): Promise<{ id: string; rev: string }[]> {
  const body = { startkey: '_design/', endkey: '_design0', inclusive_end: false };
  const answer = (await couch.ask({ db, path: '_all_docs', method: 'POST', body })) as {
    rows: { id: string; value: { rev: string } }[];
  };
  return answer.rows.map((row) => ({ id: row.id, rev: row.value.rev }));
}
