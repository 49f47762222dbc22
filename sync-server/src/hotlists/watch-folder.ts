import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FormatName } from '#domain/hotlist-file/formats.ts';
import type { HotlistSource } from '#domain/records/hotlist.ts';
import { instantOf, msOf } from '#domain/time/instant.ts';
import type { Trail } from '../audit/trail.ts';
import type { Given } from '../given.ts';
import { GATEWAY } from '../register/databases.ts';
import type { Register } from '../register/register.ts';
import type { Hotlists } from './hotlists.ts';
import type { Imports } from './imports.ts';

/** A file that was written to a moment ago may still be on its way. */
const SETTLED_MS = 10_000;
const FORMATS: Readonly<Record<string, FormatName>> = { '.csv': 'csv', '.txt': 'mnNcic' };
/** Where files go that nobody may put in force unseen. */
const HELD = 'held';
const NAME = 'Minnesota license plate data file';

export interface WatchParts {
  readonly hotlists: Hotlists;
  readonly imports: Imports;
  readonly register: Register;
  readonly trail: Trail;
  readonly given: Given;
}

/**
 * A folder into which the department's transfer puts the Minnesota file twice a day. A good file is put in force and removed: it is criminal
 * justice information in clear. One that is broken, or differs by more than a fifth, is set aside for a person at headquarters.
 */
export class WatchFolder {
  constructor(
    private readonly folder: string,
    private readonly parts: WatchParts
  ) {}

  /** Takes what has come, oldest first. Answers how many lists were put in force. */
  async run(): Promise<number> {
    const { given } = this.parts;
    const found: { name: string; at: number }[] = [];
    for (const name of await readdir(this.folder).catch(() => [])) {
      const file = await stat(join(this.folder, name)).catch(() => null);
      if (FORMATS[extname(name).toLowerCase()] === undefined || file?.isFile() !== true) continue;
      if (msOf(given.now()) - file.mtimeMs >= SETTLED_MS) found.push({ name, at: file.mtimeMs });
    }
    let inForce = 0;
    for (const { name, at } of found.sort((a, b) => a.at - b.at)) if (await this.#take(name, at)) inForce++;
    return inForce;
  }

  async #take(name: string, at: number): Promise<boolean> {
    const { hotlists, imports, register, trail, given } = this.parts;
    const agency = register.agency();
    if (agency === undefined) return false;
    const source: HotlistSource = hotlists.current().find((version) => version.source.kind === 'mnPlateFile')
      ?.source ?? {
      sourceId: given.newId(),
      kind: 'mnPlateFile',
      compareName: NAME,
      existencePublic: true
    };
    const id = await imports.open({
      source,
      asOf: instantOf(at),
      format: FORMATS[extname(name).toLowerCase()] ?? 'csv',
      fileName: name.slice(-200),
      isEntitled: agency.restrictedFiles === true
    });
    // Written first, as at every door.
    await trail.record({ action: 'readImport', object: { type: 'hotlistVersion', id }, note: 'watch folder' }, GATEWAY);
    const path = join(this.folder, name);
    const read = await imports.read(id, createReadStream(path));
    if (read.kind === 'refused' || read.report.isLargeSwing) {
      await imports.discard(id);
      await mkdir(join(this.folder, HELD), { recursive: true });
      await rename(path, join(this.folder, HELD, name));
      return false;
    }
    await trail.record(
      { action: 'loadHotlist', object: { type: 'hotlistVersion', id }, note: 'watch folder' },
      GATEWAY
    );
    await imports.release(id, false);
    await hotlists.dropReplaced(given.now());
    await rm(path);
    return true;
  }
}
