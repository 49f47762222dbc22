import { rangesOf, type Receipt } from '#domain/records/receipt.ts';
import { isDue } from '#domain/policy/retention.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { BoxRecord } from '#domain/records/box.ts';
import { sealedId } from '#domain/records/sealed.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Store } from '#server/store/store.ts';
import { CASEWORK, dayBoxOf, inboxOf, REGISTER } from '../register/databases.ts';
import type { DayBoxes } from '../register/day-boxes.ts';
import { destroyAtOfDate } from '../register/local-date.ts';
import { recordIn } from '../register/written.ts';
import type { QuarantineRecord } from '#domain/records/quarantine.ts';
import { readProgress, type Place } from './placed.ts';

/**
 * What the server can truly say of a box: every place is looked up in the store before it is vouched for. undefined while
 * nothing of it is ingested.
 */
export async function receiptOf(
  parts: { readonly store: Store; readonly dayBoxes: DayBoxes; readonly agency: Agency; readonly now: Instant },
  box: BoxRecord
): Promise<Receipt | undefined> {
  const kept: number[] = [];
  const quarantined: { seq: number; reason: string }[] = [];
  if (box.finishedAt !== null) return finishedReceipt(parts, box);
  if (!(await parts.store.exists(inboxOf(box._id)))) return undefined;
  const { placed } = await readProgress(parts.store, box._id);
  for (const [written, place] of Object.entries(placed)) {
    const seq = Number(written);
    if (place.kind === 'quarantine') {
      if ((await parts.store.get(CASEWORK, sealedId(box._id, seq))) !== undefined)
        quarantined.push({ seq, reason: place.reason });
    } else if (await isThere(parts, place)) kept.push(seq);
  }
  if (kept.length === 0 && quarantined.length === 0) return undefined;
  return asReceipt(box, kept, quarantined, parts.now);
}

// The inbox is gone; when the box was finished every record was safe or set aside, and those rows are still here.
async function finishedReceipt({ store, now }: Parameters<typeof receiptOf>[0], box: BoxRecord): Promise<Receipt> {
  const rows = await store.all(CASEWORK, { startId: `${box._id}:`, endId: `${box._id};` });
  const quarantined = rows.map((row) => recordIn<QuarantineRecord>(row)).map(({ seq, reason }) => ({ seq, reason }));
  const setAside = new Set(quarantined.map(({ seq }) => seq));
  const all = Array.from({ length: box.records ?? 0 }, (_, at) => at + 1);
  return asReceipt(
    box,
    all.filter((seq) => !setAside.has(seq)),
    quarantined,
    now
  );
}

function asReceipt(
  box: BoxRecord,
  kept: readonly number[],
  quarantined: Receipt['quarantined'],
  now: Instant
): Receipt {
  return {
    kind: 'receipt',
    schema: 1,
    deviceId: box.deviceId,
    boxId: box._id,
    kept: rangesOf(kept),
    quarantined: [...quarantined].sort((a, b) => a.seq - b.seq),
    issuedAt: now
  };
}

async function isThere(
  { store, dayBoxes, agency, now }: Parameters<typeof receiptOf>[0],
  place: Exclude<Place, { kind: 'quarantine' }>
): Promise<boolean> {
  if (place.kind === 'register') return (await store.get(REGISTER, place.id)) !== undefined;
  if (await dayBoxes.exists(place.date)) return (await store.get(dayBoxOf(place.date), place.id)) !== undefined;
  // Kept, and destroyed in its time since: the tablet need not send it again.
  return isDue(destroyAtOfDate(agency, place.date), now);
}
