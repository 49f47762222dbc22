/** A document as a validator gets it: any JSON, with the engine's own fields among it. */
export interface Written {
  readonly _id: string;
  readonly _deleted?: boolean;
  readonly _attachments?: Readonly<Record<string, { readonly content_type?: string; readonly length?: number }>>;
  readonly [field: string]: unknown;
}

/** The person who writes, as the engine knows them. */
export interface Writer {
  readonly db: string;
  readonly name: string | null;
  readonly roles: readonly string[];
}

// What the engine adds to a document; `_id` stays, since it is part of our records.
const ENGINE_FIELDS = ['_rev', '_revisions', '_attachments', '_deleted'];

/** The record inside a document: everything but the engine's own fields. A closed check on it refuses the rest. */
export function recordOf(document: Written): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const name of Object.keys(document)) if (ENGINE_FIELDS.indexOf(name) < 0) record[name] = document[name];
  return record;
}

/** True for a document that was there before and was not a tombstone. */
export function existedBefore(before: Written | null): boolean {
  return before !== null && before._deleted !== true;
}

export function hasRole(writer: Writer, role: string): boolean {
  return writer.roles.indexOf(role) >= 0;
}
