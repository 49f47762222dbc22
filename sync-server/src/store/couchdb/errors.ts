import { readRefusal, type Refusal } from '../refusal.ts';
import { NoSuchDatabase, StoreUnavailable } from '../store.ts';

/** An answer of CouchDB that is no success. What it means depends on the question; unread it is a fault. */
export class CouchAnswer extends StoreUnavailable {
  constructor(
    readonly status: number,
    readonly error: string,
    readonly reason: string
  ) {
    // The reason can quote a document, so it is not part of the message.
    super(`CouchDB answered ${status} ${error}`);
  }

  /** Reads what nano threw: a CouchAnswer, or StoreUnavailable when there was no answer at all. */
  static from(thrown: unknown): CouchAnswer | StoreUnavailable {
    const { statusCode, error, reason } = thrown as { statusCode?: unknown; error?: unknown; reason?: unknown };
    if (typeof statusCode !== 'number') return unavailable('no answer');
    return new CouchAnswer(
      statusCode,
      typeof error === 'string' ? error : '',
      typeof reason === 'string' ? reason : ''
    );
  }
}

export function unavailable(what: string): StoreUnavailable {
  return new StoreUnavailable(`CouchDB: ${what}`);
}

/** True for an answer with this status; NoSuchDatabase is thrown when the database itself is not there. */
export function isAnswer(thrown: unknown, status: number, database?: string): thrown is CouchAnswer {
  if (!(thrown instanceof CouchAnswer)) return false;
  if (database !== undefined && thrown.status === 404 && /^(Database does not exist|no_db_file)/.test(thrown.reason))
    throw new NoSuchDatabase(database);
  return thrown.status === status;
}

/** What a design document said, when this is its refusal. CouchDB's word for a validator that failed is a refusal too. */
export function refusalIn(error: string, reason: string): Refusal | undefined {
  if (error === 'forbidden') return readRefusal(reason);
  if (error === 'unauthorized') return readRefusal(reason, 'unauthorized');
  return undefined;
}
