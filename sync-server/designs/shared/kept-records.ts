import { collectionOf } from '#domain/policy/collection-fields.ts';
import { checkCorrection } from '#domain/records/correction.ts';
import { hitAdmission } from '#domain/policy/verification.ts';
import { checkHit, type Hit } from '#domain/records/hit.ts';
import { MAX_PICTURE_BYTES, PICTURE_NAMES } from '#domain/records/read.ts';
import { demand, forbid } from './forbid.ts';
import type { Written } from './written.ts';

/** Refuses what is no read, hit or correction as the law lets an ALPR keep it, with no other pictures than its two (426.3.1(a)). */
export function demandKeptRecord(record: Record<string, unknown>, document: Written): void {
  if (record['kind'] === 'read') lawfulRead(record, document);
  else if (record['kind'] === 'hit') properHit(record, document);
  else if (record['kind'] === 'correction') properCorrection(record, document);
  else forbid('unknownKind', 'a box holds reads, hits and corrections');
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
  const admission = hitAdmission(record as unknown as Hit);
  if (admission.kind === 'refused') forbid(admission.code, admission.reason);
}

function properCorrection(record: Record<string, unknown>, document: Written): void {
  if (document._attachments !== undefined) forbid('unlawfulField', 'a correction has no pictures');
  demand(checkCorrection, record);
}
