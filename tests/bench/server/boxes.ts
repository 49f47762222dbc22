import { randomUUID } from 'node:crypto';
import type { Designs } from '#designs/kinds.ts';
import { DAY_MS, instantOf, msOf, type LocalDate } from '#domain/time/instant.ts';
import { INGEST } from '#server/register/databases.ts';
import type { Store } from '#server/store/store.ts';
import { aRead, anId } from '#tests/builders/records.ts';

const BULK = 1000;
const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';

/** An invented plate; the same number gives the same plate. */
export function plateOf(n: number): string {
  const letter = (k: number): string => LETTERS[k % LETTERS.length] ?? 'A';
  return `TS${letter(n)}${letter(Math.floor(n / 23))}${String(n % 1000).padStart(3, '0')}`;
}

/** A day box of so many reads, without pictures, written as the ingest writes. */
export async function fillBox(
  store: Store,
  designs: Designs,
  { date, reads, keptDays }: { readonly date: LocalDate; readonly reads: number; readonly keptDays: number }
): Promise<void> {
  const box = `reads-${date}`;
  await store.create(box, designs.reads);
  // Noon in Minnesota and the hours around it.
  const from = msOf(`${date}T14:00:00.000Z`);
  for (let at = 0; at < reads; at += BULK) {
    const documents = Array.from({ length: Math.min(BULK, reads - at) }, (_, k) => {
      const collectedAt = instantOf(from + ((at + k) % 28_000) * 1000);
      return aRead({
        _id: randomUUID(),
        plate: plateOf(at + k),
        collectedAt,
        destroyBy: instantOf(msOf(collectedAt) + keptDays * DAY_MS),
        periodId: anId(4000 + (k % 5))
      });
    });
    const outcomes = await store.bulk(box, documents as unknown as Parameters<Store['bulk']>[1], INGEST, 'new');
    if (outcomes.some(({ kind }) => kind !== 'written')) throw new Error('The bench could not fill its box.');
  }
}
