import { type Agency } from '#domain/records/agency.ts';
import { isDue } from '#domain/policy/retention.ts';
import { msOf, type Instant, type LocalDate } from '#domain/time/instant.ts';
import type { Designs } from '#designs/kinds.ts';
import type { Store } from '#server/store/store.ts';
import { dayBoxOf } from './databases.ts';
import { destroyAtOfDate } from './local-date.ts';

/** The day boxes: one database for the reads and hits of one local date, made when the first arrives, dropped whole. */
export class DayBoxes {
  readonly #made = new Set<LocalDate>();
  readonly #turns = new Map<LocalDate, Promise<unknown>>();

  constructor(
    private readonly store: Store,
    private readonly designs: Designs
  ) {}

  /** Dates that have a box, newest first. */
  async dates(): Promise<LocalDate[]> {
    const names = await this.store.list('reads-');
    return names.map((name) => name.slice('reads-'.length)).reverse();
  }

  /** Dates that have a box whose time has not come, newest first: only these may be shown. */
  async showable(agency: Agency, now: Instant): Promise<LocalDate[]> {
    return (await this.dates()).filter((date) => !isDue(destroyAtOfDate(agency, date), now));
  }

  exists(date: LocalDate): Promise<boolean> {
    return this.store.exists(dayBoxOf(date));
  }

  /**
   * Gives `work` the box of a date for itself: the ingest must not write into a box that is being copied, rebuilt or dropped. Turns
   * are taken in the order they were asked for.
   */
  async inTurn<T>(date: LocalDate, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(date) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#turns.set(date, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(date) === turn) this.#turns.delete(date);
    }
  }

  async ensure(date: LocalDate): Promise<void> {
    if (this.#made.has(date)) return;
    await this.store.create(dayBoxOf(date), this.designs.reads);
    this.#made.add(date);
  }

  async countReads(date: LocalDate): Promise<number> {
    const rows = await this.store.view(dayBoxOf(date), 'retention', 'reads_by_time', { reduce: true });
    const counted = rows[0]?.value;
    return typeof counted === 'number' ? counted : 0;
  }

  /**
   * When the box of a date goes: by the agency's days from its date, or earlier when a record in it must go earlier, as one
   * does that was collected under another clock or under shorter retention (426.4).
   */
  async destroyAt(agency: Agency, date: LocalDate): Promise<Instant> {
    const byDate = destroyAtOfDate(agency, date);
    const [first] = await this.store.view(dayBoxOf(date), 'retention', 'due_by_destroy_date', {
      limit: 1,
      reduce: false
    });
    return typeof first?.key === 'string' && msOf(first.key) < msOf(byDate) ? first.key : byDate;
  }

  async drop(date: LocalDate): Promise<void> {
    this.#made.delete(date);
    await this.store.drop(dayBoxOf(date));
  }
}
