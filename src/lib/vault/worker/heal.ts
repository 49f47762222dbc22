import { rangesOf } from '#domain/records/receipt.ts';
import { checkSealedRecord, type SealedRecord } from '#domain/records/sealed.ts';
import type { RetentionSettings } from '#domain/policy/retention.ts';
import type { Instant } from '#domain/time/instant.ts';
import { boxFoundAgain, checkBox, type Box, type BoxRow } from '../box.ts';
import type { Damage } from '../protocol.ts';
import type { Stores } from './holdings.ts';

/** What the frames of a journal say, each checked. */
export interface JournalContent {
  readonly box: Box | null;
  readonly records: readonly SealedRecord[];
  readonly damagedPlaces: number;
  readonly lastWrittenAt: Instant;
  readonly bytes: number;
}

/** Reads a journal; null where there is none. A frame that is no proper record of this box counts as damage. */
export async function readJournal({ journal }: Pick<Stores, 'journal'>, boxId: string): Promise<JournalContent | null> {
  const found = await journal.read(boxId);
  if (found === null) return null;
  let { damagedPlaces } = found;
  let box: Box | null = null;
  const records: SealedRecord[] = [];
  for (const payload of found.payloads) {
    const value = jsonIn(payload);
    if (isFor(value, boxId) && checkBox(value) === null) box = value as unknown as Box;
    else if (isFor(value, boxId) && checkSealedRecord(value) === null) records.push(value as unknown as SealedRecord);
    else damagedPlaces++;
  }
  return { box, records, damagedPlaces, lastWrittenAt: found.lastWrittenAt, bytes: found.bytes };
}

export interface FoundBox {
  readonly row: BoxRow;
  readonly rediscovered: boolean;
}

export interface FindingSettings {
  readonly deviceId: string;
  readonly retention: RetentionSettings;
  readonly now: Instant;
}

/**
 * Every box that any of the three stores knows of, with its date: from the toolbox, else from the journal, else from the
 * outbox; a box that lost all three descriptions ends as if it had been opened when it was last written.
 */
export async function findBoxes(stores: Stores, settings: FindingSettings): Promise<FoundBox[]> {
  const [rows, journals, outboxes] = await Promise.all([
    stores.toolbox.boxes(),
    stores.journal.boxIds(),
    stores.outbox.boxIds()
  ]);
  const found: FoundBox[] = rows.map((row) => ({ row, rediscovered: false }));
  const known = new Set(rows.map(({ boxId }) => boxId));
  for (const boxId of new Set([...journals, ...outboxes])) {
    if (known.has(boxId)) continue;
    const journal = await readJournal(stores, boxId);
    const lastWrittenAt = journal?.lastWrittenAt ?? settings.now;
    const deviceId = journal?.records[0]?.deviceId ?? settings.deviceId;
    const box =
      journal?.box ??
      (outboxes.includes(boxId) ? await stores.outbox.description(boxId).catch(() => null) : null) ??
      boxFoundAgain(boxId, deviceId, lastWrittenAt, settings.retention);
    found.push({ row: { ...box, closedAt: null, held: [], destroying: null }, rediscovered: true });
  }
  return found;
}

export interface Healed {
  readonly row: BoxRow;
  readonly held: ReadonlySet<number>;
  readonly bytes: number;
  readonly healedRecords: number;
  readonly damagedPlaces: number;
  readonly damage: readonly Damage[];
}

/**
 * Brings the outbox of one box to what its journal holds and closes the box, because its key died with the worker that
 * wrote it. A box that was closed in order and whose outbox is whole is not read again.
 */
export async function healBox(stores: Stores, row: BoxRow, now: Instant): Promise<Healed> {
  const damage: Damage[] = [];
  const hadOutbox = (await stores.outbox.boxIds()).includes(row.boxId);
  let posted = hadOutbox ? await postedIn(stores, row.boxId) : [];
  if (posted === null) {
    posted = [];
    damage.push('outboxRebuilt');
  }
  const claimed = row.held.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  if (row.closedAt !== null && claimed > 0 && rangesEqual(rangesOf(posted), row.held))
    return { row, held: new Set(posted), bytes: claimed * TYPICAL_BYTES, healedRecords: 0, damagedPlaces: 0, damage };

  const journal = await readJournal(stores, row.boxId);
  const inOutbox = new Set(posted);
  const missing = (journal?.records ?? []).filter(({ seq }) => !inOutbox.has(seq));
  if (missing.length > 0) await stores.outbox.put(row.boxId, missing);
  if (missing.length > 0 && (!hadOutbox || missing.length > MOST_ON_THEIR_WAY)) damage.push('outboxRebuilt');
  if (journal === null && posted.length > 0) damage.push('journalMissing');
  if (journal !== null && journal.damagedPlaces > 0) damage.push('journalDamaged');

  const held = new Set([...posted, ...(journal?.records ?? []).map(({ seq }) => seq)]);
  const healed: BoxRow = { ...row, closedAt: row.closedAt ?? now, held: rangesOf(held) };
  await stores.toolbox.putBox(healed);
  return {
    row: healed,
    held,
    bytes: journal?.bytes ?? held.size * TYPICAL_BYTES,
    healedRecords: missing.length,
    damagedPlaces: journal?.damagedPlaces ?? 0,
    damage
  };
}

/** A box of which only an outbox is left, and that cannot be read. */
export class OutboxUnreadable extends Error {
  override readonly name = 'OutboxUnreadable';
}

/** A worker that dies leaves one record on its way to the outbox, or a few in a burst; where more are missing, something else took them. */
const MOST_ON_THEIR_WAY = 3;

/** A sealed read with two pictures, for sizing batches where the journal was not read. */
const TYPICAL_BYTES = 60_000;

/** Sequences in the outbox; null where it cannot be read and was destroyed to be rebuilt. */
async function postedIn(stores: Stores, boxId: string): Promise<number[] | null> {
  try {
    return await stores.outbox.sequences(boxId);
  } catch {
    // Without a journal the damaged outbox is all there is: it stays, and is reported at every start until its date.
    if ((await stores.journal.read(boxId)) === null) throw new OutboxUnreadable();
    await stores.outbox.destroy(boxId);
    return null;
  }
}

const rangesEqual = (a: BoxRow['held'], b: BoxRow['held']): boolean =>
  a.length === b.length && a.every((range, i) => range.join() === b[i]?.join());

const isFor = (value: unknown, boxId: string): value is { readonly boxId: string } =>
  typeof value === 'object' && value !== null && 'boxId' in value && value.boxId === boxId;

function jsonIn(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return null;
  }
}
