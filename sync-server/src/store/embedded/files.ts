import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync
} from 'node:fs';
import { join } from 'node:path';
import { NoSuchDatabase } from '../store.ts';
import { databaseOf, fileNameOf } from '../names.ts';
import { readDesigns } from './published.ts';
import type { Functions } from './functions.ts';
import type { OpenDatabase } from './open-database.ts';
import { configure, makeTables } from './schema.ts';
import { Sqlite } from './sqlite.ts';

const ENDING = '.sqlite';
const HALF_MADE = '.making';
const SIDE_FILES = ['-wal', '-shm', '-journal'];

/** The folder of databases: which there are, and a limited number of them open. */
export class DatabaseFiles {
  private readonly open = new Map<string, OpenDatabase>();

  constructor(
    private readonly folder: string,
    private readonly functions: Functions,
    private readonly maxOpen: number
  ) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.sweep();
  }

  exists(name: string): boolean {
    return existsSync(this.path(name));
  }

  names(): string[] {
    return readdirSync(this.folder)
      .filter((file) => file.endsWith(ENDING))
      .flatMap((file) => databaseOf(file.slice(0, -ENDING.length)) ?? [])
      .sort();
  }

  /** The database's file with its side files, and what is left of one that was being made. */
  filesOf(name: string): string[] {
    const file = fileNameOf(name) + ENDING;
    const names = [file, file + HALF_MADE].flatMap((own) => [own, ...SIDE_FILES.map((side) => own + side)]);
    return readdirSync(this.folder).filter((found) => names.includes(found));
  }

  /** The database, opened when it was not. Throws NoSuchDatabase. */
  get(name: string): OpenDatabase {
    const known = this.open.get(name);
    if (known !== undefined) {
      // Moved to the end: the first in the map is the one longest unused.
      this.open.delete(name);
      this.open.set(name, known);
      return known;
    }
    if (!this.exists(name)) throw new NoSuchDatabase(name);
    const opened = this.openFile(name, this.path(name));
    this.open.set(name, opened);
    for (const [oldest, database] of this.open) {
      if (this.open.size <= this.maxOpen) break;
      this.open.delete(oldest);
      database.db.close();
    }
    return opened;
  }

  /** Makes a database. It has its name only once `fill` is done: a half-made one is never taken for a box without rules. */
  make(name: string, fill: (database: OpenDatabase) => void): void {
    const path = this.path(name);
    const half = path + HALF_MADE;
    this.remove(half);
    this.removeSides(path);
    const db = new Sqlite(half);
    try {
      // No write-ahead log yet: all bytes must be in the one file that is renamed.
      db.exec('PRAGMA journal_mode = DELETE');
      db.exec('PRAGMA synchronous = FULL');
      makeTables(db);
      fill({ name, db, functions: this.functions, designs: readDesigns(db) });
    } catch (error) {
      db.close();
      this.remove(half);
      throw error;
    }
    db.close();
    renameSync(half, path);
    this.flushFolder();
  }

  /** Removes the database at once: its name first, then every byte, even those a file handle still holds. */
  drop(name: string): void {
    this.open.get(name)?.db.close();
    this.open.delete(name);
    const path = this.path(name);
    const files = [path, path + '-wal'].filter((file) => existsSync(file));
    const handles = files.map((file) => openSync(file, 'r+'));
    this.remove(path);
    for (const handle of handles) {
      ftruncateSync(handle, 0);
      fsyncSync(handle);
      closeSync(handle);
    }
    this.flushFolder();
  }

  /** Reads the database's file in pieces. The log is folded into it first, and being synchronous nothing is written meanwhile. */
  snapshot(name: string, pieceBytes: number, take: (file: string, bytes: Uint8Array) => void): void {
    this.get(name).db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const handle = openSync(this.path(name), 'r');
    try {
      for (let at = 0; ;) {
        const piece = Buffer.alloc(pieceBytes);
        const read = readSync(handle, piece, 0, pieceBytes, at);
        if (read === 0) return;
        take(fileNameOf(name) + ENDING, piece.subarray(0, read));
        at += read;
      }
    } finally {
      closeSync(handle);
    }
  }

  close(): void {
    for (const database of this.open.values()) {
      database.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      database.db.close();
    }
    this.open.clear();
  }

  private openFile(name: string, path: string): OpenDatabase {
    const db = new Sqlite(path);
    configure(db);
    return { name, db, functions: this.functions, designs: readDesigns(db) };
  }

  private path(name: string): string {
    return join(this.folder, fileNameOf(name) + ENDING);
  }

  private remove(path: string): void {
    rmSync(path, { force: true });
    this.removeSides(path);
  }

  private removeSides(path: string): void {
    for (const side of SIDE_FILES) rmSync(path + side, { force: true });
  }

  // What a kill left behind: half-made databases, and side files of one whose removal was not finished.
  private sweep(): void {
    const files = readdirSync(this.folder);
    for (const file of files) {
      const owner = file.replace(/-(wal|shm|journal)$/, '');
      if (owner.endsWith(HALF_MADE) || (owner !== file && owner.endsWith(ENDING) && !files.includes(owner)))
        rmSync(join(this.folder, file), { force: true });
    }
  }

  private flushFolder(): void {
    const handle = openSync(this.folder, 'r');
    fsyncSync(handle);
    closeSync(handle);
  }
}
