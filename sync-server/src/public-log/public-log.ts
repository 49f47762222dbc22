import { foldPlate } from '#domain/plate/fold.ts';
import { countPeriod, placeOnRow, publicLogRow, type PublicLogRow } from '#domain/policy/public-log.ts';
import { isWithheld } from '#domain/policy/locations.ts';
import { isDue } from '#domain/policy/retention.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { Hit } from '#domain/records/hit.ts';
import type { FixedLocation } from '#domain/records/location.ts';
import type { ActivePeriod, PeriodCounts } from '#domain/records/period.ts';
import type { Read } from '#domain/records/read.ts';
import type { BoxParts } from '../parts.ts';
import { dayBoxOf, INGEST, PUBLIC } from '../register/databases.ts';
import { destroyAtOfDate } from '../register/local-date.ts';
import { recordIn, save } from '../register/written.ts';
import { rowsOf } from '../register/rows.ts';
import type { Locations } from './locations.ts';

/**
 * The public log of use (426.4.1; 13.824 subd. 5): a row a closed period, counted from what is in the day box, kept in a
 * database of its own that no plate ever enters. It stands when the reads are destroyed.
 */
export class PublicLog {
  constructor(
    private readonly parts: BoxParts,
    private readonly locations: Locations
  ) {}

  /** Says who publishes; shown above the log. */
  async showAgency(agency: Agency): Promise<void> {
    const shown = { _id: 'agency', kind: 'publicAgency', name: agency.name, demo: agency.demo };
    await save(this.parts.store, PUBLIC, shown, INGEST);
  }

  /** Shows a period: its place at once, its row when it is closed. Said again after late reads, the counts are renewed. */
  async show(period: ActivePeriod, agency: Agency): Promise<void> {
    const { store, given, tags, register, trail } = this.parts;
    const { isWithheld: placeIsWithheld } = await this.locations.show(period);
    if (period.closedAt === null) return;
    const counts = await this.#count(period, agency);
    if (counts === undefined) return;
    const sameDay = await this.#rowsOf(period.localDate);
    const id = rowIdOf(tags, period);
    const before = sameDay.find((row) => row._id === id);
    const publicNames = new Set(
      register.hotlistVersions().flatMap(({ source }) => (source.existencePublic ? [source.compareName] : []))
    );
    const row = publicLogRow(period, counts, {
      id,
      periodNumber: before?.periodNumber ?? Math.max(0, ...sameDay.map((known) => known.periodNumber)) + 1,
      generatedAt: given.now(),
      isPublic: (name) => publicNames.has(name),
      placeIsWithheld
    });
    if (before !== undefined && sameRow(before, row)) return;
    await trail.record({ action: 'publishLog', object: { type: 'period', id: period._id } }, INGEST);
    await save(store, PUBLIC, row, INGEST);
  }

  /** Says the place in the rows of its periods, or no longer, after it was withheld or shown again. The counts stand as they are. */
  async renewPlace(location: FixedLocation): Promise<void> {
    const { store, tags } = this.parts;
    for (const period of await rowsOf(store, 'period')) {
      if (!this.locations.isOf(location, period)) continue;
      const document = await store.get(PUBLIC, rowIdOf(tags, period));
      if (document === undefined) continue;
      const { placeIsWithheld: _, ...row } = recordIn<PublicLogRow>(document);
      await save(store, PUBLIC, { ...row, ...placeOnRow(period, isWithheld(location)) }, INGEST);
    }
  }

  // undefined: the reads are destroyed already, and a count of what is left would be a lie.
  async #count(period: ActivePeriod, agency: Agency): Promise<PeriodCounts | undefined> {
    const { store, dayBoxes, given } = this.parts;
    if (isDue(destroyAtOfDate(agency, period.localDate), given.now())) return undefined;
    if (!(await dayBoxes.exists(period.localDate))) return countPeriod([], [], foldPlate);
    const ofPeriod = { startKey: [period._id], endKey: [period._id, {}], includeDocs: true, reduce: false };
    const [reads, hits] = await Promise.all(
      ['reads_by_period', 'hits_by_period'].map((view) =>
        store.view(dayBoxOf(period.localDate), 'retention', view, ofPeriod)
      )
    );
    return countPeriod(
      (reads ?? []).flatMap((row) => (row.doc === undefined ? [] : [row.doc as unknown as Read])),
      (hits ?? []).flatMap((row) => (row.doc === undefined ? [] : [row.doc as unknown as Hit])),
      foldPlate
    );
  }

  async #rowsOf(date: string): Promise<PublicLogRow[]> {
    const documents = await this.parts.store.all(PUBLIC, { startId: `log:${date}:`, endId: `log:${date};` });
    return documents.map((document) => recordIn<PublicLogRow>(document));
  }
}

const rowIdOf = (tags: BoxParts['tags'], { localDate, _id }: ActivePeriod): string =>
  `log:${localDate}:${tags.id('logRow', _id)}`;

function sameRow(one: PublicLogRow, other: PublicLogRow): boolean {
  const facts = (row: PublicLogRow): string => JSON.stringify({ ...row, generatedAt: '' });
  return facts(one) === facts(other);
}
