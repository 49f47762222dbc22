import { closed, number, oneOf, type Check } from '../check/check.ts';
import { instant, localDate, uuid } from '../check/common.ts';
import type { Instant, LocalDate } from '../time/instant.ts';

/** That the day box of a date is gone: when, how many reads were in it, and how (LAW 4.11). No plate and no id of a read. */
export interface Destruction {
  readonly _id: string;
  readonly kind: 'destruction';
  readonly schema: 1;
  readonly date: LocalDate;
  readonly reads: number;
  readonly destroyedAt: Instant;
  readonly method: 'boxDropped';
}

export const checkDestruction: Check<Destruction> = closed<Destruction>({
  _id: uuid,
  kind: oneOf('destruction'),
  schema: oneOf(1),
  date: localDate,
  reads: number({ min: 0, max: 1e9, integer: true }),
  destroyedAt: instant,
  method: oneOf('boxDropped')
});
