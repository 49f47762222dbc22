import { isStranger, STRANGER } from '../person.ts';
import { malformed, type RevisionPath } from '../malformed.ts';
import { refused, type Refusal } from '../refusal.ts';
import type { StoredDocument, UserContext, WriteOutcome } from '../store.ts';
import type { Couch } from './client.ts';
import { CouchAnswer, isAnswer, refusalIn, unavailable } from './errors.ts';
import { askMaybe } from './reading.ts';

const BULK_TIMEOUT_MS = 120_000;

/** Writes one document. Throws NoSuchDatabase, StoreUnavailable. */
export async function putOne(
  couch: Couch,
  db: string,
  document: StoredDocument,
  by: UserContext
): Promise<WriteOutcome> {
  const [outcome] = await putMany(couch, db, [document], by, 'new');
  if (outcome === undefined) throw unavailable('no word about what was written');
  return outcome;
}

/** Writes many; each has its own outcome. Throws NoSuchDatabase, StoreUnavailable. */
export async function putMany(
  couch: Couch,
  db: string,
  documents: readonly StoredDocument[],
  by: UserContext,
  edits: 'new' | 'replicated'
): Promise<WriteOutcome[]> {
  const outcomes: (WriteOutcome | undefined)[] = documents.map((document) => {
    const bad = isStranger(by) ? STRANGER : malformed(document, edits);
    return bad === undefined ? undefined : refused(document._id, bad);
  });
  for (const stray of await namingStrays(
    couch,
    db,
    documents.filter((_, index) => outcomes[index] === undefined)
  ))
    outcomes[documents.indexOf(stray)] = refused(stray._id, MISSING_ATTACHMENT);
  const open = documents.flatMap((document, index) => (outcomes[index] === undefined ? [{ document, index }] : []));
  if (open.length > 0) {
    const found = await (edits === 'new' ? writeNew : writeReplicated)(
      couch,
      db,
      open.map((o) => o.document),
      by
    );
    open.forEach(({ index }, i) => (outcomes[index] = found[i]));
  }
  return outcomes as WriteOutcome[];
}

const MISSING_ATTACHMENT: Refusal = {
  code: 'missingAttachment',
  reason: 'An attachment is named but was never sent.'
};

/** Documents that name an attachment the document here does not have: for one such CouchDB refuses the whole bulk. */
async function namingStrays(
  couch: Couch,
  db: string,
  documents: readonly StoredDocument[]
): Promise<readonly StoredDocument[]> {
  const stubsOf = ({ _attachments }: StoredDocument): string[] =>
    Object.entries(_attachments ?? {}).flatMap(([name, { stub }]) => (stub === true ? [name] : []));
  const naming = documents.filter((document) => stubsOf(document).length > 0);
  if (naming.length === 0) return [];
  const body = { keys: naming.map((document) => document._id), include_docs: true };
  const { rows } = (await askMaybe(couch, db, { path: '_all_docs', method: 'POST', body })) as {
    rows: { doc?: StoredDocument | null }[];
  };
  return naming.filter((document, at) =>
    stubsOf(document).some((name) => rows[at]?.doc?._attachments?.[name] === undefined)
  );
}

interface Told {
  readonly id: string;
  readonly rev?: string;
  readonly error?: string;
  readonly reason?: string;
}

async function writeNew(
  couch: Couch,
  db: string,
  documents: readonly StoredDocument[],
  by: UserContext
): Promise<WriteOutcome[]> {
  const stale = await staleAmong(couch, db, documents);
  const fresh = documents.filter((document) => !stale.includes(document));
  const told = fresh.length === 0 ? [] : await post(couch, db, { docs: fresh }, by);
  const outcomes = new Map(fresh.map((document, i) => [document, told[i]]));
  return documents.map((document) => {
    const answer = outcomes.get(document);
    return answer === undefined ? { kind: 'conflict', id: document._id } : outcomeOf(document._id, answer);
  });
}

/**
 * Documents whose revision is not the one that is here. CouchDB finds this out by itself but for one case: a revision that another
 * document of the box has is taken for a document that was never there (seen with 3.5.0).
 */
async function staleAmong(
  couch: Couch,
  db: string,
  documents: readonly StoredDocument[]
): Promise<readonly StoredDocument[]> {
  const changes = documents.filter((document) => document._rev !== undefined);
  if (changes.length === 0) return [];
  const here = await revisionsHere(
    couch,
    db,
    changes.map((d) => d._id)
  );
  return changes.filter((document) => here.get(document._id) !== document._rev);
}

/**
 * With `new_edits=false` CouchDB would keep a second branch of a document beside the first, without asking the validators what was there.
 * Our documents are never changed by two: such a branch is answered as a conflict and not sent on.
 */
async function writeReplicated(
  couch: Couch,
  db: string,
  documents: readonly StoredDocument[],
  by: UserContext
): Promise<WriteOutcome[]> {
  // An id that comes twice is asked about again once its first is written.
  const firsts = [...new Map([...documents].reverse().map((document) => [document._id, document])).values()];
  if (firsts.length === documents.length) return writeEachOnce(couch, db, documents, by);
  const rest = documents.filter((document) => !firsts.includes(document));
  const [first, later] = [await writeEachOnce(couch, db, firsts, by), await writeReplicated(couch, db, rest, by)];
  return documents.map((d) => (firsts.includes(d) ? first[firsts.indexOf(d)] : later[rest.indexOf(d)]) as WriteOutcome);
}

async function writeEachOnce(
  couch: Couch,
  db: string,
  documents: readonly StoredDocument[],
  by: UserContext
): Promise<WriteOutcome[]> {
  const here = await revisionsHere(
    couch,
    db,
    documents.map((d) => d._id)
  );
  const missing = await missingOf(couch, db, Object.fromEntries(documents.map((d) => [d._id, [d._rev ?? '']])));
  const fresh = documents.filter((d) => missing[d._id] !== undefined && continues(d, here.get(d._id)));
  const told = fresh.length === 0 ? [] : await post(couch, db, { docs: fresh, new_edits: false }, by);
  return documents.map((document) => {
    const rev = document._rev ?? '';
    if (missing[document._id] === undefined) return { kind: 'written', id: document._id, rev };
    if (!fresh.includes(document)) return { kind: 'conflict', id: document._id };
    // Only what failed is told.
    const answer = told.find((t) => t.id === document._id && t.error !== undefined);
    return answer === undefined ? { kind: 'written', id: document._id, rev } : outcomeOf(document._id, answer);
  });
}

/**
 * Writes as the person, and counts as written only what is safe: a tablet destroys its own copy on our word. CouchDB answers 202 when
 * fewer nodes than a majority have the documents, and that is not enough; sent again they change nothing.
 */
async function post(
  couch: Couch,
  db: string,
  body: { readonly docs: readonly StoredDocument[]; readonly new_edits?: false },
  by: UserContext
): Promise<Told[]> {
  const patience = body.docs.length > 1 ? { timeoutMs: BULK_TIMEOUT_MS } : {};
  const question = { db, path: '_bulk_docs', method: 'POST', body, ...patience } as const;
  const { status, answer } = await couch.askAs(by, question);
  if (status === 202) throw unavailable('too few of its nodes have what was written');
  if (!Array.isArray(answer)) throw unavailable('an answer that is no list of outcomes');
  return answer as Told[];
}

/** The winning revision of each document that is here, tombstones too. */
async function revisionsHere(couch: Couch, db: string, keys: readonly string[]): Promise<Map<string, string>> {
  const question = { db, path: '_all_docs', method: 'POST', body: { keys } } as const;
  const answer = (await couch.ask(question).catch((error: unknown) => {
    isAnswer(error, 404, db);
    throw error;
  })) as { rows: { id?: string; value?: { rev: string } }[] };
  return new Map(
    answer.rows.flatMap(({ id, value }) => (id === undefined || value === undefined ? [] : [[id, value.rev]]))
  );
}

/** CouchDB's `_revs_diff`. Throws NoSuchDatabase. */
export async function missingOf(
  couch: Couch,
  db: string,
  revisions: Readonly<Record<string, readonly string[]>>
): Promise<Record<string, { readonly missing: readonly string[] }>> {
  const question = { db, path: '_revs_diff', method: 'POST', body: revisions } as const;
  const answer = (await couch.ask(question).catch((error: unknown) => {
    isAnswer(error, 404, db);
    throw error;
  })) as Record<string, { missing: string[] }>;
  return Object.fromEntries(Object.entries(answer).map(([id, { missing }]) => [id, { missing }]));
}

function continues(document: StoredDocument, here: string | undefined): boolean {
  if (here === undefined) return true;
  const path = document['_revisions'] as RevisionPath | undefined;
  return path?.ids.some((id, i) => `${path.start - i}-${id}` === here) === true;
}

function outcomeOf(id: string, { rev, error, reason }: Told): WriteOutcome {
  if (error === undefined) return { kind: 'written', id, rev: rev ?? '' };
  if (error === 'conflict') return { kind: 'conflict', id };
  const refusal = refusalOf(error, reason ?? '');
  // A full disk, a node that went away: the document is as good as before, and is sent again. The reason could quote it.
  if (refusal === undefined) throw new CouchAnswer(200, error, '');
  return refused(id, refusal);
}

function refusalOf(error: string, reason: string): Refusal | undefined {
  // A validator that threw an error of JavaScript; CouchDB names its class.
  if (/^[A-Z][A-Za-z]*Error$/.test(error))
    return { code: 'designFault', reason: `The design document failed (${error}).` };
  // One that threw what is neither an error nor a refusal.
  if (error === 'unnamed_error') return { code: 'designFault', reason: 'The design document failed.' };
  return refusalIn(error, reason);
}
