import { closed, list, nullable, number, oneOf, type Check } from '#domain/check/check.ts';
import { instant, localDate, uuid } from '#domain/check/common.ts';
import { boxDestroyAt, type RetentionSettings } from '#domain/policy/retention.ts';
import { localDateOf, type Instant, type LocalDate } from '#domain/time/instant.ts';

/** A box holds the records of one local date and no more than this many: then it is closed and can be destroyed whole. */
export const RECORDS_A_BOX = 200;

/** What a box is, written as the first frame of its journal, in the outbox and in the toolbox: each can tell it alone. */
export interface Box {
  readonly kind: 'box';
  readonly schema: 1;
  readonly boxId: string;
  readonly deviceId: string;
  readonly localDate: LocalDate;
  readonly openedAt: Instant;
  /** the last instant at which the box may exist on the tablet (policy 426.4) */
  readonly destroyBy: Instant;
}

export const checkBox: Check<Box> = closed<Box>({
  kind: oneOf('box'),
  schema: oneOf(1),
  boxId: uuid,
  deviceId: uuid,
  localDate,
  openedAt: instant,
  destroyBy: instant
});

export interface BoxPlace {
  readonly boxId: string;
  readonly deviceId: string;
  readonly localDate: LocalDate;
  readonly utcOffsetMinutes: number;
}

/** A new box for one local date; its end counts from the first moment of that date, as at the server. */
export function newBox(place: BoxPlace, now: Instant, retention: RetentionSettings): Box {
  return {
    kind: 'box',
    schema: 1,
    boxId: place.boxId,
    deviceId: place.deviceId,
    localDate: place.localDate,
    openedAt: now,
    destroyBy: boxDestroyAt(place.localDate, place.utcOffsetMinutes, retention)
  };
}

/** A box whose own description is lost: it was last written at `lastWrittenAt` and ends as if it had been opened then. */
export function boxFoundAgain(
  boxId: string,
  deviceId: string,
  lastWrittenAt: Instant,
  retention: RetentionSettings
): Box {
  return newBox(
    { boxId, deviceId, localDate: localDateOf(lastWrittenAt, 0), utcOffsetMinutes: 0 },
    lastWrittenAt,
    retention
  );
}

/** What the toolbox knows of a box beyond what it is. */
export interface BoxRow extends Box {
  readonly closedAt: Instant | null;
  /** sequences the tablet holds, as inclusive ranges; written when the box is closed or healed */
  readonly held: readonly (readonly [number, number])[];
  /** written before the first file goes, so that a destruction cut short is finished at the next start */
  readonly destroying: DestroyReason | null;
}

/** Why a box is destroyed: headquarters has all of it, its date has passed, or nothing was ever in it. */
export type DestroyReason = 'receipted' | 'due' | 'empty';

const range: Check<readonly [number, number]> = (value, path) =>
  list(number({ min: 1, max: 99_999_999, integer: true }), { min: 2, max: 2 })(value, path);

export const checkBoxRow: Check<BoxRow> = (value, path) => {
  const { closedAt, held, destroying, ...box } = (value ?? {}) as Partial<BoxRow>;
  return (
    checkBox(box, path) ??
    closed<Pick<BoxRow, 'closedAt' | 'held' | 'destroying'>>({
      closedAt: nullable(instant),
      held: list(range, { max: 1_000 }),
      destroying: nullable(oneOf('receipted', 'due', 'empty'))
    })({ closedAt, held, destroying }, path)
  );
};
