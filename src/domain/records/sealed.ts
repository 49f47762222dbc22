import { both, closed, list, number, oneOf, optional, text, type Check } from '../check/check.ts';
import { base64, uuid } from '../check/common.ts';
import { checkCorrection, type Correction } from './correction.ts';
import type { DayRecord } from './day-record.ts';
import { checkHit, type Hit } from './hit.ts';
import { HOTLIST_CATEGORIES, type HotlistCategory } from './hotlist.ts';
import { checkPeriod, type ActivePeriod } from './period.ts';
import { checkRead, MAX_PICTURE_BYTES, type Pictures, type Read } from './read.ts';
import { sealedId } from './sealed-id.ts';

/**
 * What a tablet writes: a record nobody but the server can open. Sealed with the box's AES-256-GCM key, which lives only
 * in the vault worker's memory and travels wrapped for the server (HPKE) in every record, so that each one can be opened alone.
 */
export interface SealedRecord {
  /** `<boxId>:<8-digit sequence>` */
  readonly _id: string;
  readonly kind: 'sealed';
  readonly schema: 1;
  readonly deviceId: string;
  readonly boxId: string;
  readonly seq: number;
  /** id of the server's sealing key, and HPKE's encapsulated key and wrapped box key, base64 */
  readonly sealedFor: string;
  readonly encapsulated: string;
  readonly wrappedKey: string;
  /** 96-bit nonce and ciphertext, base64 */
  readonly iv: string;
  readonly body: string;
}

/** About two full-size pictures and the record, in base64. */
export const MAX_SEALED_BODY = 400_000;

export { sealedId };

/** What the seal is bound to: a record moved to another device, box or place in the box does not open. */
export function sealedContext(record: Pick<SealedRecord, 'deviceId' | 'boxId' | 'seq'>): string {
  return `${record.deviceId}|${record.boxId}|${record.seq}`;
}

export const checkSealedRecord: Check<SealedRecord> = both(
  closed<SealedRecord>({
    _id: text({ min: 45, max: 45 }),
    kind: oneOf('sealed'),
    schema: oneOf(1),
    deviceId: uuid,
    boxId: uuid,
    seq: number({ min: 1, max: 99_999_999, integer: true }),
    sealedFor: text({ min: 8, max: 64, pattern: /^[A-Za-z0-9_-]+$/, what: 'a key id' }),
    encapsulated: base64(200),
    wrappedKey: base64(200),
    iv: base64(16),
    body: base64(MAX_SEALED_BODY)
  }),
  (record, path) =>
    record._id === sealedId(record.boxId, record.seq)
      ? null
      : { path: (path === undefined ? '' : path + '.') + '_id', message: 'must be the box and the sequence' }
);

export interface MatchedEntry {
  readonly listVersionId: string;
  readonly category: HotlistCategory;
}

/** What is inside a seal. A read carries its pictures; a period record is a snapshot, the latest one counts. */
export type SealedContent =
  | {
      readonly kind: 'read';
      readonly read: Read;
      readonly pictures: Pictures;
      /** the hotlist entry it matched, when it did: what may be kept depends on its category (13.824 subd. 3(c)) */
      readonly matched?: MatchedEntry;
    }
  | { readonly kind: 'hit'; readonly hit: Hit }
  | { readonly kind: 'correction'; readonly correction: Correction }
  | { readonly kind: 'period'; readonly period: ActivePeriod };

/**
 * Writes a content as bytes: length of the JSON head (4 bytes, big-endian), the head, then the pictures' bytes.
 * Binary, because base64 inside the seal would make every picture a third larger twice.
 */
export function packContent(content: SealedContent): Uint8Array {
  const pictures = content.kind === 'read' ? [content.pictures.plateImage, content.pictures.contextImage] : [];
  const matched = content.kind === 'read' && content.matched !== undefined ? { matched: content.matched } : {};
  const head = { kind: content.kind, record: recordOf(content), bytes: pictures.map((p) => p.length), ...matched };
  const json = asciiBytes(head);
  const packed = new Uint8Array(4 + json.length + pictures.reduce((sum, p) => sum + p.length, 0));
  new DataView(packed.buffer).setUint32(0, json.length);
  packed.set(json, 4);
  let at = 4 + json.length;
  for (const picture of pictures) {
    packed.set(picture, at);
    at += picture.length;
  }
  return packed;
}

/** The record of a content, without its pictures. */
export function recordOf(content: Exclude<SealedContent, { kind: 'period' }>): DayRecord;
export function recordOf(content: SealedContent): DayRecord | ActivePeriod;
export function recordOf(content: SealedContent): DayRecord | ActivePeriod {
  switch (content.kind) {
    case 'read':
      return content.read;
    case 'hit':
      return content.hit;
    case 'correction':
      return content.correction;
    case 'period':
      return content.period;
  }
}

// JSON with everything beyond ASCII written as \\u escapes: bytes and characters are then the same thing on every engine.
function asciiBytes(value: unknown): Uint8Array {
  const json = JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (c) => '\\u' + ('000' + c.charCodeAt(0).toString(16)).slice(-4)
  );
  const bytes = new Uint8Array(json.length);
  for (let i = 0; i < json.length; i++) bytes[i] = json.charCodeAt(i);
  return bytes;
}

function asciiText(bytes: Uint8Array): string {
  let written = '';
  for (const byte of bytes) written += String.fromCharCode(byte);
  return written;
}

export type Unpacked =
  { readonly kind: 'proper'; readonly content: SealedContent } | { readonly kind: 'improper'; readonly reason: string };

interface Head {
  readonly kind: SealedContent['kind'];
  readonly record: unknown;
  /** lengths of the pictures that follow */
  readonly bytes: readonly number[];
  readonly matched?: MatchedEntry;
}

const RECORD_CHECKS: Readonly<Record<SealedContent['kind'], Check<unknown>>> = {
  read: checkRead,
  hit: checkHit,
  correction: checkCorrection,
  period: checkPeriod
};

const checkHead = closed<Head>({
  kind: oneOf('read', 'hit', 'correction', 'period'),
  record: () => null,
  bytes: list(number({ min: 1, max: MAX_PICTURE_BYTES, integer: true }), { max: 2 }),
  matched: optional(closed<MatchedEntry>({ listVersionId: uuid, category: oneOf(...HOTLIST_CATEGORIES) }))
});
const isHead = (value: unknown): value is Head => checkHead(value) === null;

/** Reads what packContent wrote and checks the record inside; bad bytes give a reason, never an exception. */
export function unpackContent(packed: Uint8Array): Unpacked {
  const improper = (reason: string): Unpacked => ({ kind: 'improper', reason });
  if (packed.length < 4) return improper('too short');
  const length = new DataView(packed.buffer, packed.byteOffset, packed.byteLength).getUint32(0);
  if (length > packed.length - 4) return improper('head is cut off');
  let head: unknown;
  try {
    head = JSON.parse(asciiText(packed.subarray(4, 4 + length)));
  } catch {
    return improper('head is not JSON');
  }
  if (!isHead(head)) return improper('head is not proper');
  const problem = RECORD_CHECKS[head.kind](head.record, head.kind);
  if (problem !== null) return improper(`${problem.path} ${problem.message}`);
  const rest = packed.subarray(4 + length);
  if (head.kind === 'hit') return { kind: 'proper', content: { kind: 'hit', hit: head.record as Hit } };
  if (head.kind === 'correction')
    return { kind: 'proper', content: { kind: 'correction', correction: head.record as Correction } };
  if (head.kind === 'period')
    return { kind: 'proper', content: { kind: 'period', period: head.record as ActivePeriod } };
  const [plate, context] = head.bytes;
  if (plate === undefined || context === undefined || plate + context !== rest.length)
    return improper('pictures are cut off');
  return {
    kind: 'proper',
    content: {
      kind: 'read',
      read: head.record as Read,
      pictures: { plateImage: rest.slice(0, plate), contextImage: rest.slice(plate) },
      ...(head.matched === undefined ? {} : { matched: head.matched })
    }
  };
}
