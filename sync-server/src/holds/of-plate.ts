import { foldPlate } from '#domain/plate/fold.ts';
import type { Correction } from '#domain/records/correction.ts';
import type { LocalDate } from '#domain/time/instant.ts';
import type { Store, StoredDocument } from '#server/store/store.ts';
import { dayBoxOf } from '../register/databases.ts';
import { recordIn } from '../register/written.ts';

/**
 * The reads of a day box that are of a plate, newest first: those that were read so, and those of which an officer found by eye that it is
 * what the plate says. What was read is never replaced (13.05 subd. 5), so both are looked at wherever a plate decides.
 */
export async function readsOfPlate(
  store: Store,
  date: LocalDate,
  plate: string,
  limit?: number
): Promise<StoredDocument[]> {
  const box = dayBoxOf(date);
  const folded = foldPlate(plate);
  const query = {
    startKey: [folded, {}],
    endKey: [folded],
    descending: true,
    reduce: false,
    ...(limit !== undefined && { limit })
  };
  // A search looks into every box: both at once.
  const [read, corrected] = await Promise.all([
    store.view(box, 'retention', 'reads_by_plate', { ...query, includeDocs: true }),
    store.view(box, 'retention', 'corrections_by_plate', query)
  ]);
  const found = new Map(read.flatMap(({ doc }) => (doc === undefined ? [] : [[doc._id, doc]])));
  for (const { value } of corrected) {
    if (found.has(String(value))) continue;
    const document = await store.get(box, String(value));
    if (document !== undefined) found.set(document._id, document);
  }
  return [...found.values()].sort((a, b) => (String(a['collectedAt']) < String(b['collectedAt']) ? 1 : -1));
}

/** By read, the plates that officers found by eye on its car, as they typed them. */
export async function typedPlates(
  store: Store,
  date: LocalDate,
  reads: readonly Pick<StoredDocument, '_id'>[]
): Promise<ReadonlyMap<string, readonly string[]>> {
  const typed = new Map<string, readonly string[]>();
  if (reads.length === 0) return typed;
  const query = { keys: reads.map(({ _id }) => _id), includeDocs: true };
  for (const { doc } of await store.view(dayBoxOf(date), 'retention', 'corrections_by_read', query)) {
    const correction = doc && recordIn<Correction>(doc);
    if (correction?.finding === 'misread')
      typed.set(correction.readId, [...(typed.get(correction.readId) ?? []), correction.plate]);
  }
  return typed;
}
