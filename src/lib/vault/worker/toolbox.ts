import { Dexie, type EntityTable } from 'dexie';
import { parse } from '#domain/check/check.ts';
import { checkChainHead, type ChainHead } from '#domain/ledger/tablet-chain.ts';
import type { Instant } from '#domain/time/instant.ts';
import { fromBase64, toBase64 } from '../base64.ts';
import { TOOLBOX_NAME } from '../locations.ts';
import type { OfficerRow } from '../officer-row.ts';
import type { OwnKey } from '../officer-key.ts';
import { checkBoxRow, type BoxRow, type DestroyReason } from '../box.ts';
import { checkPeriodRow } from '../period-row.ts';
import type { KeptEnrollment } from './kept-enrollment.ts';
import { isOutOfSpace } from './out-of-space.ts';
import type { Standby, Unforgettable } from './standby.ts';

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
  readonly key:
    | 'onDuty'
    | 'nameKey'
    | 'damage'
    | 'auditHead'
    | 'witnessed'
    | 'period'
    | 'lastSentAt'
    | 'clockOffsetMs'
    | 'timeMarks'
    | 'clockNotes';
  readonly value: unknown;
}

interface Tables {
  readonly boxes: EntityTable<BoxRow, 'boxId'>;
  readonly enrollments: EntityTable<KeptEnrollment, 'deviceId'>;
  readonly finishing: EntityTable<Finishing, 'boxId'>;
  readonly destructions: EntityTable<Destruction, 'id'>;
  readonly kept: EntityTable<Kept, 'key'>;
  readonly officers: EntityTable<OfficerRow, 'memberId'>;
  readonly ownKeys: EntityTable<OwnKey, 'boxId'>;
}

export const toolboxOptions = (factory: IDBFactory) =>
  ({ chromeTransactionDurability: 'strict', indexedDB: factory, IDBKeyRange }) as const;

/** What is kept a second time: without it an officer could not go on far from a network after IndexedDB was lost. */
const KEPT_TWICE: readonly Kept['key'][] = ['onDuty', 'nameKey', 'period'];

/** Destructions that are remembered; headquarters has the receipts. */
const DESTRUCTIONS_KEPT = 1_000;

/**
 * What stays on the device beside sealed records; no plate is among it. Strict durability, because what is relaxed is lost
 * at a power cut (FIELD-NOTES 3). A change of a stored shape adds a version here and keeps the step.
 */
export class Toolbox {
  readonly #db: Dexie & Tables;
  #standby: Pick<Standby, 'keep'> | null = null;

  constructor(factory: IDBFactory) {
    this.#db = new Dexie(TOOLBOX_NAME, toolboxOptions(factory)) as Dexie & Tables;
    this.#db.version(1).stores({
      boxes: 'boxId',
      enrollments: 'deviceId, enrolledAt',
      finishing: 'boxId',
      destructions: '++id',
      kept: 'key',
      officers: 'memberId, nameTag',
      ownKeys: 'boxId, memberId'
    });
  }

  async open(): Promise<void> {
    await this.#db.open();
  }

  /** From now on what must not be forgotten is kept there as well, before a change of it counts as done. */
  async keepTwiceIn(standby: Pick<Standby, 'keep'>): Promise<void> {
    this.#standby = standby;
    await this.#keepTwice();
  }

  /** Says when what was known here may be gone: a browser that finds its IndexedDB damaged closes it, and gives an empty one next. */
  onClosed(heard: () => void): void {
    this.#db.on('close', heard);
  }

  /** Puts back what was lost with an earlier toolbox. */
  async restore({ enrollments, officers, onDuty, nameKey, period }: Unforgettable): Promise<void> {
    const kept: readonly Kept[] = [
      ...(onDuty === null ? [] : [{ key: 'onDuty', value: onDuty } as const]),
      ...(nameKey === null ? [] : [{ key: 'nameKey', value: fromBase64(nameKey) } as const]),
      ...(period === null ? [] : [{ key: 'period', value: period } as const])
    ];
    await this.#db.transaction('rw', this.#db.enrollments, this.#db.officers, this.#db.kept, async () => {
      await this.#db.enrollments.bulkPut(enrollments);
      await this.#db.officers.bulkPut(officers);
      await this.#db.kept.bulkPut(kept);
    });
  }

  async #unforgettable(): Promise<Unforgettable> {
    const nameKey = await this.kept('nameKey');
    const period = parse(checkPeriodRow, await this.kept('period'));
    return {
      enrollments: await this.enrollments(),
      officers: await this.officers(),
      onDuty: await this.onDuty(),
      nameKey: nameKey instanceof Uint8Array ? toBase64(nameKey) : null,
      period: period.kind === 'proper' ? period.value : null
    };
  }

  /** Where there is no room for the second copy the first one counts. */
  async #keepTwice(): Promise<void> {
    try {
      await this.#standby?.keep(() => this.#unforgettable());
    } catch (error) {
      if (!isOutOfSpace(error)) throw error;
    }
  }

  /** Takes a row of an earlier toolbox over, in its present shape. */
  async putAsIs(table: keyof Tables, row: object): Promise<void> {
    await this.#db.table(table).put(row);
  }

  /** Opens it afresh: a disk that was full broke the connection, and Dexie remembers the failure for ever. */
  async reopen(): Promise<void> {
    this.#db.close();
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

  async enrollmentOf(deviceId: string): Promise<KeptEnrollment | null> {
    return (await this.#db.enrollments.get(deviceId)) ?? null;
  }

  /** Keeps a new enrollment; earlier ones stay as long as one of `neededFor` is theirs. */
  async putEnrollment(enrollment: KeptEnrollment, neededFor: readonly string[]): Promise<void> {
    await this.#db.transaction('rw', this.#db.enrollments, async () => {
      await this.#db.enrollments.filter((kept) => !neededFor.includes(kept.deviceId)).delete();
      await this.#db.enrollments.put(enrollment);
    });
    await this.#keepTwice();
  }

  async finishing(): Promise<Finishing[]> {
    return this.#db.finishing.toArray();
  }

  async dropFinishing(boxId: string): Promise<void> {
    await this.#db.finishing.delete(boxId);
  }

  /** In one transaction: the box is no longer known, its destruction is on record, and the server will be told. */
  async recordDestruction(destruction: Omit<Destruction, 'id'>, finishing: Finishing | null): Promise<void> {
    const { boxes, ownKeys, destructions, finishing: unfinished } = this.#db;
    await this.#db.transaction('rw', boxes, ownKeys, destructions, unfinished, async () => {
      await boxes.delete(destruction.boxId);
      await ownKeys.delete(destruction.boxId);
      const id = await destructions.add(destruction);
      await destructions
        .where('id')
        .belowOrEqual(id - DESTRUCTIONS_KEPT)
        .delete();
      if (finishing !== null) await unfinished.put(finishing);
    });
  }

  /** The member whose lease capture rests on. */
  async onDuty(): Promise<string | null> {
    const value = await this.kept('onDuty');
    return typeof value === 'string' ? value : null;
  }

  async officers(): Promise<OfficerRow[]> {
    return this.#db.officers.toArray();
  }

  async officer(memberId: string): Promise<OfficerRow | null> {
    return (await this.#db.officers.get(memberId)) ?? null;
  }

  /** What a sign-in name is found by: a hash under a key of this toolbox, so that the name itself is nowhere. */
  async nameTagOf(signInName: string): Promise<string> {
    const raw = await this.kept('nameKey');
    const key = raw instanceof Uint8Array ? new Uint8Array(raw) : crypto.getRandomValues(new Uint8Array(32));
    if (!(raw instanceof Uint8Array)) await this.keep('nameKey', key);
    const hmac = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    const written = new TextEncoder().encode(signInName.trim().toLowerCase());
    return toBase64(new Uint8Array(await crypto.subtle.sign('HMAC', hmac, written)));
  }

  async officerNamed(signInName: string): Promise<OfficerRow | null> {
    return (
      (await this.#db.officers
        .where('nameTag')
        .equals(await this.nameTagOf(signInName))
        .first()) ?? null
    );
  }

  async putOfficer(row: OfficerRow): Promise<void> {
    await this.#db.officers.put(row);
    await this.#keepTwice();
  }

  async dropOfficers(): Promise<void> {
    await this.#db.transaction('rw', this.#db.officers, this.#db.ownKeys, this.#db.kept, async () => {
      await this.#db.officers.clear();
      await this.#db.ownKeys.clear();
      await this.#db.kept.delete('onDuty');
    });
    await this.#keepTwice();
  }

  async putOwnKey(own: OwnKey): Promise<void> {
    await this.#db.ownKeys.put(own);
  }

  async ownKeysOf(memberId: string): Promise<OwnKey[]> {
    return this.#db.ownKeys.where('memberId').equals(memberId).toArray();
  }

  async dropOwnKeysOf(memberId: string): Promise<void> {
    await this.#db.ownKeys.where('memberId').equals(memberId).delete();
  }

  /** The period is over: its boxes can no longer be shown here, whoever captured them. */
  async dropOwnKeys(): Promise<void> {
    await this.#db.ownKeys.clear();
  }

  async auditHead(): Promise<ChainHead | null> {
    const found = parse(checkChainHead, await this.kept('auditHead'));
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
    if (KEPT_TWICE.includes(key)) await this.#keepTwice();
  }

  async drop(key: Kept['key']): Promise<void> {
    await this.#db.kept.delete(key);
    if (KEPT_TWICE.includes(key)) await this.#keepTwice();
  }

  /** What was kept under a key, unchecked. */
  async kept(key: Kept['key']): Promise<unknown> {
    return (await this.#db.kept.get(key))?.value;
  }
}
