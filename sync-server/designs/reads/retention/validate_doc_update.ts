import { collectionOf } from '#domain/policy/collection-fields.ts';
import { mayRewriteHit } from '#domain/policy/hit-rewrite.ts';
import { mayEnterBox } from '#domain/policy/retention.ts';
import { checkCorrection } from '#domain/records/correction.ts';
import type { DayRecord } from '#domain/records/day-record.ts';
import { checkHit, type Hit } from '#domain/records/hit.ts';
import { MAX_PICTURE_BYTES, PICTURE_NAMES } from '#domain/records/read.ts';
import { instantOf } from '#domain/time/instant.ts';
import { demand, forbid } from '#designs/shared/forbid.ts';
import { existedBefore, hasRole, recordOf, type Writer, type Written } from '#designs/shared/written.ts';

/**
 * May this record be in the day box of its date? Reads, hits and corrections only, closed in their fields (426.3.1(a)), never changed once written,
 * of this very date, with a destroy date the law allows and not past it (426.4): a late tablet cannot bring destroyed data back.
 */
export default function retention(document: Written, before: Written | null, writer: Writer): void {
  if (document._deleted === true) return tombstone(document, writer);
  if (!hasRole(writer, 'ingest')) forbid('notIngest', 'only the ingest writes into a day box');
  const record = recordOf(document);
  if (existedBefore(before)) onlyAnswered(before, record);
  if (record['kind'] === 'read') lawfulRead(record, document);
  else if (record['kind'] === 'hit') properHit(record, document);
  else if (record['kind'] === 'correction') properCorrection(record, document);
  else forbid('unknownKind', 'a day box holds reads, hits and corrections');
  const date = /^reads-(\d{4}-\d{2}-\d{2})$/.exec(writer.db);
  if (date === null) return forbid('wrongBox', 'this is not the box of a day');
  const admission = mayEnterBox(record as unknown as DayRecord, String(date[1]), instantOf(Date.now()));
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

function lawfulRead(record: Record<string, unknown>, document: Written): void {
  const collection = collectionOf(record);
  if (collection.kind === 'refused') forbid(collection.code, collection.reason);
  const pictures = document._attachments === undefined ? {} : document._attachments;
  for (const name of Object.keys(pictures)) {
    if (name !== PICTURE_NAMES.plateImage && name !== PICTURE_NAMES.contextImage)
      forbid('unlawfulField', 'a read has a plate image and a context image, nothing else');
    const picture = pictures[name];
    if (picture === undefined || picture.content_type !== 'image/jpeg')
      forbid('improperRead', 'a picture is a JPEG file');
    if (picture.length !== undefined && picture.length > MAX_PICTURE_BYTES)
      forbid('improperRead', 'a picture is too large');
  }
}

function properHit(record: Record<string, unknown>, document: Written): void {
  if (document._attachments !== undefined) forbid('unlawfulField', 'a hit has no pictures of its own');
  demand(checkHit, record);
}

function properCorrection(record: Record<string, unknown>, document: Written): void {
  if (document._attachments !== undefined) forbid('unlawfulField', 'a correction has no pictures');
  demand(checkCorrection, record);
}
