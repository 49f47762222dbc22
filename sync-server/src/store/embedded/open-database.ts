import type { PublishedDesigns } from './published.ts';
import type { Functions } from './functions.ts';
import type { Sqlite } from './sqlite.ts';

/** A database that is open: its file, what is published in it, and the compiled functions all databases share. */
export interface OpenDatabase {
  readonly name: string;
  readonly db: Sqlite;
  readonly functions: Functions;
  designs: PublishedDesigns;
}
