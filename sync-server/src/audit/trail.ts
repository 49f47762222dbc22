import type { AuditEntry } from '#domain/records/audit.ts';
import type { SignedAuditHead } from '#domain/records/audit-head.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Designs } from '#designs/kinds.ts';
import type { Store, UserContext } from '#server/store/store.ts';
import type { Given } from '../given.ts';
import { auditMonthOf } from '../register/databases.ts';
import { recordIn } from '../register/written.ts';
import type { Ledger } from './ledger.ts';

/** The entry could not be written: whatever was about to be shown or done must not be. */
export class AuditUnavailable extends Error {
  override readonly name = 'AuditUnavailable';
}

/** What a caller says of an act; who and when are stamped by the design document. */
export type Act = Pick<AuditEntry, 'action'> &
  Partial<Omit<AuditEntry, '_id' | 'kind' | 'schema' | 'seq' | 'previous' | 'at' | 'actor' | 'action'>>;

const MONTH = /^\d{4}-\d{2}/;
const monthOf = (at: Instant): string => MONTH.exec(at)?.[0] ?? '';

/**
 * The data audit trail (426.5(a)(e); 13.824 subd. 7(c)): one database a month, written as the person who acts, one entry after
 * the other, so that each names the one before it and stands in the tree in its place.
 */
export class Trail {
  readonly #ready = new Set<string>();
  #turn: Promise<unknown> = Promise.resolve();
  /** whether the last write may stand in the store without our knowing */
  #isUnsure = false;

  constructor(
    private readonly store: Store,
    private readonly designs: Designs,
    private readonly given: Given,
    private readonly ledger: Ledger
  ) {}

  /** Writes one entry and gives its id. Throws AuditUnavailable, and then nothing may be shown or done. */
  async record(act: Act, by: UserContext): Promise<string> {
    const turn = this.#turn.then(() => this.#append(act, by));
    this.#turn = turn.catch(() => undefined);
    try {
      return await turn;
    } catch (error) {
      if (error instanceof AuditUnavailable) throw error;
      throw new AuditUnavailable('The trail cannot be written.', { cause: error });
    }
  }

  /** Signs a head in turn with the entries, so that it is over a trail that stands. */
  sign(asked: 'whenDue' | 'now' = 'whenDue'): Promise<SignedAuditHead | undefined> {
    const turn = this.#turn.then(() => this.ledger.sign(asked));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #append(act: Act, by: UserContext): Promise<string> {
    if (this.#isUnsure) await this.ledger.catchUp();
    const id = this.given.newId();
    const entry = { object: null, outcome: 'ok', ...act, ...this.ledger.next, _id: id };
    const database = await this.#month(monthOf(this.given.now()));
    this.#isUnsure = true;
    const { outcome, body } = await this.store.update(database, 'access', 'record', null, entry, by);
    this.#isUnsure = false;
    if (outcome.kind !== 'written')
      throw new AuditUnavailable(outcome.kind === 'refused' ? `The trail refused: ${outcome.code}.` : 'Not written.');
    this.ledger.append(JSON.parse(body) as AuditEntry);
    return id;
  }

  /** The latest entries, newest first. */
  async latest(limit: number): Promise<AuditEntry[]> {
    const entries: AuditEntry[] = [];
    for (const database of [...(await this.store.list('audit-'))].reverse()) {
      if (entries.length >= limit) break;
      const rows = await this.store.view(database, 'access', 'entries_by_time', {
        descending: true,
        limit: limit - entries.length,
        includeDocs: true,
        reduce: false
      });
      for (const row of rows) if (row.doc !== undefined) entries.push(recordIn<AuditEntry>(row.doc));
    }
    return entries;
  }

  /** Entries since an instant, in order of time. */
  async since(from: Instant): Promise<AuditEntry[]> {
    const months = await this.#monthsSince(from);
    const entries: AuditEntry[] = [];
    for (const month of months) {
      const query = { startKey: from, includeDocs: true, reduce: false };
      for (const { doc } of await this.store.view(month, 'access', 'entries_by_time', query))
        if (doc !== undefined) entries.push(recordIn<AuditEntry>(doc));
    }
    return entries;
  }

  /** When a member looked for a plate since `from`, known by the plate's tag; refused looks do not count. */
  async looksFor(plateTag: string, memberId: string, from: Instant): Promise<Instant[]> {
    const months = await this.#monthsSince(from);
    const query = { startKey: [plateTag, from], endKey: [plateTag, {}], includeDocs: true, reduce: false };
    const found = await Promise.all(
      months.map((month) => this.store.view(month, 'access', 'entries_by_plate_tag', query))
    );
    return found
      .flat()
      .flatMap(({ doc }) => (doc === undefined ? [] : [recordIn<AuditEntry>(doc)]))
      .filter((entry) => entry.action === 'searchReads' && entry.outcome === 'ok' && entry.actor.id === memberId)
      .map(({ at }) => at);
  }

  /** An entry by its id, of this month or the one before. */
  async find(id: string, since: Instant): Promise<AuditEntry | undefined> {
    for (const month of new Set([monthOf(this.given.now()), monthOf(since)])) {
      const database = auditMonthOf(month);
      if (!(await this.store.exists(database))) continue;
      const document = await this.store.get(database, id);
      if (document !== undefined) return recordIn<AuditEntry>(document);
    }
    return undefined;
  }

  /** An entry by its id, however old it is. */
  async findEver(id: string): Promise<AuditEntry | undefined> {
    for (const database of [...(await this.store.list('audit-'))].reverse()) {
      const document = await this.store.get(database, id);
      if (document !== undefined) return recordIn<AuditEntry>(document);
    }
    return undefined;
  }

  async #monthsSince(from: Instant): Promise<readonly string[]> {
    return (await this.store.list('audit-')).filter((name) => name >= auditMonthOf(monthOf(from)));
  }

  async #month(month: string): Promise<string> {
    const database = auditMonthOf(month);
    if (!this.#ready.has(database)) {
      await this.store.create(database, this.designs.audit);
      this.#ready.add(database);
    }
    return database;
  }
}
