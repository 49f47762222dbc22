import { SHIPPED_RETENTION_DAYS, destroyByOf } from '#domain/policy/retention.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { Answer, Hit } from '#domain/records/hit.ts';
import type { HotlistVersion } from '#domain/records/hotlist.ts';
import { NO_COUNTS, type ActivePeriod } from '#domain/records/period.ts';
import type { Read } from '#domain/records/read.ts';
import type { SealedContent } from '#domain/records/sealed.ts';
import {
  DAY_MS,
  HOUR_MS,
  instantOf,
  localDateOf,
  MINUTE_MS,
  msOf,
  startOfLocalDate,
  utcOffsetMinutesOf,
  type Instant
} from '#domain/time/instant.ts';
import type { Given } from '../given.ts';
import { picturesOf, STREET_LIST, STREET_PLATES, type StreetPlate } from './street.ts';

export const DEMO_DAYS = 7;
const READS_A_PERIOD = 12;

interface Invented {
  readonly given: Given;
  readonly agency: Agency;
  readonly deviceId: string;
  readonly operatorId: string;
  readonly list: HotlistVersion;
}

/** What a tablet would have sent of a day `daysAgo` days ago: two periods of use with their reads and hits, closed. */
export function inventedDay(about: Invented, daysAgo: number): SealedContent[] {
  return [9, 15].flatMap((hour, at) => inventedPeriod(about, daysAgo, hour, at === 1 && daysAgo % 3 === 1));
}

function inventedPeriod(about: Invented, daysAgo: number, hour: number, tripod: boolean): SealedContent[] {
  const { given, agency, list } = about;
  const noon = instantOf(msOf(given.now()) - daysAgo * DAY_MS);
  const utcOffsetMinutes = utcOffsetMinutesOf(noon, agency.timeZone);
  const localDate = localDateOf(noon, utcOffsetMinutes);
  const startedMs = msOf(startOfLocalDate(localDate, utcOffsetMinutes)) + hour * HOUR_MS;
  const at = (minutes: number): Instant => instantOf(startedMs + minutes * MINUTE_MS);
  const period: ActivePeriod = {
    _id: given.newId(),
    kind: 'period',
    schema: 1,
    agencyId: agency._id,
    deviceId: about.deviceId,
    deployment: tripod ? 'stationary' : 'handheld',
    operatorId: about.operatorId,
    purpose: 'routinePatrol',
    attestedAt: at(0),
    localDate,
    utcOffsetMinutes,
    intervals: [{ startedAt: at(0), endedAt: at(50), endReason: 'operator' }],
    ...(tripod ? { place: 'Invented Avenue at Example Street, eastbound (demo)' } : {}),
    databases: [{ compareName: list.source.compareName, listVersionId: list._id, asOf: list.asOf }],
    counts: NO_COUNTS,
    closedAt: at(50)
  };
  const reads = Array.from({ length: READS_A_PERIOD }, (_, nth): SealedContent[] => {
    const plate = STREET_PLATES[(nth * 7 + daysAgo * 3 + hour) % STREET_PLATES.length] ?? 'TST042';
    const read = inventedRead(about, period, plate, at(2 + nth * 4));
    const hit = inventedHit(about, read);
    const seen: SealedContent = { kind: 'read', read, pictures: picturesOf(plate) };
    return hit === undefined ? [seen] : [seen, { kind: 'hit', hit }];
  });
  return [{ kind: 'period', period }, ...reads.flat()];
}

function inventedRead(about: Invented, period: ActivePeriod, plate: StreetPlate, collectedAt: Instant): Read {
  const [a = 0, b = 0, c = 0] = about.given.randomBytes(3);
  return {
    _id: about.given.newId(),
    kind: 'read',
    schema: 1,
    plate,
    jurisdiction: 'unknown',
    jurisdictionSource: 'unknown',
    collectedAt,
    utcOffsetMinutes: period.utcOffsetMinutes,
    lat: 45.88 + a / 25_000,
    lon: -95.38 + b / 25_000,
    accuracyM: 5,
    fix: 'gps',
    agencyId: about.agency._id,
    periodId: period._id,
    classification: 'privateNonpublic',
    destroyBy: destroyByOf(collectedAt, collectedAt, { retentionDays: SHIPPED_RETENTION_DAYS, backupDays: 0 }),
    holdIds: [],
    origin: { kind: 'own' },
    ocr: { engine: 'invented', version: 'demo', confidence: 0.9 + c / 2560 },
    clockOffsetMs: 0
  };
}

function inventedHit({ given, list }: Invented, read: Read): Hit | undefined {
  const entry = STREET_LIST.find((listed) => listed.plate === read.plate);
  if (entry === undefined) return undefined;
  const answer: Answer = entry.category === 'licenseSuspended' ? 'notNow' : 'correctRead';
  const answeredAt = instantOf(msOf(read.collectedAt) + 20_000);
  return {
    _id: given.newId(),
    kind: 'hit',
    schema: 1,
    readId: read._id,
    periodId: read.periodId,
    collectedAt: read.collectedAt,
    utcOffsetMinutes: read.utcOffsetMinutes,
    sourceId: list.source.sourceId,
    category: entry.category,
    entryRef: entry.ref,
    listVersionId: list._id,
    listAsOf: list.asOf,
    listAgeSeconds: 3 * 3600,
    match: 'exact',
    jurisdictionCheck: 'unknown',
    answer,
    answeredAt,
    verification: answer === 'correctRead' ? { method: 'mnjis', at: answeredAt, result: 'notOnFile' } : null,
    enforcement: answer === 'correctRead' ? { kind: 'none' } : null,
    destroyBy: read.destroyBy
  };
}
