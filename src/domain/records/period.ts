import { closed, list, nullable, number, oneOf, optional, text, type Check } from '../check/check.ts';
import { caseNumber, instant, localDate, uuid, utcOffsetMinutes } from '../check/common.ts';
import type { Instant, LocalDate } from '../time/instant.ts';

/** The uses policy 426.2 and 426.3 name; there is no free "other". */
export const PURPOSES = [
  'routinePatrol',
  'canvass',
  'stolenOrWantedVehicle',
  'stolenPlate',
  'missingPerson',
  'activeWarrants',
  'homelandSecurity',
  'electronicSurveillance',
  'suspectInterdiction',
  'propertyRecovery'
] as const;
export type Purpose = (typeof PURPOSES)[number];

export type EndReason = 'operator' | 'lock' | 'cameraLost' | 'background' | 'suspended' | 'midnight' | 'restart';

export interface Interval {
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly endReason: EndReason | null;
}

/** Numbers of the public log; no plate is among them (426.4.1). */
export interface PeriodCounts {
  readonly reads: number;
  readonly distinctPlates: number;
  readonly stolen: number;
  readonly warrant: number;
  readonly license: number;
  readonly investigative: number;
  readonly other: number;
}

export const NO_COUNTS: PeriodCounts = {
  reads: 0,
  distinctPlates: 0,
  stolen: 0,
  warrant: 0,
  license: 0,
  investigative: 0,
  other: 0
};

/** What the operator states of a case: it names one, so that a locked tablet's page does not hold it. */
export type Statement = Pick<ActivePeriod, 'caseNumber' | 'incident' | 'place'>;

/** What was stated, apart from everything else. */
export function statementOf({ caseNumber: stated, incident, place }: Statement): Statement {
  return {
    ...(stated !== undefined && { caseNumber: stated }),
    ...(incident !== undefined && { incident }),
    ...(place !== undefined && { place })
  };
}

/** Everything but what was stated. */
export function withoutStatement<T extends Statement>(period: T): Omit<T, keyof Statement> {
  const { caseNumber: _, incident: __, place: ___, ...rest } = period;
  return rest;
}

/** From switching on to switching off: the unit of the public log of use (Minn. Stat. 13.824 subd. 5). LAW 4.4. */
export interface ActivePeriod {
  readonly _id: string;
  readonly kind: 'period';
  readonly schema: 1;
  readonly agencyId: string;
  readonly deviceId: string;
  readonly deployment: 'handheld' | 'vehicle' | 'stationary' | 'fixed';
  readonly operatorId: string;
  readonly purpose: Purpose;
  readonly caseNumber?: string;
  readonly incident?: string;
  /** when the operator attested to official business (426.3(a)) */
  readonly attestedAt: Instant;
  readonly localDate: LocalDate;
  readonly utcOffsetMinutes: number;
  readonly intervals: readonly Interval[];
  /** street words of a stationary or fixed place (426.4.1(d)) */
  readonly place?: string;
  /** databases the reads were compared with, by their public name */
  readonly databases: readonly {
    readonly compareName: string;
    readonly listVersionId: string;
    readonly asOf: Instant;
  }[];
  readonly counts: PeriodCounts;
  readonly closedAt: Instant | null;
}

const count = number({ min: 0, max: 10_000_000, integer: true });

export const checkCounts: Check<PeriodCounts> = closed<PeriodCounts>({
  reads: count,
  distinctPlates: count,
  stolen: count,
  warrant: count,
  license: count,
  investigative: count,
  other: count
});

const interval: Check<Interval> = closed<Interval>({
  startedAt: instant,
  endedAt: nullable(instant),
  endReason: nullable(oneOf('operator', 'lock', 'cameraLost', 'background', 'suspended', 'midnight', 'restart'))
});

export const checkPeriod: Check<ActivePeriod> = closed<ActivePeriod>({
  _id: uuid,
  kind: oneOf('period'),
  schema: oneOf(1),
  agencyId: uuid,
  deviceId: uuid,
  deployment: oneOf('handheld', 'vehicle', 'stationary', 'fixed'),
  operatorId: uuid,
  purpose: oneOf(...PURPOSES),
  caseNumber: optional(caseNumber),
  incident: optional(text({ min: 2, max: 120 })),
  attestedAt: instant,
  localDate,
  utcOffsetMinutes,
  intervals: list(interval, { min: 1, max: 5_000 }),
  place: optional(text({ min: 3, max: 120 })),
  databases: list(
    closed<ActivePeriod['databases'][number]>({
      compareName: text({ min: 2, max: 120 }),
      listVersionId: uuid,
      asOf: instant
    }),
    { max: 20 }
  ),
  counts: checkCounts,
  closedAt: nullable(instant)
});
