import { isDue } from '#domain/policy/retention.ts';
import type { Destruction } from '#domain/records/destruction.ts';
import type { LocalDate } from '#domain/time/instant.ts';
import type { BoxParts } from '../parts.ts';
import { DESTROYER, REGISTER } from '../register/databases.ts';
import { rowOf } from '../register/rows.ts';
import { save } from '../register/written.ts';

/** A dropped box is still there: destruction has failed, loudly. */
export class NotDestroyed extends Error {
  override readonly name = 'NotDestroyed';
}

/**
 * Destroys what is due (426.4; 13.824 subd. 3(a)): intent into the trail, record of destruction, box dropped, looked whether
 * it is gone. Killed at any step it finishes at the next run: a box that is still there is due again.
 */
export class Destroyer {
  constructor(private readonly parts: BoxParts) {}

  /** Destroys every day box and every box of set-aside records whose time has come; gives the dates of the day boxes. */
  async run(): Promise<LocalDate[]> {
    const { register, dayBoxes, given } = this.parts;
    const agency = register.agency();
    if (agency === undefined) return [];
    const destroyed: LocalDate[] = [];
    for (const date of await dayBoxes.dates()) {
      if (!isDue(await dayBoxes.destroyAt(agency, date), given.now())) continue;
      await this.#destroyDay(date);
      destroyed.push(date);
    }
    await this.#dropSetAside();
    return destroyed;
  }

  async #destroyDay(date: LocalDate): Promise<void> {
    const { store, given, tags, dayBoxes, trail } = this.parts;
    const reads = await dayBoxes.countReads(date);
    await trail.record(
      { action: 'destroyBox', object: { type: 'dayBox', id: date }, response: { count: reads } },
      DESTROYER
    );
    // The record first: a kill between the two leaves a box that is dropped next time, never a box that vanished unrecorded.
    const _id = tags.id('destruction', date);
    const earlier = await rowOf(store, 'destruction', _id);
    const record: Destruction = {
      _id,
      kind: 'destruction',
      schema: 1,
      date,
      reads: Math.max(reads, earlier?.reads ?? 0),
      destroyedAt: given.now(),
      method: 'boxDropped'
    };
    await save(store, REGISTER, record, DESTROYER);
    await dayBoxes.drop(date);
    if (await dayBoxes.exists(date)) throw new NotDestroyed('A day box is still there after it was dropped.');
  }

  async #dropSetAside(): Promise<void> {
    const { store, given, trail } = this.parts;
    for (const database of await store.list('quarantine-')) {
      const date = database.slice('quarantine-'.length);
      if (!isDue(`${date}T00:00:00.000Z`, given.now())) continue;
      await trail.record({ action: 'destroyBox', object: { type: 'setAside', id: date } }, DESTROYER);
      await store.drop(database);
      if (await store.exists(database)) throw new NotDestroyed('A box of set-aside records is still there.');
    }
  }
}
