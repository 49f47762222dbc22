import type { DataRelease } from '#domain/records/data-release.ts';
import type { Store, UserContext } from '#server/store/store.ts';
import { CASEWORK } from '../register/databases.ts';
import { recordIn } from '../register/written.ts';

export type ReleaseStepTaken =
  | { readonly kind: 'taken' }
  /** the design document refused the step; `code` names the rule */
  | { readonly kind: 'refused'; readonly code: string };

/**
 * Releases of reads to other agencies (426.7): entered, decided, handed out, kept on file. Each step is written as the person who takes
 * it, so that the design document judges it whatever the gateway thought.
 */
export class DataReleases {
  constructor(private readonly store: Store) {}

  /** Every release there ever was, newest first (retained on file: 426.7(c)). */
  async all(): Promise<DataRelease[]> {
    const query = { key: 'dataRelease', includeDocs: true };
    const rows = await this.store.view(CASEWORK, 'decisions', 'by_kind', query);
    return rows
      .flatMap((row) => (row.doc === undefined ? [] : [recordIn<DataRelease>(row.doc)]))
      .sort((a, b) => (a.entered.at < b.entered.at ? 1 : -1));
  }

  async find(id: string): Promise<DataRelease | undefined> {
    const document = await this.store.get(CASEWORK, id);
    return document?.['kind'] === 'dataRelease' ? recordIn<DataRelease>(document) : undefined;
  }

  async enter(release: DataRelease, by: UserContext): Promise<ReleaseStepTaken> {
    return this.#write({ ...release }, by);
  }

  /** Writes the next step over the release as it was seen; one that somebody else changed meanwhile is refused. */
  async step(before: DataRelease, after: DataRelease, by: UserContext): Promise<ReleaseStepTaken> {
    const there = await this.store.get(CASEWORK, before._id);
    if (there?._rev === undefined) return { kind: 'refused', code: 'notFound' };
    return this.#write({ ...after, _rev: there._rev }, by);
  }

  async #write(document: DataRelease & { readonly _rev?: string }, by: UserContext): Promise<ReleaseStepTaken> {
    const outcome = await this.store.put(CASEWORK, { ...document }, by);
    if (outcome.kind === 'written') return { kind: 'taken' };
    return { kind: 'refused', code: outcome.kind === 'conflict' ? 'releaseDecided' : outcome.code };
  }
}
