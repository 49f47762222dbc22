import { isDue } from '#domain/policy/retention.ts';
import type { Hit } from '#domain/records/hit.ts';
import type { HitRow } from '#domain/wire/answers.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { House } from '../../house.ts';
import { dayBoxOf } from '../../register/databases.ts';
import { rowOf } from '../../register/rows.ts';
import { recordIn } from '../../register/written.ts';
import { refused, type Route } from '../door.ts';

const MOST_ROWS = 500;

/** Hits of the days that are still kept, newest first. No plate is in a hit; the read behind it needs a look with a reason. */
export function hitRoutes(route: Route, house: House): void {
  route('GET /api/hits', async ({ asker: { person } }) => {
    if (person === undefined) return refused(401, 'signInFirst');
    const rows = await latestHits(house, person.agency);
    return { kind: 'ready', act: { response: { count: rows.length } }, answer: () => ({ body: rows }) };
  });
}

async function latestHits(house: House, agency: Agency): Promise<HitRow[]> {
  const now = house.given.now();
  const rows: HitRow[] = [];
  for (const date of await house.dayBoxes.showable(agency, now)) {
    if (rows.length >= MOST_ROWS) break;
    const found = await house.store.view(dayBoxOf(date), 'retention', 'hits_by_period', {
      includeDocs: true,
      reduce: false
    });
    const hits = found.flatMap((row) => (row.doc === undefined ? [] : [recordIn<Hit>(row.doc)]));
    hits.sort((a, b) => (a.collectedAt < b.collectedAt ? 1 : -1));
    for (const hit of hits) {
      if (isDue(hit.destroyBy, now)) continue;
      const period = await rowOf(house.store, 'period', hit.periodId);
      rows.push({ boxDate: date, hit, memberName: house.register.member(period?.operatorId ?? '')?.name ?? '' });
    }
  }
  return rows.slice(0, MOST_ROWS);
}
