import Libsql from 'libsql';
import { StoreUnavailable } from '../store.ts';

type Value = string | number | bigint | Buffer | null;
type Row = readonly unknown[];
interface Statement {
  raw(on: boolean): Statement;
  all(...values: Value[]): Row[];
  get(...values: Value[]): Row | undefined;
  run(...values: Value[]): { readonly changes: number };
}

/**
 * One open SQLite file: prepared statements kept, rows as arrays, faults as StoreUnavailable with SQLite's code alone
 * (its messages can quote values). Synchronous, so that a transaction is never interleaved with another.
 */
export class Sqlite {
  private readonly db: InstanceType<typeof Libsql>;
  private readonly statements = new Map<string, Statement>();

  constructor(file: string) {
    this.db = guarded(() => new Libsql(file));
    this.exec('PRAGMA busy_timeout = 5000');
  }

  exec(sql: string): void {
    guarded(() => this.db.exec(sql));
  }

  all<T extends Row>(sql: string, ...values: Value[]): T[] {
    return guarded(() => this.reader(sql).all(...values)) as unknown as T[];
  }

  // The caller knows the columns it asked for.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
  get<T extends Row>(sql: string, ...values: Value[]): T | undefined {
    return guarded(() => this.reader(sql).get(...values)) as T | undefined;
  }

  run(sql: string, ...values: Value[]): number {
    return guarded(() => this.prepared(sql).run(...values)).changes;
  }

  /** All or nothing; what `work` throws is thrown on after the roll-back. */
  transaction<T>(work: () => T): T {
    this.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.exec('COMMIT');
      return result;
    } catch (error) {
      try {
        this.exec('ROLLBACK');
      } catch {
        // SQLite has rolled back by itself (disk full, input/output error): the first error tells more.
      }
      throw error;
    }
  }

  /**
   * The file's descriptors go when the garbage collector takes the statements: libsql has no call that ends one.
   * SQLite leaves files alone that were replaced meanwhile, so a box made anew under the same name is safe (tested).
   */
  close(): void {
    this.statements.clear();
    this.db.close();
  }

  private prepared(sql: string): Statement {
    let statement = this.statements.get(sql);
    if (statement === undefined) {
      statement = this.db.prepare(sql) as unknown as Statement;
      this.statements.set(sql, statement);
    }
    return statement;
  }

  private reader(sql: string): Statement {
    const known = this.statements.get(sql);
    return known ?? this.prepared(sql).raw(true);
  }
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    throw new StoreUnavailable(`SQLite: ${typeof code === 'string' ? code : 'unknown fault'}`);
  }
}
