import type { StoredDocument, WriteOutcome } from './store.ts';

/** Why a document was not taken: `code` names the rule, `reason` is a sentence. Neither carries a value of the document. */
export interface Refusal {
  readonly code: string;
  readonly reason: string;
}

/** Reads what a design document said: `throw({forbidden: 'code: sentence'})`. */
export function readRefusal(said: string, otherwise = 'forbidden'): Refusal {
  const parts = /^([A-Za-z][A-Za-z0-9_-]*): ([\s\S]+)$/.exec(said);
  return parts?.[1] !== undefined && parts[2] !== undefined
    ? { code: parts[1], reason: parts[2] }
    : { code: otherwise, reason: said };
}

export function refused(id: string, refusal: Refusal): WriteOutcome {
  return { kind: 'refused', id, code: refusal.code, reason: refusal.reason };
}

const SPECIAL = ['_id', '_rev', '_deleted', '_attachments', '_revisions'];
const REVISION = /^\d{1,9}-[0-9a-f]{1,64}$/;

/**
 * What neither engine takes, said before either is asked, so that one bad document never fails a whole bulk:
 * ids that belong to the engine, unknown fields of the engine, revisions and attachments in no proper form.
 */
export function malformed(document: StoredDocument, edits: 'new' | 'replicated'): Refusal | undefined {
  const bad = (reason: string): Refusal => ({ code: 'malformed', reason });
  if (typeof document._id !== 'string' || document._id === '') return bad('The document has no id.');
  if (document._id.startsWith('_')) return { code: 'reserved', reason: 'Ids that begin with _ belong to the engine.' };
  if (document._id.length > 512) return bad('The id is too long.');
  for (const field of Object.keys(document)) {
    if (field.startsWith('_') && !SPECIAL.includes(field))
      return bad('A field that begins with _ belongs to the engine.');
  }
  if (document._rev !== undefined && !REVISION.test(document._rev)) return bad('The revision is in no proper form.');
  if (edits === 'replicated' && !hasRevision(document)) return bad('A replicated document brings its revision.');
  for (const attachment of Object.values(document._attachments ?? {})) {
    if (attachment.stub === true) continue;
    if (typeof attachment.content_type !== 'string' || !isBase64(attachment.data))
      return bad('An attachment is not base64.');
  }
  return undefined;
}

/** The revisions a replicated document brings, newest first. */
export interface RevisionPath {
  readonly start: number;
  readonly ids: readonly string[];
}

function hasRevision(document: StoredDocument): boolean {
  if (document._rev === undefined) return false;
  const path = document['_revisions'] as RevisionPath | undefined;
  if (path === undefined) return true;
  return (
    Number.isInteger(path.start) &&
    Array.isArray(path.ids) &&
    path.ids.length > 0 &&
    path.ids.length <= path.start &&
    path.ids.every((id) => typeof id === 'string' && /^[0-9a-f]{1,64}$/.test(id)) &&
    `${path.start}-${path.ids[0]}` === document._rev
  );
}

function isBase64(data: unknown): boolean {
  return typeof data === 'string' && data.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(data);
}
