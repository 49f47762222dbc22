import type { Sqlite } from './sqlite.ts';

/** Tables of one database file. A document keeps its winning revision and the names of those before it, no bodies of theirs. */
const TABLES = `
  CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  INSERT INTO counters VALUES ('schema', 1), ('sequence', 0), ('living', 0);
  CREATE TABLE documents (
    id TEXT NOT NULL UNIQUE, generation INTEGER NOT NULL, revisions TEXT NOT NULL,
    deleted INTEGER NOT NULL, body TEXT NOT NULL, stubs TEXT, sequence INTEGER NOT NULL
  );
  CREATE TABLE attachments (
    document TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, bytes BLOB NOT NULL, UNIQUE (document, name)
  );
  CREATE TABLE locals (id TEXT PRIMARY KEY, revision INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE designs (name TEXT PRIMARY KEY, id TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE views (number INTEGER PRIMARY KEY, design TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (design, name));
  CREATE TABLE rows (
    view INTEGER NOT NULL, key BLOB NOT NULL, document TEXT NOT NULL, part INTEGER NOT NULL,
    value TEXT NOT NULL, PRIMARY KEY (view, key, document, part)
  ) WITHOUT ROWID;
`;

/** Settings of a connection: an acknowledged write is flushed (FULL), and freed pages are overwritten with zeros. */
export function configure(db: Sqlite): void {
  db.exec('PRAGMA journal_mode = WAL');
  db.exec('PRAGMA synchronous = FULL');
  db.exec('PRAGMA secure_delete = ON');
  db.exec('PRAGMA temp_store = MEMORY');
  // The log shrinks again after a large bulk: sixty open boxes would hold sixty large logs.
  db.exec('PRAGMA journal_size_limit = 262144');
}

/** Fills a new file. */
export function makeTables(db: Sqlite): void {
  db.transaction(() => {
    db.exec(TABLES);
  });
}

/** Adds to a counter and hands back its new value. */
export function count(db: Sqlite, name: 'sequence' | 'living', by: number): number {
  db.run('UPDATE counters SET value = value + ? WHERE name = ?', by, name);
  return db.get<[number]>('SELECT value FROM counters WHERE name = ?', name)?.[0] ?? 0;
}
