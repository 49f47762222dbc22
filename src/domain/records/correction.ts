import { both, closed, number, oneOf, optional, type Check } from '../check/check.ts';
import { instant, plateText, uuid } from '../check/common.ts';
import type { Instant } from '../time/instant.ts';

export const CORRECTION_SCHEMA = 1;

/** What the officer found by eye: a sign, a sticker or lettering was taken for a plate; or the plate says something else. */
export type Finding =
  { readonly finding: 'notAPlate' } | { readonly finding: 'misread'; /** what it says */ readonly plate: string };

/**
 * The officer's word about a read, beside it and never in its place: what was read stays as it was read, and who looks at it
 * later sees both (data must be accurate, Minn. Stat. 13.05 subd. 5). It lives as long as its read (426.4).
 */
export type Correction = CorrectionFacts & Finding;

interface CorrectionFacts {
  readonly _id: string;
  readonly kind: 'correction';
  readonly schema: typeof CORRECTION_SCHEMA;
  readonly readId: string;
  readonly periodId: string;
  /** of the read, so that both lie in the box of one date */
  readonly collectedAt: Instant;
  readonly utcOffsetMinutes: number;
  readonly correctedAt: Instant;
  readonly destroyBy: Instant;
}

type Found = CorrectionFacts & { readonly finding: Finding['finding']; readonly plate?: string };

/** Which plate it is belongs to a misread, and to nothing else. One check for both: every document of a day box pays for its length. */
export const checkCorrection: Check<Correction> = both<Found>(
  closed<Found>({
    _id: uuid,
    kind: oneOf('correction'),
    schema: oneOf(CORRECTION_SCHEMA),
    readId: uuid,
    periodId: uuid,
    collectedAt: instant,
    utcOffsetMinutes: number({ min: -840, max: 840, integer: true }),
    correctedAt: instant,
    finding: oneOf('notAPlate', 'misread'),
    plate: optional(plateText),
    destroyBy: instant
  }),
  ({ finding, plate }, path = '') =>
    (finding === 'misread') === (plate !== undefined) ? null : { path, message: 'names a plate where it was misread' }
) as Check<Correction>;

/** What was found, without the facts around it. */
export const findingOf = (correction: Finding): Finding =>
  correction.finding === 'misread' ? { finding: 'misread', plate: correction.plate } : { finding: correction.finding };

/** The correction of a read, for the period that the read is of. */
export function correctionOf(
  read: Pick<CorrectionFacts, '_id' | 'periodId' | 'collectedAt' | 'utcOffsetMinutes' | 'destroyBy'>,
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
    ...finding,
    destroyBy
  };
}
