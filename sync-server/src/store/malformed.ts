/**
 * What neither engine takes, said before either is asked. CouchDB refuses a whole bulk for one document that it cannot read, so
 * everything it would stumble over is found here: a tablet with one bad record must not keep the others from being stored.
 */
import { createHash } from 'node:crypto';
import type { Refusal } from './refusal.ts';
import type { StoredDocument } from './store.ts';

const SPECIAL = ['_id', '_rev', '_deleted', '_attachments', '_revisions'];
const ATTACHMENT_FIELDS = ['content_type', 'data', 'digest', 'length', 'revpos', 'stub'];
const REVISION = /^[1-9]\d{0,8}-[0-9a-f]{1,64}$/;
const REVISION_HASH = /^[0-9a-f]{1,64}$/;

// Below the limits in sync-server/couchdb/local.ini, which CouchDB counts a little differently.
const MAX_ID_BYTES = 512;
const MAX_DOCUMENT_BYTES = 1_500_000;
const MAX_ATTACHMENT_BYTES = 1_000_000;

/** The revisions a replicated document brings, newest first. */
export interface RevisionPath {
  readonly start: number;
  readonly ids: readonly string[];
}

/**
 * Why a document has no proper form: ids and fields that belong to the engine, revisions and attachments in no proper form, text
 * that is no Unicode, or more bytes than a document of ours can have. Undefined when an engine may judge it.
 */
export function malformed(document: StoredDocument, edits: 'new' | 'replicated'): Refusal | undefined {
  return badId(document) ?? badFields(document) ?? badRevision(document, edits) ?? badAttachments(document);
}

const bad = (reason: string): Refusal => ({ code: 'malformed', reason });

function badId(document: StoredDocument): Refusal | undefined {
  if (typeof document._id !== 'string' || document._id === '') return bad('The document has no id.');
  if (document._id.startsWith('_')) return { code: 'reserved', reason: 'Ids that begin with _ belong to the engine.' };
  if (Buffer.byteLength(document._id) > MAX_ID_BYTES) return bad('The id is too long.');
  return undefined;
}

function badFields({ _attachments, ...rest }: StoredDocument): Refusal | undefined {
  if (Object.keys(rest).some((field) => field.startsWith('_') && !SPECIAL.includes(field)))
    return bad('A field that begins with _ belongs to the engine.');
  if (rest._deleted !== undefined && typeof rest._deleted !== 'boolean') return bad('Deleted is true or not there.');
  const written = JSON.stringify(rest);
  if (Buffer.byteLength(written) > MAX_DOCUMENT_BYTES) return bad('The document is too large.');
  // JSON writes half a character as an escape of its own, and a whole one as itself.
  if (/\\ud[89a-f]/.test(written) && hasHalfCharacter(rest)) return bad('The document holds text that is no Unicode.');
  return undefined;
}

function hasHalfCharacter(value: unknown): boolean {
  if (typeof value === 'string') return !isUnicode(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inside]) => !isUnicode(name) || hasHalfCharacter(inside));
}

// Half a character that stands alone is not.
function isUnicode(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

function badRevision(document: StoredDocument, edits: 'new' | 'replicated'): Refusal | undefined {
  const { _rev: rev, _revisions: path }: { readonly _rev?: unknown; readonly _revisions?: unknown } = document;
  if (rev !== undefined && (typeof rev !== 'string' || !REVISION.test(rev)))
    return bad('The revision is in no proper form.');
  if (path !== undefined && !isPathTo(rev, path)) return bad('The revisions are in no proper form.');
  if (edits === 'replicated' && rev === undefined) return bad('A replicated document brings its revision.');
  return undefined;
}

function isPathTo(rev: unknown, given: unknown): boolean {
  if (typeof given !== 'object' || given === null) return false;
  const { start, ids } = given as Readonly<Record<keyof RevisionPath, unknown>>;
  return (
    Number.isInteger(start) &&
    Array.isArray(ids) &&
    ids.length > 0 &&
    ids.length <= (start as number) &&
    ids.every((id) => typeof id === 'string' && REVISION_HASH.test(id)) &&
    `${String(start)}-${String(ids[0])}` === rev
  );
}

function badAttachments({ _attachments: given }: { readonly _attachments?: unknown }): Refusal | undefined {
  if (given === undefined) return undefined;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return bad('Attachments have names.');
  for (const [name, attachment] of Object.entries(given as Readonly<Record<string, unknown>>)) {
    if (name === '' || name.startsWith('_') || !isUnicode(name)) return bad('An attachment has no proper name.');
    if (!isAttachment(attachment)) return bad('An attachment is not base64 of a type.');
    if ((attachment.data?.length ?? 0) * 0.75 > MAX_ATTACHMENT_BYTES) return bad('An attachment is too large.');
  }
  return undefined;
}

interface GivenAttachment {
  readonly data?: string;
}

function isAttachment(given: unknown): given is GivenAttachment {
  if (typeof given !== 'object' || given === null) return false;
  const { content_type: type, data, digest, length, revpos, stub } = given as Readonly<Record<string, unknown>>;
  const isCount = (value: unknown): boolean => value === undefined || (Number.isInteger(value) && Number(value) >= 0);
  if (!Object.keys(given).every((field) => ATTACHMENT_FIELDS.includes(field))) return false;
  if (!isCount(length) || !isCount(revpos) || (stub !== undefined && typeof stub !== 'boolean')) return false;
  if (stub === true) return data === undefined;
  if (typeof type !== 'string' || !isUnicode(type) || !isBase64(data)) return false;
  return digest === undefined || digest === digestOf(data);
}

function isBase64(data: unknown): data is string {
  return typeof data === 'string' && data.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(data);
}

function digestOf(data: string): string {
  return 'md5-' + createHash('md5').update(Buffer.from(data, 'base64')).digest('base64');
}
