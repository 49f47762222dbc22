import type { TabletUnderTorture } from './tablet.ts';

/** What became of the reads that a tablet said were saved. */
export interface Account {
  readonly told: number;
  readonly lost: number;
  readonly twice: number;
}

/** Compares what the tablet said with what headquarters has of these plates. */
export async function accountOf(
  { told, site }: { readonly told: ReadonlyMap<string, unknown>; readonly site: TabletUnderTorture['site'] },
  plates: readonly string[]
): Promise<Account> {
  const arrived: string[] = [];
  for (const plate of plates) arrived.push(...(await site.readsOf(plate)));
  const there = new Set(arrived);
  return {
    told: told.size,
    lost: [...told.keys()].filter((id) => !there.has(id)).length,
    twice: arrived.length - there.size
  };
}
