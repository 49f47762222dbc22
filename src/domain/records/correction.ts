import { closed, number, oneOf, type Check } from '../check/check.ts';
import { instant, uuid } from '../check/common.ts';
import type { Instant } from '../time/instant.ts';

export const CORRECTION_SCHEMA = 1;

/** What the officer found by eye: a sign, a sticker or lettering was taken for a plate. */
export type Finding = 'notAPlate';

/**
 * The officer's word about a read, beside it and never in its place: what was read stays as it was read, and who looks at it
 * later sees both (data must be accurate, Minn. Stat. 13.05 subd. 5). It lives as long as its read (426.4).
 */
export interface Correction {
  readonly _id: string;
  readonly kind: 'correction';
  readonly schema: typeof CORRECTION_SCHEMA;
  readonly readId: string;
  readonly periodId: string;
  /** of the read, so that both lie in the box of one date */
  readonly collectedAt: Instant;
  readonly utcOffsetMinutes: number;
  readonly correctedAt: Instant;
  readonly finding: Finding;
  readonly destroyBy: Instant;
}

export const checkCorrection: Check<Correction> = closed<Correction>({
  _id: uuid,
  kind: oneOf('correction'),
  schema: oneOf(CORRECTION_SCHEMA),
  readId: uuid,
  periodId: uuid,
  collectedAt: instant,
  utcOffsetMinutes: number({ min: -840, max: 840, integer: true }),
  correctedAt: instant,
  finding: oneOf('notAPlate'),
  destroyBy: instant
});

/** The correction of a read, for the period that the read is of. */
export function correctionOf(
  read: Pick<Correction, '_id' | 'periodId' | 'collectedAt' | 'utcOffsetMinutes' | 'destroyBy'>,
  finding: Finding,
  given: { readonly id: string; readonly now: Instant }
): Correction {
  const { _id: readId, periodId, collectedAt, utcOffsetMinutes, destroyBy } = read;
  return {
    _id: given.id,
    kind: 'correction',
    schema: CORRECTION_SCHEMA,
    readId,
    periodId,
    collectedAt,
    utcOffsetMinutes,
    correctedAt: given.now,
    finding,
    destroyBy
  };
}
