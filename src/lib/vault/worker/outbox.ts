import type { SealedRecord } from '#domain/records/sealed.ts';
import PouchDB, { type PouchDatabase } from '../pouchdb.js';
import { checkBox, type Box } from '../box.ts';
import { outboxDatabaseName, outboxName } from '../locations.ts';

const BOX_DOCUMENT = '_local/box';

const DATABASE_PREFIX = outboxDatabaseName('');

/**
 * The outboxes: one PouchDB database a box, the same sealed records as immutable documents, for CouchDB's replication
 * protocol. Rebuilt from the journal when it is damaged; destroyed as a database, because a deleted document stays on the
 * disk (FIELD-NOTES 3).
 */
export class Outbox {
  readonly #open = new Map<string, PouchDatabase>();

  async boxIds(): Promise<string[]> {
    const databases = await indexedDB.databases();
    return databases
      .map(({ name = '' }) => name)
      .filter((name) => name.startsWith(DATABASE_PREFIX))
      .map((name) => name.slice(DATABASE_PREFIX.length));
  }

  database(boxId: string): PouchDatabase {
    let database = this.#open.get(boxId);
    if (database === undefined) {
      database = new PouchDB(outboxName(boxId), { adapter: 'idb', auto_compaction: true, revs_limit: 1 });
      this.#open.set(boxId, database);
    }
    return database;
  }

  /**
   * The database of a box over a connection that works. A transaction that is aborted closes the connection under PouchDB, which keeps
   * the dead one: everything over it fails from then on, until it is opened afresh.
   */
  async usable(boxId: string): Promise<PouchDatabase> {
    const works = await this.database(boxId)
      .info()
      .then(
        () => true,
        () => false
      );
    if (!works) await this.forget(boxId);
    return this.database(boxId);
  }

  /** Puts records; one that is there already stays as it is. Throws OutboxFailed with the number that could not be put. */
  async put(boxId: string, records: readonly SealedRecord[]): Promise<void> {
    const answers = await this.database(boxId).bulkDocs(records);
    const failed = answers.filter((answer) => 'error' in answer && answer.status !== 409);
    if (failed.length > 0) throw new OutboxFailed(failed.length);
  }

  /** Lays the box's own description beside its records; local to this database, never replicated. */
  async describe(box: Box): Promise<void> {
    await this.database(box.boxId)
      .put({ _id: BOX_DOCUMENT, box } as { readonly _id: string })
      .catch((error: unknown) => {
        if (!isConflict(error)) throw error;
      });
  }

  async description(boxId: string): Promise<Box | null> {
    const found = (await this.database(boxId)
      .get(BOX_DOCUMENT)
      .catch(() => null)) as { readonly box?: unknown } | null;
    return checkBox(found?.box) === null ? (found?.box as Box) : null;
  }

  /** Sequences that are in the outbox. */
  async sequences(boxId: string): Promise<number[]> {
    const { rows } = await this.database(boxId).allDocs();
    return rows.map((row) => Number(row.id.slice(boxId.length + 1))).filter((seq) => Number.isInteger(seq) && seq > 0);
  }

  /** Closes a box's database, so that a broken connection is opened afresh at the next use. */
  async forget(boxId: string): Promise<void> {
    const database = this.#open.get(boxId);
    this.#open.delete(boxId);
    await database?.close().catch(() => undefined);
  }

  async destroy(boxId: string): Promise<void> {
    const database = this.database(boxId);
    this.#open.delete(boxId);
    await database.destroy();
  }
}

/** Records that could not be put into the outbox; they are safe in the journal. */
export class OutboxFailed extends Error {
  override readonly name = 'OutboxFailed';
  constructor(readonly records: number) {
    super('records could not be put into the outbox');
  }
}

const isConflict = (error: unknown): boolean => (error as { readonly status?: number } | null)?.status === 409;
