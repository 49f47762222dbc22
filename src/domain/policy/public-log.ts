import type { Hit } from '../records/hit.ts';
import type { HotlistCategory } from '../records/hotlist.ts';
import type { ActivePeriod, PeriodCounts } from '../records/period.ts';
import type { Read } from '../records/read.ts';
import type { Instant, LocalDate } from '../time/instant.ts';

/** The statute's four kinds of match, and the rest (426.4.1(c); LAW A9). */
export type PublicBucket = 'stolen' | 'warrant' | 'license' | 'investigative' | 'other';

const BUCKETS: Readonly<Record<HotlistCategory, PublicBucket>> = {
  stolenVehicle: 'stolen',
  stolenPlate: 'stolen',
  felonyVehicle: 'other',
  wantedPerson: 'warrant',
  warrant: 'warrant',
  licenseSuspended: 'license',
  licenseRevoked: 'license',
  licenseCancelled: 'license',
  licenseDisqualified: 'license',
  attemptToLocate: 'other',
  missingPerson: 'other',
  keepingOurPoliceSafe: 'other',
  agencyInvestigative: 'investigative',
  other: 'other'
};

export function publicBucketOf(category: HotlistCategory): PublicBucket {
  return BUCKETS[category];
}

/**
 * The counts of one period: reads, distinct plates, and distinct plates with a hit of each kind.
 * Policy 426.4.1(b)(c); 13.824 subd. 5(a); "license plates" are counted once a period (LAW A8). `folded` gives the form of
 * a plate in which O and zero are one, so that a car is not counted twice for a misread character.
 */
export function countPeriod(
  reads: readonly Pick<Read, '_id' | 'plate'>[],
  hits: readonly Pick<Hit, 'readId' | 'category'>[],
  folded: (plate: string) => string
): PeriodCounts {
  const plateOf = new Map(reads.map((read) => [read._id, folded(read.plate)]));
  const inBucket: Record<PublicBucket, Set<string>> = {
    stolen: new Set(),
    warrant: new Set(),
    license: new Set(),
    investigative: new Set(),
    other: new Set()
  };
  for (const hit of hits) {
    const plate = plateOf.get(hit.readId);
    if (plate !== undefined) inBucket[publicBucketOf(hit.category)].add(plate);
  }
  return {
    reads: reads.length,
    distinctPlates: new Set(plateOf.values()).size,
    stolen: inBucket.stolen.size,
    warrant: inBucket.warrant.size,
    license: inBucket.license.size,
    investigative: inBucket.investigative.size,
    other: inBucket.other.size
  };
}

/** One row of the public log of use. No operator, plate, case number or position is in it (426.4.1, 426.6). */
export interface PublicLogRow {
  readonly _id: string;
  readonly kind: 'logRow';
  readonly schema: 1;
  readonly localDate: LocalDate;
  /** running number of the period that day; not the device */
  readonly periodNumber: number;
  readonly deployment: ActivePeriod['deployment'];
  readonly utcOffsetMinutes: number;
  /** times at which the ALPR actively collected data (426.4.1(a)) */
  readonly times: readonly { readonly from: Instant; readonly to: Instant }[];
  readonly counts: PeriodCounts;
  readonly comparedWith: readonly string[];
  /** the place of a stationary or fixed reader (426.4.1(d)) */
  readonly place: string | null;
  /** there is a place, and it is withheld as security information (13.37) */
  readonly placeIsWithheld?: true;
  readonly generatedAt: Instant;
}

/**
 * The public row of a closed period. Policy 426.4.1(a)-(d); 13.824 subd. 5(a). Databases whose existence is not public
 * are left out by `isPublic`.
 */
export function publicLogRow(
  period: ActivePeriod,
  counts: PeriodCounts,
  given: {
    id: string;
    periodNumber: number;
    generatedAt: Instant;
    isPublic: (compareName: string) => boolean;
    placeIsWithheld: boolean;
  }
): PublicLogRow {
  return {
    _id: given.id,
    kind: 'logRow',
    schema: 1,
    localDate: period.localDate,
    periodNumber: given.periodNumber,
    deployment: period.deployment,
    utcOffsetMinutes: period.utcOffsetMinutes,
    times: period.intervals.flatMap((i) => (i.endedAt === null ? [] : [{ from: i.startedAt, to: i.endedAt }])),
    counts,
    comparedWith: [...new Set(period.databases.map((d) => d.compareName).filter(given.isPublic))],
    ...placeOnRow(period, given.placeIsWithheld),
    generatedAt: given.generatedAt
  };
}

/** What a row says of the place: of a stationary or fixed reader alone, and not where it is withheld (426.4.1(d); 13.824 subd. 5). */
export function placeOnRow(
  { deployment, place }: Pick<ActivePeriod, 'deployment' | 'place'>,
  isWithheld: boolean
): Pick<PublicLogRow, 'place' | 'placeIsWithheld'> {
  const stands = deployment === 'stationary' || deployment === 'fixed';
  return stands && isWithheld ? { place: null, placeIsWithheld: true } : { place: stands ? (place ?? null) : null };
}
