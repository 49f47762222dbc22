import { plateText } from '#domain/check/common.ts';
import type { AuditEntry, SealedQuery } from '#domain/records/audit.ts';
import type { Keys } from '../keys/keys.ts';

/** What a sealed question is bound to: nothing else that is sealed for the audit key passes for one. */
const QUERY_INFO = 'platekeeper audit query v1';
const QUERY_CONTEXT = 'plate';
/** As long as the longest plate, so that the length of what is sealed tells nothing. */
const FILLED_TO = 8;

type AskedFor = Required<Pick<AuditEntry, 'plateTag' | 'sealedQuery'>>;

/**
 * What the trail says of a plate that somebody asked for: a tag that finds the same question again, and the plate itself, sealed for who
 * audits (426.5(e); 13.824 subd. 7(c); LAW 4.8). Readable to nobody who merely reads the trail, an export or a backup of it.
 */
export async function askedFor({ tags, audit }: Pick<Keys, 'tags' | 'audit'>, plate: string): Promise<AskedFor> {
  const bytes = new TextEncoder().encode(plate.padEnd(FILLED_TO));
  return { plateTag: tags.plate(plate), sealedQuery: await audit.sealShort(bytes, QUERY_INFO, QUERY_CONTEXT) };
}

/** The plate that was asked for; null where it was changed or sealed for another key. */
export async function openQuery({ audit }: Pick<Keys, 'audit'>, sealed: SealedQuery): Promise<string | null> {
  const opened = await audit.openShort(sealed, QUERY_INFO, QUERY_CONTEXT);
  const plate = opened === null ? '' : new TextDecoder().decode(opened).trimEnd();
  return plateText(plate) === null ? plate : null;
}
