import { mayRewriteHit } from '#domain/policy/hit-rewrite.ts';
import { mayEnterBox } from '#domain/policy/retention.ts';
import type { Hit } from '#domain/records/hit.ts';
import type { Read } from '#domain/records/read.ts';
import { instantOf } from '#domain/time/instant.ts';
import { forbid } from '#designs/shared/forbid.ts';
import { demandKeptRecord } from '#designs/shared/kept-records.ts';
import { existedBefore, hasRole, recordOf, type Writer, type Written } from '#designs/shared/written.ts';

/**
 * May this record be in the day box of its date? Reads and hits only, closed in their fields (426.3.1(a)), never changed once written,
 * of this very date, with a destroy date the law allows and not past it (426.4): a late tablet cannot bring destroyed data back.
 */
export default function retention(document: Written, before: Written | null, writer: Writer): void {
  if (document._deleted === true) return tombstone(document, writer);
  // The destroyer writes when it rebuilds a box without reads that had to go early (426.4(b)).
  if (!hasRole(writer, 'ingest') && !hasRole(writer, 'destroyer'))
    forbid('notIngest', 'only the ingest writes into a day box');
  const record = recordOf(document);
  if (existedBefore(before)) onlyAnswered(before, record);
  demandKeptRecord(record, document);
  const date = /^reads-(\d{4}-\d{2}-\d{2})$/.exec(writer.db);
  if (date === null) return forbid('wrongBox', 'this is not the box of a day');
  const admission = mayEnterBox(record as unknown as Read | Hit, String(date[1]), instantOf(Date.now()));
  if (admission.kind === 'refused') forbid(admission.code, admission.reason);
}

// A read is never changed; of a hit, only what the officer still owed is added.
function onlyAnswered(before: Written | null, record: Record<string, unknown>): void {
  const facts = before === null ? {} : recordOf(before);
  if (facts['kind'] !== 'hit' || !mayRewriteHit(facts as unknown as Hit, record as unknown as Hit))
    forbid('immutable', 'a read or hit is never changed');
}

// A box is destroyed whole; where a tombstone is needed all the same it carries nothing of the read.
function tombstone(document: Written, writer: Writer): void {
  if (!hasRole(writer, 'destroyer')) forbid('immutable', 'only the destroyer takes a read away');
  const left = Object.keys(recordOf(document)).filter((name) => name !== '_id');
  if (left.length > 0 || document._attachments !== undefined) forbid('bodyInTombstone', 'a deletion carries no body');
}
