import { mayKeepRead, skeletonOf } from '#domain/policy/address-confidentiality.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { Hit } from '#domain/records/hit.ts';
import type { House } from '../house.ts';
import { coveredReads, foundOutAbout } from '../holds/covered.ts';
import { dayBoxOf } from '../register/databases.ts';
import { recordIn } from '../register/written.ts';

/** What became of the reads of a request that were here already. */
export interface AlreadyHere {
  readonly destroyed: number;
  /** active criminal investigative data: a criminal hit, or a hold in force; people decide (LAW A13) */
  readonly spared: number;
}

/**
 * Destroys what is here of these plates, with hits and pictures (426.4(b); 13.824 subd. 3(c)), as every destruction before its
 * time is done. What is active criminal investigative data stays.
 */
export async function destroyWhatIsHere(
  house: Pick<House, 'store' | 'dayBoxes' | 'holds' | 'destroyer'>,
  agency: Agency,
  plates: readonly string[]
): Promise<AlreadyHere> {
  const { store, dayBoxes, holds, destroyer } = house;
  const skeletons = new Set(plates.map(skeletonOf));
  const inForce = await holds.inForce();
  let [destroyed, spared] = [0, 0];
  for (const date of await dayBoxes.dates()) {
    const rows = await store.view(dayBoxOf(date), 'retention', 'reads_by_plate', { reduce: false });
    const ids = rows.flatMap(({ key, id }) => (id !== null && skeletons.has(skeletonOf(plateIn(key))) ? [id] : []));
    if (ids.length === 0) continue;
    const held = new Set<string>();
    for (const { scope } of inForce) for (const { _id } of await coveredReads(store, date, scope)) held.add(_id);
    const about = await foundOutAbout(
      store,
      date,
      ids.map((_id) => ({ _id }))
    );
    for (const document of about) {
      if (document['kind'] !== 'hit') continue;
      const hit = recordIn<Hit>(document);
      if (mayKeepRead(true, hit.category)) held.add(hit.readId);
    }
    const goes = ids.filter((id) => !held.has(id));
    spared += ids.length - goes.length;
    if (goes.length > 0) destroyed += await destroyer.destroyEarly(agency, date, goes);
  }
  return { destroyed, spared };
}

const plateIn = (key: unknown): string => (Array.isArray(key) ? String(key[0]) : '');
