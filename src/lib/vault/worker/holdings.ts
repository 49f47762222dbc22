import { rangesOf, type Receipt } from '#domain/records/receipt.ts';
import type { SealedRecord } from '#domain/records/sealed.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Depot, DeviceCredentials, FinishedBox, SendableBox } from '../../replication/depot.ts';
import type { Box, BoxRow, DestroyReason } from '../box.ts';
import type { Damage } from '../protocol.ts';
import type { PouchDatabase } from '../pouchdb.js';
import type { Journal } from './journal.ts';
import type { Outbox } from './outbox.ts';
import type { Toolbox } from './toolbox.ts';

interface Holding {
  row: BoxRow;
  readonly held: Set<number>;
  readonly covered: Set<number>;
  bytes: number;
  /** records that are in the journal and not yet in the outbox */
  readonly toPost: SealedRecord[];
  posting: Promise<void>;
}

export interface Stores {
  readonly journal: Journal;
  readonly outbox: Outbox;
  readonly toolbox: Toolbox;
}

export interface HoldingsEvents {
  readonly now: () => Instant;
  readonly changed: () => void;
  readonly damaged: (damage: Damage) => void;
}

/** The boxes on this tablet: what each holds, what headquarters has receipted, and how one is destroyed whole. */
export class Holdings implements Depot {
  readonly #boxes = new Map<string, Holding>();

  constructor(
    private readonly stores: Stores,
    private readonly events: HoldingsEvents
  ) {}

  get rows(): readonly BoxRow[] {
    return [...this.#boxes.values()].map(({ row }) => row);
  }

  get waitingRecords(): number {
    let waiting = 0;
    for (const { held, covered } of this.#boxes.values()) for (const seq of held) if (!covered.has(seq)) waiting++;
    return waiting;
  }

  /** Takes note of a box that is here. */
  add(row: BoxRow, held: Iterable<number>, bytes: number): void {
    this.#boxes.set(row.boxId, {
      row,
      held: new Set(held),
      covered: new Set(),
      bytes,
      toPost: [],
      posting: Promise.resolve()
    });
  }

  /** A new box: known to the toolbox and described in its outbox before its first record. */
  async begin(box: Box): Promise<void> {
    const row: BoxRow = { ...box, closedAt: null, held: [], destroying: null };
    await this.stores.toolbox.putBox(row);
    this.add(row, [], 0);
    await this.stores.outbox.describe(box).catch(() => this.events.damaged('outboxFailed'));
  }

  /** Brings the end of boxes forward to what `endOf` says; never back. */
  async endEarlier(endOf: (box: Box) => Instant): Promise<void> {
    for (const holding of this.#boxes.values()) {
      const destroyBy = endOf(holding.row);
      if (destroyBy >= holding.row.destroyBy) continue;
      holding.row = { ...holding.row, destroyBy };
      await this.stores.toolbox.putBox(holding.row);
    }
  }

  /** A record is flushed to the journal: it goes to the outbox in the background. Resolves when that has been tried. */
  saved(record: SealedRecord): Promise<void> {
    const holding = this.#boxes.get(record.boxId);
    if (holding === undefined) return Promise.resolve();
    holding.held.add(record.seq);
    holding.bytes += record.body.length;
    holding.toPost.push(record);
    holding.posting = holding.posting.then(() => this.#post(holding));
    this.events.changed();
    return holding.posting;
  }

  /** No more records come: what it holds is written down, and once receipted it may be destroyed. */
  async close(boxId: string): Promise<void> {
    const holding = this.#boxes.get(boxId);
    if (holding === undefined) return;
    await holding.posting;
    holding.row = { ...holding.row, closedAt: this.events.now(), held: rangesOf(holding.held) };
    await this.stores.toolbox.putBox(holding.row);
  }

  waiting(): readonly SendableBox[] {
    return [...this.#boxes.values()]
      .filter(({ row, held, covered }) => [...held].some((seq) => row.closedAt !== null || !covered.has(seq)))
      .sort((a, b) => (a.row.openedAt < b.row.openedAt ? -1 : 1))
      .map(({ row, held, bytes }) => ({
        boxId: row.boxId,
        deviceId: row.deviceId,
        closed: row.closedAt !== null,
        records: held.size,
        bytes
      }));
  }

  async credentials(deviceId: string): Promise<DeviceCredentials | null> {
    const kept = await this.stores.toolbox.enrollmentOf(deviceId);
    return kept?.deviceKey === undefined ? null : { ...kept, deviceKey: kept.deviceKey };
  }

  async outboxOf(boxId: string): Promise<PouchDatabase> {
    const holding = this.#boxes.get(boxId);
    if (holding !== undefined) {
      await holding.posting;
      await this.stores.outbox.usable(boxId);
      await this.#post(holding);
    }
    return this.stores.outbox.usable(boxId);
  }

  async receipted(receipt: Receipt): Promise<boolean> {
    const holding = this.#boxes.get(receipt.boxId);
    if (holding === undefined) return true;
    const covered = coveredBy(receipt, holding.held);
    for (const seq of covered) holding.covered.add(seq);
    await this.stores.toolbox.keep('lastSentAt', this.events.now());
    // Only what the receipt in hand covers may go, whatever earlier ones said.
    const all = covered.size === holding.held.size;
    if (holding.row.closedAt !== null && all) await this.destroy(receipt.boxId, 'receipted');
    this.events.changed();
    return holding.row.closedAt !== null && all;
  }

  finishing(): Promise<readonly FinishedBox[]> {
    return this.stores.toolbox.finishing();
  }

  finished(boxId: string): Promise<void> {
    return this.stores.toolbox.dropFinishing(boxId);
  }

  /** Destroys a box whole: journal file, outbox database, row; and writes down that it did. Repeatable at any step. */
  async destroy(boxId: string, reason: DestroyReason): Promise<void> {
    const holding = this.#boxes.get(boxId);
    if (holding === undefined) return;
    const records = Math.max(0, ...holding.held, ...holding.row.held.map(([, to]) => to));
    await holding.posting;
    holding.row = { ...holding.row, held: rangesOf(holding.held), destroying: reason };
    await this.stores.toolbox.putBox(holding.row);
    await this.stores.journal.destroy(boxId);
    await this.stores.outbox.destroy(boxId);
    // Where damage took a record, no count can be vouched for: 0 tells the server that the box is simply over.
    const count = records === holding.held.size ? records : 0;
    const finishing = reason === 'receipted' ? { boxId, deviceId: holding.row.deviceId, count } : null;
    await this.stores.toolbox.recordDestruction({ boxId, records, destroyedAt: this.events.now(), reason }, finishing);
    this.#boxes.delete(boxId);
    this.events.changed();
  }

  // What cannot be posted stays in the list and is tried again before the box is next sent; the journal has it anyway.
  async #post(holding: Holding): Promise<void> {
    const { boxId } = holding.row;
    const records = [...holding.toPost];
    if (records.length === 0 || !this.#boxes.has(boxId)) return;
    try {
      await this.stores.outbox.put(boxId, records);
      holding.toPost.splice(0, records.length);
    } catch {
      await this.stores.outbox.forget(boxId);
      this.events.damaged('outboxFailed');
    }
  }
}

function coveredBy(receipt: Receipt, held: ReadonlySet<number>): Set<number> {
  const quarantined = new Set(receipt.quarantined.map(({ seq }) => seq));
  const isKept = (seq: number): boolean => receipt.kept.some(([from, to]) => from <= seq && seq <= to);
  return new Set([...held].filter((seq) => quarantined.has(seq) || isKept(seq)));
}
