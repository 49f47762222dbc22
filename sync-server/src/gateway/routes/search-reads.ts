import { isDue } from '#domain/policy/retention.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { Correction } from '#domain/records/correction.ts';
import type { AboutRead } from '#domain/records/day-record.ts';
import type { Hit } from '#domain/records/hit.ts';
import type { ActivePeriod } from '#domain/records/period.ts';
import type { Read } from '#domain/records/read.ts';
import type { LocalDate } from '#domain/time/instant.ts';
import type { ReadRow, SearchAnswer } from '#domain/wire/answers.ts';
import type { SearchRequest } from '#domain/wire/requests.ts';
import { readsOfPlate } from '../../holds/of-plate.ts';
import type { House } from '../../house.ts';
import { dayBoxOf } from '../../register/databases.ts';
import { destroyAtOfDate } from '../../register/local-date.ts';
import { rowOf } from '../../register/rows.ts';
import { recordIn } from '../../register/written.ts';

const MOST_ROWS = 500;

/** Finds reads in the day boxes of the dates asked for, newest first, never one whose time has come. */
export async function searchReads(
  house: House,
  agency: Agency,
  request: SearchRequest
): Promise<Omit<SearchAnswer, 'lookId'>> {
  const now = house.given.now();
  const dates = (await house.dayBoxes.showable(agency, now)).filter(
    (date) => date >= request.from && date <= request.to
  );
  // A plate is looked for in all boxes at once; by time alone the newest boxes fill the answer.
  const ofPlate =
    request.plate === undefined
      ? undefined
      : await Promise.all(dates.map((date) => readsIn(house, date, request.plate)));
  const counts = await Promise.all(dates.map((date) => house.dayBoxes.countReads(date)));
  const rows: ReadRow[] = [];
  const periods = new Map<string, ActivePeriod | undefined>();
  for (const [at, date] of dates.entries()) {
    if (rows.length > MOST_ROWS) break;
    const found = ofPlate?.[at] ?? (await readsIn(house, date, undefined));
    const reads = found.filter((read) => !isDue(read.destroyBy, now));
    const hits = await foundOut<Hit>(house, date, reads, 'hits_by_read');
    const corrections = await foundOut<Correction>(house, date, reads, 'corrections_by_read');
    for (const read of reads) {
      if (!periods.has(read.periodId)) periods.set(read.periodId, await rowOf(house.store, 'period', read.periodId));
      const period = periods.get(read.periodId);
      rows.push({
        boxDate: date,
        read,
        deviceLabel: house.register.device(period?.deviceId ?? '')?.label ?? '',
        deployment: period?.deployment ?? '',
        boxDestroyAt: destroyAtOfDate(agency, date),
        hits: hits.filter((hit) => hit.readId === read._id),
        corrections: corrections.filter((correction) => correction.readId === read._id)
      });
    }
  }
  return {
    rows: rows.slice(0, MOST_ROWS),
    capped: rows.length > MOST_ROWS,
    boxesSearched: dates.length,
    readsInBoxes: counts.reduce((sum, count) => sum + count, 0)
  };
}

async function readsIn({ store }: House, date: LocalDate, plate: string | undefined): Promise<Read[]> {
  const most = MOST_ROWS + 1;
  if (plate !== undefined)
    return (await readsOfPlate(store, date, plate, most)).map((document) => recordIn<Read>(document));
  const newestFirst = { descending: true, limit: most, includeDocs: true, reduce: false };
  const rows = await store.view(dayBoxOf(date), 'retention', 'reads_by_time', newestFirst);
  return rows.flatMap((row) => (row.doc === undefined ? [] : [recordIn<Read>(row.doc)]));
}

/** What was found out about these reads: the hits or the corrections among them. */
async function foundOut<T extends AboutRead>(
  { store }: House,
  date: LocalDate,
  reads: readonly Read[],
  view: 'hits_by_read' | 'corrections_by_read'
): Promise<T[]> {
  if (reads.length === 0) return [];
  const keys = reads.map((read) => read._id);
  const rows = await store.view(dayBoxOf(date), 'retention', view, { keys, includeDocs: true });
  return rows.flatMap((row) => (row.doc === undefined ? [] : [recordIn<T>(row.doc)]));
}
