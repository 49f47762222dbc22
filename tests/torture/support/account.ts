import type { Told } from './page-hand.ts';
import type { Site } from './site.ts';

/** What became of the reads that a tablet said were saved. */
export interface Account {
  readonly told: number;
  readonly lost: number;
  readonly twice: number;
}

/** Compares what the tablet said with what headquarters has of the plates of which it said so. */
export async function accountOf({
  told,
  site
}: {
  readonly told: ReadonlyMap<string, Told>;
  readonly site: Site;
}): Promise<Account> {
  const arrived: string[] = [];
  for (const plate of new Set([...told.values()].map(({ plate }) => plate)))
    arrived.push(...(await site.readsOf(plate)));
  const there = new Set(arrived);
  return {
    told: told.size,
    lost: [...told.keys()].filter((id) => !there.has(id)).length,
    twice: arrived.length - there.size
  };
}
