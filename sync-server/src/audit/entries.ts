import type { AuditEntry } from '#domain/records/audit.ts';
import type { Store } from '#server/store/store.ts';
import { recordIn } from '../register/written.ts';

const PAGE = 1000;

/** The entries of the trail from a place on, in their own order, over all months, a page at a time. */
export async function* entriesFrom(store: Store, seq: number, to: number): AsyncGenerator<AuditEntry> {
  const months = await store.list('audit-');
  for (let from = seq; from <= to; from += PAGE) {
    const query = { startKey: from, endKey: Math.min(to, from + PAGE - 1), includeDocs: true, reduce: false };
    const found = await Promise.all(months.map((month) => store.view(month, 'access', 'entries_by_seq', query)));
    const entries = found.flat().flatMap(({ doc }) => (doc === undefined ? [] : [recordIn<AuditEntry>(doc)]));
    yield* entries.sort((a, b) => a.seq - b.seq || (a._id < b._id ? -1 : 1));
  }
}

/** The place of the last entry; 0 for an empty trail. */
export async function lastSeq(store: Store): Promise<number> {
  const months = await store.list('audit-');
  const query = { descending: true, limit: 1, reduce: false } as const;
  const found = await Promise.all(months.map((month) => store.view(month, 'access', 'entries_by_seq', query)));
  return Math.max(0, ...found.flat().map(({ key }) => Number(key)));
}
