import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS, isInstant, msOf, type Instant } from '#domain/time/instant.ts';
import type { SnapshotStore } from '#server/store/store.ts';
import { GATEWAY, REGISTER } from '../register/databases.ts';
import { recordIn } from '../register/written.ts';
import type { BoxParts } from '../parts.ts';
import { SealedFileWriter } from './sealed-file.ts';

const NAME = /^platekeeper-(\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}[.]\d{3}Z)[.]backup$/;
const HALF_MADE = '.making';
const CHUNK_BYTES = 4 * 1024 * 1024;
/** Beside the backups: what was destroyed and certified up to now. Holds no plate. */
export const DESTRUCTIONS_FILE = 'destructions.json';

/** Where backups go, sealed with which key. The key lies elsewhere than both the data and the backups. */
export interface BackupPlace {
  readonly folder: string;
  readonly key: Buffer;
  /** the server's own keys, kept with the data */
  readonly keysFolder: string;
  readonly store: SnapshotStore;
}

/**
 * Encrypted backups, one a day while the agency's settings give backups a life of at least a day, each removed when that life is over:
 * it is counted inside the 60 days (426.4; LAW A24). Beside them lies the list of destructions, which a restore replays.
 */
export class Backups {
  constructor(
    private readonly place: BackupPlace,
    private readonly parts: Pick<BoxParts, 'register' | 'given' | 'trail'>
  ) {
    mkdirSync(place.folder, { recursive: true, mode: 0o700 });
  }

  /** The round: removes what is too old, writes the list of destructions, makes today's backup when it is time. */
  async run(): Promise<void> {
    const { register, given } = this.parts;
    const days = register.agency()?.backupDays ?? 0;
    const now = given.now();
    for (const { file, madeAt } of this.#there())
      if (msOf(now) >= msOf(madeAt) + days * DAY_MS) rmSync(join(this.place.folder, file));
    await this.#writeDestructions();
    const newest = this.#there().at(-1);
    if (days > 0 && (newest === undefined || msOf(now) >= msOf(newest.madeAt) + DAY_MS)) await this.make();
  }

  /** Makes a backup now and gives its path. Every database and the server's keys, sealed. */
  async make(): Promise<string> {
    const { given, trail } = this.parts;
    const { folder, key, keysFolder, store } = this.place;
    const madeAt = given.now();
    await trail.record({ action: 'makeBackup' }, GATEWAY);
    const path = join(folder, `platekeeper-${madeAt.replaceAll(':', '-')}.backup`);
    const half = path + HALF_MADE;
    rmSync(half, { force: true });
    const writer = new SealedFileWriter(half, key, madeAt);
    const addPart = (name: string, bytes: Uint8Array): void => {
      writer.add(Buffer.concat([Buffer.from(`${name}\n`), bytes]));
    };
    for (const name of readdirSync(keysFolder)) addPart(`keys/${name}`, readFileSync(join(keysFolder, name)));
    for (const database of await store.list('')) {
      // A box that was dropped since the list was made is none to keep.
      if (await store.exists(database))
        await store.snapshot(database, CHUNK_BYTES, (file, bytes) => {
          addPart(`databases/${file}`, bytes);
        });
    }
    writer.end();
    renameSync(half, path);
    return path;
  }

  async #writeDestructions(): Promise<void> {
    const { store, folder } = this.place;
    const query = { includeDocs: true, reduce: false } as const;
    const kinds = ['destruction', 'certificate'];
    const rows = await Promise.all(kinds.map((key) => store.view(REGISTER, 'registry', 'by_kind', { ...query, key })));
    const records = rows.flat().flatMap((row) => (row.doc === undefined ? [] : [recordIn<object>(row.doc)]));
    const path = join(folder, DESTRUCTIONS_FILE);
    writeFileSync(path + HALF_MADE, JSON.stringify(records), { mode: 0o600, flush: true });
    renameSync(path + HALF_MADE, path);
  }

  // Oldest first. What a kill left half made is no backup.
  #there(): { readonly file: string; readonly madeAt: Instant }[] {
    return readdirSync(this.place.folder)
      .sort()
      .flatMap((file) => {
        if (file.endsWith(HALF_MADE)) rmSync(join(this.place.folder, file), { force: true });
        const written = NAME.exec(file)?.[1]?.replace(/T(\d{2})-(\d{2})-/, 'T$1:$2:');
        return isInstant(written) ? [{ file, madeAt: written }] : [];
      });
  }
}
