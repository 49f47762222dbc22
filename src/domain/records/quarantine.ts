import { closed, nullable, number, oneOf, text, type Check } from '../check/check.ts';
import { instant, uuid } from '../check/common.ts';
import { sealedId } from './sealed-id.ts';
import type { Instant } from '../time/instant.ts';

/**
 * That a record a tablet sent was set aside, and by which rule. The row names no plate; the sealed record itself lies in a
 * box of its own that is destroyed in time, or nowhere when its date had passed already.
 */
export interface QuarantineRecord {
  /** the id of the sealed record */
  readonly _id: string;
  readonly kind: 'quarantine';
  readonly schema: 1;
  readonly deviceId: string;
  readonly boxId: string;
  readonly seq: number;
  /** code of the rule that refused it */
  readonly reason: string;
  readonly receivedAt: Instant;
  /** the last instant of the sealed record; null: it was not kept at all */
  readonly destroyBy: Instant | null;
}

const fields: Check<QuarantineRecord> = closed<QuarantineRecord>({
  _id: text({ min: 45, max: 45 }),
  kind: oneOf('quarantine'),
  schema: oneOf(1),
  deviceId: uuid,
  boxId: uuid,
  seq: number({ min: 1, max: 99_999_999, integer: true }),
  reason: text({ min: 3, max: 60, pattern: /^[A-Za-z]+$/, what: 'a code' }),
  receivedAt: instant,
  destroyBy: nullable(instant)
});

export const checkQuarantineRecord: Check<QuarantineRecord> = (value, path) => {
  const found = fields(value, path);
  if (found !== null) return found;
  const row = value as QuarantineRecord;
  return row._id === sealedId(row.boxId, row.seq) ? null : { path: '_id', message: 'must be the box and the sequence' };
};
