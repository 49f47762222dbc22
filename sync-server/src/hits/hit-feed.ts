import { stubOf } from '#domain/policy/hit-figures.ts';
import type { Hit } from '#domain/records/hit.ts';
import type { HitStub } from '#domain/records/hit-stub.ts';
import type { LocalDate } from '#domain/time/instant.ts';
import type { Store } from '#server/store/store.ts';
import { FIGURES, INGEST } from '../register/databases.ts';
import { recordIn, save } from '../register/written.ts';

/** A hit that was just taken in, or that an officer has just answered. */
export interface TakenHit {
  readonly boxDate: LocalDate;
  readonly hit: Hit;
}

/** Hits as they come in: told at once to whoever listens at headquarters, and remembered as a figure without plate (LAW A14). */
export class HitFeed {
  readonly #listeners = new Set<(taken: TakenHit) => void>();

  constructor(private readonly store: Store) {}

  /** Calls `hear` with every hit that comes in; the function that comes back ends it. */
  listen(hear: (taken: TakenHit) => void): () => void {
    this.#listeners.add(hear);
    return () => this.#listeners.delete(hear);
  }

  /** A hit was written into its day box. Repeating it changes nothing. */
  async tell(taken: TakenHit): Promise<void> {
    await save(this.store, FIGURES, stubOf(taken.hit), INGEST);
    for (const hear of this.#listeners) hear(taken);
  }

  async stubs(): Promise<HitStub[]> {
    return (await this.store.all(FIGURES)).map((document) => recordIn<HitStub>(document));
  }
}
