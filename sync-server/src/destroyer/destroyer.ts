import { isOver } from '#domain/policy/holds.ts';
import { isDue } from '#domain/policy/retention.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { DestroyedSubject } from '#domain/records/certificate.ts';
import type { Destruction } from '#domain/records/destruction.ts';
import type { LocalDate } from '#domain/time/instant.ts';
import { dayBoxOf, DESTROYER, holdBoxOf, quarantineBoxOf, REGISTER } from '../register/databases.ts';
import { rowsOf } from '../register/rows.ts';
import { save } from '../register/written.ts';
import { certify } from './certify.ts';
import { destroyReadsEarly, finishEarly } from './early.ts';
import { emptyDueInboxes } from './inboxes.ts';
import { inventoryOf, sharesOfDevices } from './inventory.ts';
import type { DestroyerParts } from './parts.ts';
import { spareHeld } from './spare.ts';
import { NotDestroyed, verifyGone } from './verify.ts';

/**
 * Destroys what is due (426.4; 13.824 subd. 3(a)), a box at a time: intent into the trail, reads on hold copied out, everything the
 * certificate will say written down, box dropped, looked for in the engine and on the disk, certificate signed. Killed at any step it
 * finishes at the next run, with one certificate for one destruction.
 */
export class Destroyer {
  #running: Promise<LocalDate[]> | undefined;

  constructor(private readonly parts: DestroyerParts) {}

  /** Finishes what was begun, then destroys every box whose time has come; gives the dates of the day boxes. */
  run(): Promise<LocalDate[]> {
    this.#running ??= this.#round().finally(() => (this.#running = undefined));
    return this.#running;
  }

  /**
   * Destroys reads of a date before their time, with their hits and pictures (426.4(b); 13.824 subd. 3(c)); gives how many there were.
   * Waits for a round under way: certificates are numbered one after the other.
   */
  async destroyEarly(agency: Agency, date: LocalDate, readIds: readonly string[]): Promise<number> {
    const before = this.#running ?? Promise.resolve([]);
    const early = before.then(() => destroyReadsEarly(this.parts, agency, date, readIds));
    this.#running = early.then(() => []).finally(() => (this.#running = undefined));
    return (await early)?.counts.reads ?? 0;
  }

  async #round(): Promise<LocalDate[]> {
    const agency = this.parts.register.agency();
    if (agency === undefined) return [];
    for (const begun of await rowsOf(this.parts.store, 'destruction'))
      if (begun.schema === 2 && begun.certificate === null)
        await (begun.subject.kind === 'earlyReads'
          ? finishEarly(this.parts, agency, begun)
          : this.#destroy(agency, begun.subject, begun));
    const { dayBoxes, given, store } = this.parts;
    // Before the day boxes: a certificate must be true of the sealed copies too.
    await emptyDueInboxes(this.parts, agency);
    const destroyed: LocalDate[] = [];
    for (const date of await dayBoxes.dates()) {
      if (!isDue(await dayBoxes.destroyAt(agency, date), given.now())) continue;
      await this.#destroy(agency, { kind: 'dayBox', date });
      destroyed.push(date);
    }
    for (const database of await store.list('quarantine-')) {
      const date = database.slice('quarantine-'.length);
      if (isDue(`${date}T00:00:00.000Z`, given.now())) await this.#destroy(agency, { kind: 'setAside', date });
    }
    for (const database of await store.list('hold-')) {
      const hold = database.slice('hold-'.length);
      if (await this.#isOver(hold)) await this.#destroy(agency, { kind: 'holdBox', hold });
    }
    return destroyed;
  }

  // A box without a hold is what a kill left of a request that was never written.
  async #isOver(holdId: string): Promise<boolean> {
    const hold = await this.parts.holds.find(holdId);
    return hold === undefined ? !this.parts.holds.isBeingPlaced(holdId) : isOver(hold);
  }

  #destroy(agency: Agency, subject: DestroyedSubject, begun?: Destruction): Promise<void> {
    if (subject.kind !== 'dayBox') return this.#finish(agency, subject, begun);
    return this.parts.dayBoxes.inTurn(subject.date, () => this.#finish(agency, subject, begun));
  }

  async #finish(agency: Agency, subject: DestroyedSubject, begun: Destruction | undefined): Promise<void> {
    const { store, given } = this.parts;
    const database = databaseOf(subject);
    let record = begun;
    if (record?.destroyedAt === null || record === undefined) {
      // Where it is still there its inventory is taken anew: reads may have come since the kill.
      if (await store.exists(database)) {
        record = await this.#writeDown(subject, database, begun);
        await this.#drop(subject, database);
      }
      if (record === undefined) throw new NotDestroyed('A box vanished before it was looked through.');
      await verifyGone(store, database);
      record = { ...record, destroyedAt: given.now() };
      await save(store, REGISTER, record, DESTROYER);
    }
    await certify(this.parts, agency, record);
  }

  async #writeDown(subject: DestroyedSubject, database: string, begun: Destruction | undefined): Promise<Destruction> {
    const { store, given, tags, trail, holds } = this.parts;
    const documents = (await store.info(database)).documents;
    await trail.record({ action: 'destroyBox', object: objectOf(subject), response: { count: documents } }, DESTROYER);
    const spared = subject.kind === 'dayBox' ? await spareHeld(this.parts, holds, subject.date) : [];
    const _id = begun?._id ?? given.newId();
    const salt = tags.salt('destruction', database);
    const { counts, root, periods } = await inventoryOf(store, database, salt);
    const record: Destruction = {
      _id,
      kind: 'destruction',
      schema: 2,
      subject,
      database,
      begunAt: begun?.begunAt ?? given.now(),
      counts,
      root,
      devices: await sharesOfDevices(this.parts, periods),
      spared,
      salt,
      records: [],
      destroyedAt: null,
      certificate: null
    };
    await save(store, REGISTER, record, DESTROYER);
    return record;
  }

  async #drop(subject: DestroyedSubject, database: string): Promise<void> {
    if (subject.kind === 'dayBox') await this.parts.dayBoxes.drop(subject.date);
    else await this.parts.store.drop(database);
  }
}

function databaseOf(subject: DestroyedSubject): string {
  switch (subject.kind) {
    case 'dayBox':
    case 'earlyReads':
      return dayBoxOf(subject.date);
    case 'setAside':
      return quarantineBoxOf(subject.date);
    case 'holdBox':
      return holdBoxOf(subject.hold);
  }
}

function objectOf(subject: DestroyedSubject): { readonly type: string; readonly id: string } {
  return { type: subject.kind, id: subject.kind === 'holdBox' ? subject.hold : subject.date };
}
