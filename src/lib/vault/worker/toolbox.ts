import { Dexie, type EntityTable } from 'dexie';
import { parse } from '#domain/check/check.ts';
import { checkPeriod, type ActivePeriod } from '#domain/records/period.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Enrollment } from '#domain/wire/answers.ts';
import { TOOLBOX_NAME } from '../locations.ts';
import { checkBoxRow, type BoxRow, type DestroyReason } from '../box.ts';

/** An enrollment as it is kept: boxes of an earlier one are sent with its own token. */
export interface KeptEnrollment extends Enrollment {
  readonly schema: 1;
  readonly enrolledAt: Instant;
}

/** A box whose copy here is destroyed and of which the server has not yet been told. */
export interface Finishing {
  readonly boxId: string;
  readonly deviceId: string;
  readonly count: number;
}

/** The record of a destruction: that a box is gone, when and why, with numbers alone. */
export interface Destruction {
  readonly id: number;
  readonly boxId: string;
  readonly records: number;
  readonly destroyedAt: Instant;
  readonly reason: DestroyReason;
}

interface Kept {
  readonly key: 'lease' | 'period' | 'lastSentAt' | 'clockOffsetMs' | 'timeMarks' | 'clockNotes';
  readonly value: unknown;
}

interface Tables {
  readonly boxes: EntityTable<BoxRow, 'boxId'>;
  readonly enrollments: EntityTable<KeptEnrollment, 'deviceId'>;
  readonly finishing: EntityTable<Finishing, 'boxId'>;
  readonly destructions: EntityTable<Destruction, 'id'>;
  readonly kept: EntityTable<Kept, 'key'>;
}

/** Destructions that are remembered; headquarters has the receipts. */
const DESTRUCTIONS_KEPT = 1_000;

/**
 * What stays on the device beside sealed records; no plate is among it. Strict durability, because what is relaxed is lost
 * at a power cut (FIELD-NOTES 3). Version 1; a change of a stored shape adds a version here and keeps the step.
 */
export class Toolbox {
  readonly #db: Dexie & Tables;

  constructor(factory: IDBFactory) {
    const options = { chromeTransactionDurability: 'strict', indexedDB: factory, IDBKeyRange } as const;
    this.#db = new Dexie(TOOLBOX_NAME, options) as Dexie & Tables;
    this.#db.version(1).stores({
      boxes: 'boxId',
      enrollments: 'deviceId, enrolledAt',
      finishing: 'boxId',
      destructions: '++id',
      kept: 'key'
    });
  }

  async open(): Promise<void> {
    await this.#db.open();
  }

  /** Boxes whose rows are whole; a damaged row is left to be rediscovered from the journal. */
  async boxes(): Promise<BoxRow[]> {
    return (await this.#db.boxes.toArray()).filter((row) => checkBoxRow(row) === null);
  }

  async putBox(row: BoxRow): Promise<void> {
    await this.#db.boxes.put(row);
  }

  async dropBox(boxId: string): Promise<void> {
    await this.#db.boxes.delete(boxId);
  }

  async enrollment(): Promise<KeptEnrollment | null> {
    return (await this.#db.enrollments.orderBy('enrolledAt').last()) ?? null;
  }

  async enrollments(): Promise<KeptEnrollment[]> {
    return this.#db.enrollments.orderBy('enrolledAt').toArray();
  }

  /** Puts enrollments back that were lost with the toolbox. */
  async restoreEnrollments(enrollments: readonly KeptEnrollment[]): Promise<void> {
    await this.#db.enrollments.bulkPut([...enrollments]);
  }

  async enrollmentOf(deviceId: string): Promise<KeptEnrollment | null> {
    return (await this.#db.enrollments.get(deviceId)) ?? null;
  }

  /** Keeps a new enrollment; earlier ones stay as long as one of `neededFor` is theirs. */
  async putEnrollment(enrollment: KeptEnrollment, neededFor: readonly string[]): Promise<void> {
    await this.#db.transaction('rw', this.#db.enrollments, async () => {
      await this.#db.enrollments.filter((kept) => !neededFor.includes(kept.deviceId)).delete();
      await this.#db.enrollments.put(enrollment);
    });
  }

  async finishing(): Promise<Finishing[]> {
    return this.#db.finishing.toArray();
  }

  async dropFinishing(boxId: string): Promise<void> {
    await this.#db.finishing.delete(boxId);
  }

  /** In one transaction: the box is no longer known, its destruction is on record, and the server will be told. */
  async recordDestruction(destruction: Omit<Destruction, 'id'>, finishing: Finishing | null): Promise<void> {
    const { boxes, destructions, finishing: unfinished } = this.#db;
    await this.#db.transaction('rw', boxes, destructions, unfinished, async () => {
      await boxes.delete(destruction.boxId);
      const id = await destructions.add(destruction);
      await destructions
        .where('id')
        .belowOrEqual(id - DESTRUCTIONS_KEPT)
        .delete();
      if (finishing !== null) await unfinished.put(finishing);
    });
  }

  async leaseJws(): Promise<string | null> {
    const value = await this.kept('lease');
    return typeof value === 'string' ? value : null;
  }

  async period(): Promise<ActivePeriod | null> {
    const found = parse(checkPeriod, await this.kept('period'));
    return found.kind === 'proper' ? found.value : null;
  }

  async lastSentAt(): Promise<Instant | null> {
    const value = await this.kept('lastSentAt');
    return typeof value === 'string' ? value : null;
  }

  async clockOffsetMs(): Promise<number | null> {
    const value = await this.kept('clockOffsetMs');
    return typeof value === 'number' ? value : null;
  }

  async keep(key: Kept['key'], value: unknown): Promise<void> {
    await this.#db.kept.put({ key, value });
  }

  async drop(key: Kept['key']): Promise<void> {
    await this.#db.kept.delete(key);
  }

  /** What was kept under a key, unchecked. */
  async kept(key: Kept['key']): Promise<unknown> {
    return (await this.#db.kept.get(key))?.value;
  }
}
