import { isDue } from '#domain/policy/retention.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { QuarantineRecord } from '#domain/records/quarantine.ts';
import { sealedId } from '#domain/records/sealed.ts';
import type { Designs } from '#designs/kinds.ts';
import { readProgress, writeProgress, type Place, type Progress } from '../ingest/placed.ts';
import type { BoxParts } from '../parts.ts';
import { CASEWORK, DESTROYER } from '../register/databases.ts';
import { destroyAtOfDate } from '../register/local-date.ts';
import { recordIn } from '../register/written.ts';

/**
 * Empties inboxes that still hold sealed records past their date: a tablet that never came back to finish its box must not keep
 * data alive, and the server could open them (426.4). The inbox is rebuilt without its records; where each lies that is not due yet
 * is remembered. A tablet that comes after all is told that the date has passed.
 */
export async function emptyDueInboxes(parts: BoxParts & { readonly designs: Designs }, agency: Agency): Promise<void> {
  const { store, trail, designs } = parts;
  for (const database of await store.list('inbox-')) {
    const boxId = database.slice('inbox-'.length);
    const progress = await readProgress(store, boxId);
    const past = new Set<string>();
    for (const [seq, place] of Object.entries(progress.placed))
      if (await isPast(parts, agency, sealedId(boxId, Number(seq)), place)) past.add(seq);
    const { documents } = await store.info(database);
    if (documents === 0 || past.size === 0) continue;
    const object = { type: 'inbox', id: boxId };
    await trail.record({ action: 'destroyBox', object, response: { count: documents } }, DESTROYER);
    await store.drop(database);
    await store.create(database, designs.inbox);
    const placed = Object.entries(progress.placed).filter(([seq, place]) => place.kind !== 'day' || !past.has(seq));
    const left: Progress = { ...progress, placed: Object.fromEntries(placed), waiting: {} };
    await writeProgress(store, boxId, left);
  }
}

/** Whether the time of a record has come: of one that was set aside, as its row says. */
async function isPast({ store, given }: BoxParts, agency: Agency, id: string, place: Place): Promise<boolean> {
  if (place.kind === 'register') return false;
  if (place.kind === 'day') return isDue(destroyAtOfDate(agency, place.date), given.now());
  const row = await store.get(CASEWORK, id);
  const destroyBy = row === undefined ? null : recordIn<QuarantineRecord>(row).destroyBy;
  // No date: its body was never kept, because it came too late.
  return destroyBy === null || isDue(destroyBy, given.now());
}
