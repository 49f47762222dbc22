import { closed, list, nullable, oneOf, optional, text, type Check } from '../check/check.ts';
import { instant, localDate, uuid } from '../check/common.ts';
import type { Instant, LocalDate } from '../time/instant.ts';

/** What stands at a place: a tablet on a tripod, a fixed reader, or another surveillance device that can read plates (426.4.1). */
export const PLACED = ['stationary', 'fixed', 'otherDevice'] as const;
export type Placed = (typeof PLACED)[number];

/** A row of the list of current and previous places, with its dates (426.4.1; 13.824 subd. 5(b)). */
export interface FixedLocation {
  readonly _id: string;
  readonly kind: 'fixedLocation';
  readonly schema: 1;
  /** the tablet that stood there; null where a person entered the place of something else */
  readonly deviceId: string | null;
  readonly description: string;
  readonly deployment: Placed;
  readonly installedAt: Instant;
  /** null: still there */
  readonly removedAt: Instant | null;
  /** left out, or null again: the public sees the row */
  readonly withheld?: Withholding | null;
}

/** Why a place is kept from the public: a written determination that it is security information (13.37 subd. 1(a), subd. 2). */
export interface Withholding {
  readonly determination: string;
  readonly by: string;
  readonly at: Instant;
  /** the day by which it is looked at anew: no place is withheld for good (LAW A19) */
  readonly reviewOn: LocalDate;
}

/** That the Bureau of Criminal Apprehension was told, and the proof of it (426.3.1(d); 13.824 subd. 8). */
export interface BcaNotice {
  readonly _id: string;
  readonly kind: 'bcaNotice';
  readonly schema: 1;
  readonly sentOn: LocalDate;
  /** how, and where the proof is kept: the message that was sent, the answer that came */
  readonly proof: string;
  /** what the notice told of, by the ids of what called for it */
  readonly covers: readonly string[];
  readonly enteredBy: string;
  readonly enteredAt: Instant;
}

export const checkPlaceWords: Check<string> = text({ min: 3, max: 120 });
export const checkDetermination: Check<string> = text({ min: 40, max: 2000 });
export const checkProof: Check<string> = text({ min: 10, max: 500 });
/** An event that calls for a notice: a place by its id, or the first use. */
export const checkNoticeEventId: Check<string> = text({
  min: 8,
  max: 40,
  pattern: /^[a-zA-Z0-9-]+$/,
  what: 'what calls for a notice'
});
/** No register grows past this; a notice may tell of all of it. */
export const MOST_COVERED = 500;

export const checkFixedLocation: Check<FixedLocation> = closed<FixedLocation>({
  _id: uuid,
  kind: oneOf('fixedLocation'),
  schema: oneOf(1),
  deviceId: nullable(uuid),
  description: checkPlaceWords,
  deployment: oneOf(...PLACED),
  installedAt: instant,
  removedAt: nullable(instant),
  withheld: optional(
    nullable(closed<Withholding>({ determination: checkDetermination, by: uuid, at: instant, reviewOn: localDate }))
  )
});

export const checkBcaNotice: Check<BcaNotice> = closed<BcaNotice>({
  _id: uuid,
  kind: oneOf('bcaNotice'),
  schema: oneOf(1),
  sentOn: localDate,
  proof: checkProof,
  covers: list(checkNoticeEventId, { min: 1, max: MOST_COVERED }),
  enteredBy: uuid,
  enteredAt: instant
});
