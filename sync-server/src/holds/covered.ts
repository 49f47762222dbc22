import { covers, datesOf } from '#domain/policy/holds.ts';
import type { HoldScope } from '#domain/records/hold-scope.ts';
import type { Read } from '#domain/records/read.ts';
import type { LocalDate } from '#domain/time/instant.ts';
import type { Store, StoredDocument, ViewQuery } from '#server/store/store.ts';
import { dayBoxOf } from '../register/databases.ts';
import { recordIn } from '../register/written.ts';
import { readsOfPlate, typedPlates } from './of-plate.ts';

/** The reads of a day box that a hold's scope covers, as they lie there (426.4(a)). The views narrow, the rule decides. */
export async function coveredReads(store: Store, date: LocalDate, scope: HoldScope): Promise<StoredDocument[]> {
  const dates = datesOf(scope);
  if (dates !== null && (date < dates.from || date > dates.to)) return [];
  const candidates = await candidatesFor(store, date, scope);
  const reads = candidates.filter((document) => document['kind'] === 'read');
  const typed = scope.kind === 'plate' ? await typedPlates(store, date, reads) : undefined;
  return reads.filter((document) => covers(scope, recordIn<Read>(document), typed?.get(document._id)));
}

/** What was found out about these reads, their hits and corrections, as it lies in the day box. */
export async function foundOutAbout(
  store: Store,
  date: LocalDate,
  reads: readonly StoredDocument[]
): Promise<StoredDocument[]> {
  if (reads.length === 0) return [];
  const query = { keys: reads.map((read) => read._id) };
  const hits = await found(store, dayBoxOf(date), 'hits_by_read', query);
  return [...hits, ...(await found(store, dayBoxOf(date), 'corrections_by_read', query))];
}

async function candidatesFor(store: Store, date: LocalDate, scope: HoldScope): Promise<StoredDocument[]> {
  const box = dayBoxOf(date);
  switch (scope.kind) {
    case 'reads': {
      const documents = await Promise.all(scope.readIds.map((id) => store.get(box, id)));
      return documents.filter((document) => document !== undefined);
    }
    case 'period':
      return found(store, box, 'reads_by_period', { startKey: [scope.periodId], endKey: [scope.periodId, {}] });
    case 'plate':
      return readsOfPlate(store, date, scope.plate);
    case 'place':
      return found(store, box, 'reads_by_time', { startKey: scope.from, endKey: scope.to });
  }
}

async function found(store: Store, box: string, view: string, query: ViewQuery): Promise<StoredDocument[]> {
  const rows = await store.view(box, 'retention', view, { ...query, includeDocs: true, reduce: false });
  return rows.flatMap((row) => row.doc ?? []);
}
