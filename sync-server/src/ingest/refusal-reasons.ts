import { collectionOf } from '#domain/policy/collection-fields.ts';
import { isInstant, type Instant } from '#domain/time/instant.ts';

/** Why a record is set aside. Codes of the domain's rules, and those that only the server can tell. */
export const INGEST_REASONS = [
  'unlawfulField',
  'improperRecord',
  'notOurKey',
  'brokenSeal',
  'wrongAgency',
  'notItsOwn',
  'wrongDevice',
  'wrongBox',
  'keptTooLong',
  'pastItsDate',
  'clockAhead',
  'periodUnknown',
  'improperPeriod',
  'caseNumberMissing',
  'placeMissing',
  'operatorUnknown',
  'noPolicy',
  'suspended',
  'memberDisabled',
  'noTraining',
  'trainingExpired',
  'noGrant',
  'noRole',
  'unknownSource',
  'notVerified',
  'readUnknown',
  'idTaken',
  'refusedByDesign'
] as const;
export type IngestReason = (typeof INGEST_REASONS)[number];

/** The code of a design document's refusal, when it is one of ours. */
export function asReason(code: string): IngestReason {
  if (code === 'improperRead') return 'improperRecord';
  return INGEST_REASONS.find((reason) => reason === code) ?? 'refusedByDesign';
}

export interface Improper {
  readonly reason: IngestReason;
  /** when it was collected, as far as it says so; its sealed body goes by that date */
  readonly collectedAt: Instant | null;
}

/** Why opened bytes are no proper record: a field the law does not allow is told apart from mere damage (426.3.1(a)). */
export function whyImproper(bytes: Uint8Array): Improper {
  const record = recordInBytes(bytes);
  const collectedAt = isInstant(record?.['collectedAt']) ? record['collectedAt'] : null;
  const collection = record?.['kind'] === 'read' ? collectionOf(record) : undefined;
  const unlawful = collection?.kind === 'refused' && collection.code === 'unlawfulField';
  return { reason: unlawful ? 'unlawfulField' : 'improperRecord', collectedAt };
}

function recordInBytes(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
    const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as { record?: unknown };
    return typeof head.record === 'object' && head.record !== null
      ? (head.record as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
