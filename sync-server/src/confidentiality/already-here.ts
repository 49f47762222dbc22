import { mayKeepRead, skeletonOf } from '#domain/policy/address-confidentiality.ts';
import { covers } from '#domain/policy/holds.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { Hit } from '#domain/records/hit.ts';
import type { Read } from '#domain/records/read.ts';
import type { LocalDate } from '#domain/time/instant.ts';
import type { Destroyer } from '../destroyer/destroyer.ts';
import type { Holds } from '../holds/holds.ts';
import type { BoxParts } from '../parts.ts';
import { coveredReads, foundOutAbout } from '../holds/covered.ts';
import { dayBoxOf } from '../register/databases.ts';
import { recordIn } from '../register/written.ts';

/** What decides what goes, and what lets it go. */
interface Destroying {
  readonly holds: Holds;
  readonly destroyer: Destroyer;
}

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
  house: Pick<BoxParts, 'store' | 'dayBoxes'> & Destroying,
  agency: Agency,
  plates: readonly string[]
): Promise<AlreadyHere> {
  const { store, dayBoxes } = house;
  const skeletons = new Set(plates.map(skeletonOf));
  const isTheirs = (key: unknown): boolean => skeletons.has(skeletonOf(plateIn(key)));
  let [destroyed, spared] = [0, 0];
  for (const date of await dayBoxes.dates()) {
    const read = await store.view(dayBoxOf(date), 'retention', 'reads_by_plate', { reduce: false });
    const typed = await store.view(dayBoxOf(date), 'retention', 'corrections_by_plate', { reduce: false });
    const ids = new Set([
      ...read.flatMap(({ key, id }) => (id !== null && isTheirs(key) ? [id] : [])),
      ...typed.flatMap(({ key, value }) => (isTheirs(key) ? [String(value)] : []))
    ]);
    if (ids.size === 0) continue;
    const found = await destroyUnlessCriminal(house, agency, date, [...ids]);
    destroyed += found.destroyed;
    spared += found.spared;
  }
  return { destroyed, spared };
}

/**
 * Destroys these reads of a date before their time, but for those that are active criminal investigative data; `typed` is the plate that an
 * officer finds on their car just now: a hold on that plate covers them before the word about it is kept.
 */
export async function destroyUnlessCriminal(
  { store, holds, destroyer }: Pick<BoxParts, 'store'> & Destroying,
  agency: Agency,
  date: LocalDate,
  readIds: readonly string[],
  typed: readonly string[] = []
): Promise<AlreadyHere> {
  const held = new Set<string>();
  for (const { scope } of await holds.inForce()) {
    for (const { _id } of await coveredReads(store, date, scope)) held.add(_id);
    for (const id of typed.length === 0 ? [] : readIds) {
      const document = await store.get(dayBoxOf(date), id);
      if (document !== undefined && covers(scope, recordIn<Read>(document), typed)) held.add(id);
    }
  }
  const about = await foundOutAbout(
    store,
    date,
    readIds.map((_id) => ({ _id }))
  );
  for (const document of about) {
    if (document['kind'] !== 'hit') continue;
    const hit = recordIn<Hit>(document);
    if (mayKeepRead(true, hit.category)) held.add(hit.readId);
  }
  const goes = readIds.filter((id) => !held.has(id));
  const destroyed = goes.length === 0 ? 0 : await destroyer.destroyEarly(agency, date, goes);
  return { destroyed, spared: readIds.length - goes.length };
}

const plateIn = (key: unknown): string => (Array.isArray(key) ? String(key[0]) : '');
