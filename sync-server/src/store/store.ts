/**
 * What the server asks of a document engine. Two engines keep this promise, proved by one contract suite:
 * `embedded` (SQLite, one file a database) and `couchdb` (CouchDB 3.5 through nano).
 *
 * The unit of destruction is the database: `drop` leaves no bytes behind, so every box of reads is a database.
 */

/** Who writes. The engine hands it to the design document, so that a rule can ask "may this person write?". */
export interface UserContext {
  readonly name: string;
  readonly roles: readonly string[];
}

export interface Attachment {
  readonly content_type: string;
  /** base64 when written inline; absent in a stub */
  readonly data?: string;
  readonly stub?: true;
  readonly length?: number;
}

/** A JSON document as the engine keeps it. Attachments come back as stubs. */
export interface StoredDocument {
  readonly _id: string;
  readonly _rev?: string;
  readonly _deleted?: true;
  readonly _attachments?: Readonly<Record<string, Attachment>>;
  readonly [field: string]: unknown;
}

export type WriteOutcome =
  | { readonly kind: 'written'; readonly id: string; readonly rev: string }
  /** Somebody changed the document since; nothing was written. */
  | { readonly kind: 'conflict'; readonly id: string }
  /** The design document refused it; `code` names the rule, `reason` is a sentence. */
  | { readonly kind: 'refused'; readonly id: string; readonly code: string; readonly reason: string };

export interface ViewQuery {
  readonly key?: unknown;
  readonly keys?: readonly unknown[];
  readonly startKey?: unknown;
  readonly endKey?: unknown;
  readonly inclusiveEnd?: boolean;
  readonly descending?: boolean;
  readonly limit?: number;
  readonly skip?: number;
  readonly includeDocs?: boolean;
  /** true: apply the view's reduce (`_count` or `_sum`); groups by key when `group` is true */
  readonly reduce?: boolean;
  readonly group?: boolean;
}

export interface ViewRow {
  readonly id: string | null;
  readonly key: unknown;
  readonly value: unknown;
  readonly doc?: StoredDocument;
}

export interface DatabaseInfo {
  readonly name: string;
  readonly documents: number;
  readonly updateSequence: string;
}

/** A design document as it is published: every function is one self-contained source string. */
export interface DesignDocument {
  /** `_design/<name>.<hash of the content>` */
  readonly _id: string;
  readonly language: 'javascript';
  readonly validate_doc_update?: string;
  readonly updates?: Readonly<Record<string, string>>;
  readonly views?: Readonly<Record<string, { readonly map: string; readonly reduce?: '_count' | '_sum' }>>;
}

export interface UpdateAnswer {
  readonly outcome: WriteOutcome | { readonly kind: 'nothing' };
  readonly body: string;
}

export interface Store {
  /** Makes the database and publishes its design documents. `existed` when it was there; then only the designs are brought up to date. */
  create(database: string, designs: readonly DesignDocument[]): Promise<'made' | 'existed'>;
  /** Destroys the database and every byte of it. `absent` when there was none. */
  drop(database: string): Promise<'dropped' | 'absent'>;
  exists(database: string): Promise<boolean>;
  /**
   * Names of the files in which bytes of the database may lie, after a drop too. null: the engine's folder is not on this machine,
   * or nobody said where.
   */
  filesOf(database: string): Promise<readonly string[] | null>;
  /** Names of databases that begin with `prefix`, sorted. */
  list(prefix: string): Promise<readonly string[]>;
  /** Throws NoSuchDatabase. */
  info(database: string): Promise<DatabaseInfo>;

  get(database: string, id: string): Promise<StoredDocument | undefined>;
  attachment(
    database: string,
    id: string,
    name: string
  ): Promise<{ readonly type: string; readonly bytes: Uint8Array } | undefined>;
  /** Documents in order of id, design documents left out. */
  all(
    database: string,
    range?: {
      readonly startId?: string;
      readonly endId?: string;
      readonly limit?: number;
      readonly descending?: boolean;
    }
  ): Promise<readonly StoredDocument[]>;

  put(database: string, document: StoredDocument, by: UserContext): Promise<WriteOutcome>;
  /**
   * `edits: 'new'`: each document gets its own next revision.
   * `edits: 'replicated'`: CouchDB's `new_edits=false`: the revision comes with the document (`_revisions`);
   * one that is known already is `written` again without effect.
   * One outcome a document, in their order; a refusal of one never stops the others.
   */
  bulk(
    database: string,
    documents: readonly StoredDocument[],
    by: UserContext,
    edits: 'new' | 'replicated'
  ): Promise<readonly WriteOutcome[]>;
  /** CouchDB's `_revs_diff`: which of these revisions are not here. */
  revsDiff(
    database: string,
    revisions: Readonly<Record<string, readonly string[]>>
  ): Promise<Readonly<Record<string, { readonly missing: readonly string[] }>>>;

  /** `_local` documents: never replicated, never indexed (replication checkpoints). */
  getLocal(database: string, id: string): Promise<StoredDocument | undefined>;
  putLocal(database: string, document: StoredDocument): Promise<WriteOutcome>;

  /** `design` is the plain name (`retention`); the published hash is used. Throws NoSuchView. */
  view(database: string, design: string, view: string, query?: ViewQuery): Promise<readonly ViewRow[]>;
  /** Runs an update handler: it sees the document (or null), the body and the user context, and may write one document. */
  update(
    database: string,
    design: string,
    handler: string,
    id: string | null,
    body: unknown,
    by: UserContext
  ): Promise<UpdateAnswer>;

  close(): Promise<void>;
}

/** A store whose databases can be copied out as files, byte for byte, while it runs. CouchDB's are copied from its own folder. */
export interface SnapshotStore extends Store {
  /**
   * Hands over one database as a file, in pieces of at most `pieceBytes`, in order; nothing is written meanwhile, so the copy is of one
   * moment. Throws NoSuchDatabase.
   */
  snapshot(database: string, pieceBytes: number, take: (file: string, bytes: Uint8Array) => void): Promise<void>;
}

export class NoSuchDatabase extends Error {
  override readonly name = 'NoSuchDatabase';
}
export class NoSuchView extends Error {
  override readonly name = 'NoSuchView';
}
/** The engine could not be reached or answered what it must not. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}
