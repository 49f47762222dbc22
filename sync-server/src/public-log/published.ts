import type { PublicLocation } from '#domain/policy/locations.ts';
import type { PublicLogRow } from '#domain/policy/public-log.ts';
import type { PublicLogAnswer } from '#domain/wire/answers.ts';
import type { Store } from '#server/store/store.ts';
import { PUBLIC } from '../register/databases.ts';
import { recordIn } from '../register/written.ts';

/** What anybody may read: from the public database alone, newest first (426.4.1). */
export async function published(store: Store): Promise<PublicLogAnswer> {
  const [agency, rows, places] = await Promise.all([
    store.get(PUBLIC, 'agency'),
    store.all(PUBLIC, { startId: 'log:', endId: 'log;' }),
    store.all(PUBLIC, { startId: 'place:', endId: 'place;' })
  ]);
  const known = places.map((place) => recordIn<PublicLocation>(place));
  const shown = known.flatMap((place) => ('withheld' in place ? [] : [place]));
  return {
    agencyName: typeof agency?.['name'] === 'string' ? agency['name'] : '',
    demo: agency?.['demo'] === true,
    rows: rows.map((row) => recordIn<PublicLogRow>(row)).sort(newestFirst),
    locations: shown.sort((a, b) => (a.installedAt < b.installedAt ? 1 : -1)),
    withheldLocations: known.length - shown.length
  };
}

function newestFirst(a: PublicLogRow, b: PublicLogRow): number {
  if (a.localDate !== b.localDate) return a.localDate < b.localDate ? 1 : -1;
  return b.periodNumber - a.periodNumber;
}
