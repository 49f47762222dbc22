import { isDue } from '#domain/policy/retention.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { Designs } from '#designs/kinds.ts';
import { readProgress, writeProgress, type Place, type Progress } from '../ingest/placed.ts';
import type { BoxParts } from '../parts.ts';
import { DESTROYER } from '../register/databases.ts';
import { destroyAtOfDate } from '../register/local-date.ts';

/**
 * Empties inboxes that still hold sealed records past their date: a tablet that never came back to finish its box must not keep
 * data alive, and the server could open them (426.4). The inbox is rebuilt without its records; where each lies that is not due yet
 * is remembered. A tablet that comes after all is told that the date has passed.
 */
export async function emptyDueInboxes(parts: BoxParts & { readonly designs: Designs }, agency: Agency): Promise<void> {
  const { store, given, trail, designs } = parts;
  for (const database of await store.list('inbox-')) {
    const boxId = database.slice('inbox-'.length);
    const progress = await readProgress(store, boxId);
    const isPast = (place: Place): boolean =>
      place.kind === 'day'
        ? isDue(destroyAtOfDate(agency, place.date), given.now())
        : place.kind === 'quarantine' && place.reason === 'pastItsDate';
    const { documents } = await store.info(database);
    if (documents === 0 || !Object.values(progress.placed).some(isPast)) continue;
    const object = { type: 'inbox', id: boxId };
    await trail.record({ action: 'destroyBox', object, response: { count: documents } }, DESTROYER);
    await store.drop(database);
    await store.create(database, designs.inbox);
    const placed = Object.entries(progress.placed).filter(([, place]) => place.kind !== 'day' || !isPast(place));
    const left: Progress = { ...progress, placed: Object.fromEntries(placed), waiting: {} };
    await writeProgress(store, boxId, left);
  }
}
