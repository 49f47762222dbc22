import { closed, nullable, number, oneOf, type Check } from '../check/check.ts';
import { instant, uuid } from '../check/common.ts';
import type { Instant } from '../time/instant.ts';

/**
 * What the register remembers of a tablet's box: whose it is, and, once everything in it is safe and the tablet has
 * destroyed its copy, that it is finished, so that a late retry is answered and never opened again. No plate is in it.
 */
export interface BoxRecord {
  readonly _id: string;
  readonly kind: 'box';
  readonly schema: 1;
  readonly deviceId: string;
  readonly openedAt: Instant;
  readonly finishedAt: Instant | null;
  /** records the tablet had in the box, as it said at the end */
  readonly records: number | null;
}

export const checkBoxRecord: Check<BoxRecord> = closed<BoxRecord>({
  _id: uuid,
  kind: oneOf('box'),
  schema: oneOf(1),
  deviceId: uuid,
  openedAt: instant,
  finishedAt: nullable(instant),
  records: nullable(number({ min: 0, max: 99_999_999, integer: true }))
});
