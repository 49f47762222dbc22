import type { SnapshotStore } from './store.ts';
import { checkedDatabaseName } from './names.ts';
import { readAttachment } from './embedded/attachments.ts';
import { publishDesigns } from './embedded/designs.ts';
import { DatabaseFiles } from './embedded/files.ts';
import { Functions } from './embedded/functions.ts';
import { readLocal, writeLocal } from './embedded/locals.ts';
import { queryView } from './embedded/query.ts';
import { missingRevisions, readAll, readDocument, readInfo } from './embedded/reading.ts';
import { runUpdate } from './embedded/update.ts';
import { writeAll } from './embedded/writing.ts';

export interface EmbeddedOptions {
  /** where the files lie; made when it is not there */
  readonly folder: string;
  /** the clock design documents see, milliseconds since 1970; the machine's own when left out */
  readonly clock?: () => number;
  /** databases held open at a time */
  readonly maxOpen?: number;
  /** how long one call of a design function may take */
  readonly functionTimeoutMs?: number;
}

/**
 * The store inside the server's own process: SQLite, one file a database. What it acknowledges is flushed, and a dropped database
 * leaves no byte in the folder. One process a folder. Throws StoreUnavailable, NoSuchDatabase, NoSuchView, BadDatabaseName, DesignFault.
 */
export function openEmbedded(options: EmbeddedOptions): SnapshotStore {
  const functions = new Functions({ clock: options.clock, timeoutMs: options.functionTimeoutMs ?? 1000 });
  const files = new DatabaseFiles(options.folder, functions, options.maxOpen ?? 128);
  const open = (name: string): ReturnType<DatabaseFiles['get']> => files.get(checkedDatabaseName(name));

  return {
    create: later((name, designs) => {
      if (files.exists(checkedDatabaseName(name))) {
        publishDesigns(files.get(name), designs);
        return 'existed';
      }
      files.make(name, (database) => publishDesigns(database, designs));
      return 'made';
    }),
    drop: later((name) => {
      const there = files.exists(checkedDatabaseName(name));
      files.drop(name);
      return there ? 'dropped' : 'absent';
    }),
    exists: later((name) => files.exists(checkedDatabaseName(name))),
    filesOf: later((name) => files.filesOf(checkedDatabaseName(name))),
    list: later((prefix) => files.names().filter((name) => name.startsWith(prefix))),
    info: later((name) => readInfo(open(name))),
    get: later((name, id) => readDocument(open(name), id)),
    attachment: later((name, id, attachment) => readAttachment(open(name).db, id, attachment)),
    all: later((name, range) => readAll(open(name), range ?? {})),
    put: later(
      (name, document, by) => writeAll(open(name), [document], by, 'new')[0] ?? { kind: 'conflict', id: document._id }
    ),
    bulk: later((name, documents, by, edits) => writeAll(open(name), documents, by, edits)),
    revsDiff: later((name, revisions) => missingRevisions(open(name), revisions)),
    getLocal: later((name, id) => readLocal(open(name).db, id)),
    putLocal: later((name, document) => writeLocal(open(name).db, document)),
    view: later((name, design, view, query) => queryView(open(name), design, view, query ?? {})),
    update: later((name, design, handler, id, body, by) => runUpdate(open(name), design, handler, id, body, by)),
    snapshot: later((name, pieceBytes, take) => {
      files.snapshot(checkedDatabaseName(name), pieceBytes, take);
    }),
    close: later(() => files.close())
  };
}

/** The engine is synchronous; a fault of its becomes a rejected promise, as with CouchDB. */
function later<A extends readonly unknown[], R>(work: (...given: A) => R): (...given: A) => Promise<R> {
  return (...given) =>
    new Promise((resolve) => {
      resolve(work(...given));
    });
}
