import { destroyByOf } from '#domain/policy/retention.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { QuarantineRecord } from '#domain/records/quarantine.ts';
import type { SealedRecord } from '#domain/records/sealed.ts';
import { msOf, type Instant } from '#domain/time/instant.ts';
import { proper } from '#domain/check/check.ts';
import { checkQuarantineRecord } from '#domain/records/quarantine.ts';
import type { Store } from '#server/store/store.ts';
import { CASEWORK, INGEST, quarantineBoxOf } from '../register/databases.ts';
import { recordIn, saveNew } from '../register/written.ts';
import type { IngestReason } from './refusal-reasons.ts';

/** What is set aside, and how long its sealed body may exist; `destroyBy` null: nobody could tell when it was collected. */
export interface SetAside {
  readonly sealed: SealedRecord;
  readonly reason: IngestReason;
  readonly destroyBy: Instant | null;
}

/**
 * Sets a record aside: never dropped in silence, never kept past its date. The sealed body goes into a box named by the date on
 * which it is dropped, at the latest when a read of today would have to go (426.4); the row without it stays for headquarters.
 */
export async function setAside(
  store: Store,
  agency: Agency,
  now: Instant,
  { sealed, reason, destroyBy }: SetAside
): Promise<void> {
  const last = destroyBy ?? destroyByOf(now, now, agency);
  const date = last.slice(0, 10);
  const dropsAt = `${date}T00:00:00.000Z`;
  const keepBody = reason !== 'pastItsDate' && msOf(dropsAt) > msOf(now);
  if (keepBody) {
    await store.create(quarantineBoxOf(date), []);
    await saveNew(store, quarantineBoxOf(date), sealed, INGEST);
  }
  const row: QuarantineRecord = {
    _id: sealed._id,
    kind: 'quarantine',
    schema: 1,
    deviceId: sealed.deviceId,
    boxId: sealed.boxId,
    seq: sealed.seq,
    reason,
    receivedAt: now,
    destroyBy: keepBody ? dropsAt : null
  };
  await saveNew(store, CASEWORK, proper(checkQuarantineRecord, row), INGEST);
}

/** The rows, newest first. */
export async function quarantined(store: Store): Promise<QuarantineRecord[]> {
  const rows = (await store.all(CASEWORK)).filter((document) => document['kind'] === 'quarantine');
  return rows
    .map((document) => recordIn<QuarantineRecord>(document))
    .sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1));
}
