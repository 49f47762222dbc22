/** The part of PouchDB 9 that the vault and replication use. */
export interface PouchDocument {
  readonly _id: string;
}

export interface PouchError {
  readonly error: true;
  readonly status?: number;
  readonly name?: string;
}

export interface Replication extends PromiseLike<{
  readonly docs_written: number;
  readonly doc_write_failures: number;
}> {
  on(event: 'denied', listener: (refusal: unknown) => void): this;
  on(event: 'change', listener: (progress: { readonly docs_written: number }) => void): this;
  cancel(): void;
}

export interface PouchDatabase {
  bulkDocs(documents: readonly PouchDocument[]): Promise<readonly (PouchError | { readonly ok: true })[]>;
  allDocs(options?: {
    readonly limit?: number;
  }): Promise<{ readonly rows: readonly { readonly id: string; readonly value: { readonly rev: string } }[] }>;
  info(): Promise<unknown>;
  get(id: string): Promise<unknown>;
  put(document: PouchDocument): Promise<unknown>;
  destroy(): Promise<unknown>;
  close(): Promise<void>;
  readonly replicate: {
    to(
      target: PouchDatabase,
      options: { readonly batch_size: number; readonly batches_limit: number; readonly checkpoint: false }
    ): Replication;
  };
}

declare const PouchDB: new (
  name: string,
  options: {
    readonly adapter: 'idb' | 'http';
    readonly skip_setup?: boolean;
    readonly auto_compaction?: boolean;
    readonly revs_limit?: number;
    readonly fetch?: (url: string | Request, options?: RequestInit) => Promise<Response>;
  }
) => PouchDatabase;
export default PouchDB;
