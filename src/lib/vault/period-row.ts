import { closed, nullable, oneOf, type Check } from '#domain/check/check.ts';
import { localDate, uuid } from '#domain/check/common.ts';
import type { ActivePeriod } from '#domain/records/period.ts';
import { checkSealedRecord, type SealedRecord } from '#domain/records/sealed.ts';
import type { LocalDate } from '#domain/time/instant.ts';
import { checkBox, type Box } from './box.ts';
import { checkOwnNote, type OwnNote } from './own-note.ts';

/** What anybody may know of the period under way: a locked tablet decides by it, and it names no case and no place. */
export interface PeriodMark {
  readonly periodId: string;
  readonly operatorId: string;
  readonly localDate: LocalDate;
}

/** The period under way as it lies on the disk: what was stated of it opens for its officer and for headquarters alone. */
export interface PeriodRow extends PeriodMark {
  readonly kind: 'periodUnderWay';
  readonly schema: 2;
  /** for its officer; null: nobody had an own key */
  readonly note: OwnNote | null;
  /** how it ends when its officer never comes back: a box with its last record, sealed for headquarters already */
  readonly ending: { readonly box: Box; readonly record: SealedRecord };
}

export const checkPeriodRow: Check<PeriodRow> = closed<PeriodRow>({
  kind: oneOf('periodUnderWay'),
  schema: oneOf(2),
  periodId: uuid,
  operatorId: uuid,
  localDate,
  note: nullable(checkOwnNote),
  ending: closed<PeriodRow['ending']>({ box: checkBox, record: checkSealedRecord })
});

export const markOf = ({ _id: periodId, operatorId, localDate: date }: ActivePeriod): PeriodMark => ({
  periodId,
  operatorId,
  localDate: date
});
