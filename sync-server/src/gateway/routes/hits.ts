import { PassThrough, type Readable } from 'node:stream';
import { monthlyFigures } from '#domain/policy/hit-figures.ts';
import { isDue } from '#domain/policy/retention.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import type { Hit } from '#domain/records/hit.ts';
import type { HitRow } from '#domain/wire/answers.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { TakenHit } from '../../hits/hit-feed.ts';
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

  route('GET /api/hits/live', () => ({
    kind: 'ready',
    act: { note: 'live, ten minutes at most' },
    answer: () => ({ type: 'text/event-stream', headers: { 'cache-control': 'no-store' }, body: liveHits(house) })
  }));

  route('GET /api/hits/figures', async () => {
    const figures = monthlyFigures(await house.hitFeed.stubs());
    return { kind: 'ready', act: { response: { count: figures.length } }, answer: () => ({ body: figures }) };
  });
}

/** How long one stream is open: the browser asks anew after that, and each asking is written down and judged again. */
const LIVE_MS = 10 * MINUTE_MS;
/** A word that says nothing, so that a proxy does not take a quiet night for a dead line. */
const STILL_THERE_MS = 20_000;

/** A stream of server-sent events: every hit that comes in while it is open. */
function liveHits(house: House): Readable {
  const stream = new PassThrough();
  stream.write('retry: 2000\n\n');
  const stop = house.hitFeed.listen((taken) => {
    void rowOfHit(house, taken).then((row) => {
      if (!stream.writableEnded) stream.write(`event: hit\ndata: ${JSON.stringify(row)}\n\n`);
    });
  });
  const still = setInterval(() => stream.write(': still there\n\n'), STILL_THERE_MS);
  const end = setTimeout(() => stream.end(), LIVE_MS);
  for (const timer of [still, end]) timer.unref();
  stream.on('close', () => {
    stop();
    clearInterval(still);
    clearTimeout(end);
  });
  return stream;
}

async function rowOfHit(house: House, { boxDate, hit }: TakenHit): Promise<HitRow> {
  const period = await rowOf(house.store, 'period', hit.periodId);
  return { boxDate, hit, memberName: house.register.member(period?.operatorId ?? '')?.name ?? '' };
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
      rows.push(await rowOfHit(house, { boxDate: date, hit }));
    }
  }
  return rows.slice(0, MOST_ROWS);
}
