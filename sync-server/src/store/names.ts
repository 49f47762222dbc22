/** Database names: CouchDB's own rule, so that a name good for one engine is good for the other. */

export class BadDatabaseName extends Error {
  override readonly name = 'BadDatabaseName';
}

const ALLOWED = /^[a-z][a-z0-9_$()+/-]*$/;
// A file name may have 255 bytes on the file systems we meet; the suffixes of SQLite need a few of them.
const LONGEST = 200;

/** Hands the name back. Throws BadDatabaseName when an engine would not take it. */
export function checkedDatabaseName(name: string): string {
  if (!ALLOWED.test(name) || fileNameOf(name).length > LONGEST) throw new BadDatabaseName('Not a name for a database.');
  return name;
}

/** A file name without anything a shell, a path or a case-blind disk could misread: `a/b` is `a=2fb`. */
export function fileNameOf(database: string): string {
  return database.replace(/[^a-z0-9_-]/g, (c) => '=' + c.charCodeAt(0).toString(16).padStart(2, '0'));
}

/** The database a file name belongs to; undefined when it is none of ours. */
export function databaseOf(fileName: string): string | undefined {
  const name = fileName.replace(/=([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return ALLOWED.test(name) && fileNameOf(name) === fileName ? name : undefined;
}
