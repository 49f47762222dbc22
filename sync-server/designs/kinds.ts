import type { DesignDocument } from '#server/store/store.ts';

/** The kinds of database there are; a kind without a folder here has no rules of its own. */
export const DATABASE_KINDS = [
  'inbox',
  'reads',
  'hold',
  'register',
  'audit',
  'ledger',
  'casework',
  'entries',
  'figures',
  'public',
  'accounts'
] as const;
export type DatabaseKind = (typeof DATABASE_KINDS)[number];

/** The design documents of every kind of database, ready to publish. */
export type Designs = Readonly<Record<DatabaseKind, readonly DesignDocument[]>>;

/** The kind of a database by its name: `reads-2026-11-22` is a `reads`. Undefined when no kind has rules of its own for it. */
export function kindOf(database: string): DatabaseKind | undefined {
  return DATABASE_KINDS.find((kind) => database === kind || database.startsWith(`${kind}-`));
}
