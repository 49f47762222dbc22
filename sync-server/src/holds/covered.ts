import { foldPlate } from '#domain/plate/fold.ts';
import { covers, datesOf } from '#domain/policy/holds.ts';
import type { HoldScope } from '#domain/records/hold-scope.ts';
import type { Read } from '#domain/records/read.ts';
import type { LocalDate } from '#domain/time/instant.ts';
import type { Store, StoredDocument, ViewQuery } from '#server/store/store.ts';
import { dayBoxOf } from '../register/databases.ts';
import { recordIn } from '../register/written.ts';

/** The reads of a day box that a hold's scope covers, as they lie there (426.4(a)). The views narrow, the rule decides. */
export async function coveredReads(store: Store, date: LocalDate, scope: HoldScope): Promise<StoredDocument[]> {
  const dates = datesOf(scope);
  if (dates !== null && (date < dates.from || date > dates.to)) return [];
  const candidates = await candidatesFor(store, dayBoxOf(date), scope);
  return candidates.filter((document) => document['kind'] === 'read' && covers(scope, recordIn<Read>(document)));
}

/** The hits on these reads, as they lie in the day box. */
export async function hitsOnReads(
  store: Store,
  date: LocalDate,
  reads: readonly StoredDocument[]
): Promise<StoredDocument[]> {
  if (reads.length === 0) return [];
  return found(store, dayBoxOf(date), 'hits_by_read', { keys: reads.map((read) => read._id) });
}

async function candidatesFor(store: Store, box: string, scope: HoldScope): Promise<StoredDocument[]> {
  switch (scope.kind) {
    case 'reads': {
      const documents = await Promise.all(scope.readIds.map((id) => store.get(box, id)));
      return documents.filter((document) => document !== undefined);
    }
    case 'period':
      return found(store, box, 'reads_by_period', { startKey: [scope.periodId], endKey: [scope.periodId, {}] });
    case 'plate': {
      const plate = foldPlate(scope.plate);
      return found(store, box, 'reads_by_plate', { startKey: [plate], endKey: [plate, {}] });
    }
    case 'place':
      return found(store, box, 'reads_by_time', { startKey: scope.from, endKey: scope.to });
  }
}

async function found(store: Store, box: string, view: string, query: ViewQuery): Promise<StoredDocument[]> {
  const rows = await store.view(box, 'retention', view, { ...query, includeDocs: true, reduce: false });
  return rows.flatMap((row) => row.doc ?? []);
}
