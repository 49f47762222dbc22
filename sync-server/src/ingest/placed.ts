import type { Instant, LocalDate } from '#domain/time/instant.ts';
import type { Store } from '#server/store/store.ts';
import { inboxOf } from '../register/databases.ts';
import { NotWritten } from '../register/written.ts';

/** Where a record of an inbox came to lie. */
export type Place =
  | { readonly kind: 'day'; readonly date: LocalDate; readonly id: string }
  | { readonly kind: 'register'; readonly id: string }
  | { readonly kind: 'quarantine'; readonly reason: string };

/** How far an inbox is ingested. Lies in the inbox itself and goes with it; a tablet cannot read or write it. */
export interface Progress {
  readonly placed: Record<string, Place>;
  /** sequences that wait for a record they speak of, and since when */
  readonly waiting: Record<string, Instant>;
  /** periods of this box that were refused, with the reason: their reads are refused with it */
  readonly refusedPeriods: Record<string, string>;
}

const ID = '_local/ingest-progress';

export async function readProgress(store: Store, boxId: string): Promise<Progress> {
  const document = await store.getLocal(inboxOf(boxId), ID);
  const { placed, waiting, refusedPeriods } = (document ?? {}) as Partial<Progress>;
  return { placed: { ...placed }, waiting: { ...waiting }, refusedPeriods: { ...refusedPeriods } };
}

export async function writeProgress(store: Store, boxId: string, progress: Progress): Promise<void> {
  const before = await store.getLocal(inboxOf(boxId), ID);
  const document = { _id: ID, ...progress, ...(before?._rev === undefined ? {} : { _rev: before._rev }) };
  const outcome = await store.putLocal(inboxOf(boxId), document);
  if (outcome.kind !== 'written') throw new NotWritten('The progress of an inbox could not be kept.');
}
