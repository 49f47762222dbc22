import type { Certificate } from '#domain/records/certificate.ts';
import type { LocalDate } from '#domain/time/instant.ts';
import type { Store, StoredDocument } from '#server/store/store.ts';
import { coveredReads, hitsOnReads } from '../holds/covered.ts';
import type { Holds } from '../holds/holds.ts';
import type { BoxParts } from '../parts.ts';
import { dayBoxOf, DESTROYER, holdBoxOf } from '../register/databases.ts';
import { copyDocuments } from './copy.ts';

/** A copy that a hold needs is not there: the day box must not go. */
export class NotSpared extends Error {
  override readonly name = 'NotSpared';
}

/**
 * Copies what holds in force cover out of a day box into their own boxes, with pictures, and looks whether it arrived (426.4(a)).
 * Said again, it changes nothing. Throws NotSpared.
 */
export async function spareHeld(
  { store, trail, tags }: Pick<BoxParts, 'store' | 'trail' | 'tags'>,
  holds: Holds,
  date: LocalDate
): Promise<Certificate['spared']> {
  const spared: { hold: string; reads: number }[] = [];
  for (const { hold, scope } of await holds.inForce()) {
    const reads = await coveredReads(store, date, scope);
    if (reads.length === 0) continue;
    const object = { type: 'hold', id: hold._id };
    await trail.record({ action: 'spareReads', object, response: { count: reads.length } }, DESTROYER);
    const documents = [...reads, ...(await hitsOnReads(store, date, reads))];
    await copyDocuments(store, documents, { from: dayBoxOf(date), to: holdBoxOf(hold._id), by: DESTROYER });
    await demandAllThere(store, holdBoxOf(hold._id), documents);
    spared.push({ hold: tags.id('certificateHold', hold._id), reads: reads.length });
  }
  return spared.sort((a, b) => (a.hold < b.hold ? -1 : 1));
}

async function demandAllThere(store: Store, box: string, documents: readonly StoredDocument[]): Promise<void> {
  for (const document of documents) {
    const copy = await store.get(box, document._id);
    if (copy === undefined || digestsOf(copy) !== digestsOf(document))
      throw new NotSpared('A read on hold was not copied whole; its day box stays.');
  }
}

function digestsOf(document: StoredDocument): string {
  const digests = Object.entries(document._attachments ?? {}).map(([name, stub]) => [
    name,
    (stub as { readonly digest?: string }).digest
  ]);
  return JSON.stringify(digests.sort());
}
