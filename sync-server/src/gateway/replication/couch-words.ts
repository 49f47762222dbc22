import type { StoredDocument, WriteOutcome } from '#server/store/store.ts';

const MAX_DOCUMENTS = 1000;

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The documents of a `_bulk_docs` body; undefined when it is none. What is in them the design document judges. */
export function documentsIn(body: unknown): readonly StoredDocument[] | undefined {
  const documents = isObject(body) ? body['docs'] : undefined;
  if (!Array.isArray(documents) || documents.length > MAX_DOCUMENTS) return undefined;
  const all: readonly unknown[] = documents;
  return all.every((document) => isObject(document) && typeof document['_id'] === 'string')
    ? (all as StoredDocument[])
    : undefined;
}

/** `new_edits: false`: the documents bring their revisions, as a replicator's do. */
export function isReplicated(body: unknown): boolean {
  return isObject(body) && body['new_edits'] === false;
}

/** The revisions of a `_revs_diff` body; undefined when it is none. */
export function revisionsIn(body: unknown): Readonly<Record<string, readonly string[]>> | undefined {
  if (!isObject(body)) return undefined;
  const entries = Object.entries(body);
  const proper = ([, revisions]: [string, unknown]): boolean =>
    Array.isArray(revisions) && revisions.length <= 100 && revisions.every((revision) => typeof revision === 'string');
  return entries.length <= MAX_DOCUMENTS && entries.every(proper) ? (body as Record<string, string[]>) : undefined;
}

/**
 * What `_bulk_docs` answers: with new edits one row a document; with replicated ones only those that were not taken, as CouchDB
 * does. `asked` are all documents, `tried` those that were given to the store, with their outcomes.
 */
export function outcomesInCouchWords(
  asked: readonly StoredDocument[],
  tried: readonly StoredDocument[],
  outcomes: readonly WriteOutcome[],
  edits: 'new' | 'replicated'
): object[] {
  const outcomeOf = new Map(tried.map((document, at) => [document, outcomes[at]]));
  return asked.flatMap((document): object[] => {
    const outcome = outcomeOf.get(document);
    const rev = document._rev === undefined ? {} : { rev: document._rev };
    if (outcome?.kind === 'written')
      return edits === 'replicated' ? [] : [{ ok: true, id: outcome.id, rev: outcome.rev }];
    if (outcome?.kind === 'conflict')
      return [{ id: document._id, error: 'conflict', reason: 'Document update conflict.' }];
    const reason =
      outcome === undefined ? 'wrongBox: the record belongs to another box' : `${outcome.code}: ${outcome.reason}`;
    return [{ id: document._id, ...rev, error: 'forbidden', reason }];
  });
}
