import { transfer, wrap, type Remote } from 'comlink';
import type { Match, Matched } from '#domain/matching/match.ts';
import type { HotlistVersion } from '#domain/records/hotlist.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Shelf } from './shelf.ts';

function makeHotlistWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'hotlist' });
}

/** The page's handle on the lists. */
export class HotlistLibrary {
  #versions: readonly HotlistVersion[] = [];
  #worker: Worker | undefined;
  #shelf: Remote<Shelf> | undefined;

  constructor(private readonly makeWorker: () => Worker = makeHotlistWorker) {}

  /** What reads are matched with now. */
  get versions(): readonly HotlistVersion[] {
    return this.#versions;
  }

  /** Takes the lines of a version; their buffer is handed over. */
  async take(version: HotlistVersion, lines: Uint8Array<ArrayBuffer>): Promise<'taken' | 'refused'> {
    const taken = await this.#opened().take(version, transfer(lines, [lines.buffer]));
    if (taken === 'taken')
      this.#versions = [...this.#versions.filter(({ source }) => source.sourceId !== version.source.sourceId), version];
    return taken;
  }

  async keepOnly(versionIds: readonly string[]): Promise<void> {
    this.#versions = this.#versions.filter(({ _id }) => versionIds.includes(_id));
    await this.#shelf?.keepOnly(versionIds);
  }

  /** At most one match for the officer's eyes, and one covert one (rule matchRead). */
  async match(read: Matched, now: Instant): Promise<readonly Match[]> {
    return this.#versions.length === 0 ? [] : this.#opened().match(read, now);
  }

  /** Ends the worker, and every list goes with its memory. */
  forget(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#shelf = undefined;
    this.#versions = [];
  }

  #opened(): Remote<Shelf> {
    this.#worker ??= this.makeWorker();
    this.#shelf ??= wrap<Shelf>(this.#worker);
    return this.#shelf;
  }
}
