import { DesignFault } from '../design-fault.ts';
import { isStranger, STRANGER } from '../person.ts';
import { refused } from '../refusal.ts';
import { NoSuchView, type UpdateAnswer, type UserContext } from '../store.ts';
import { pathOf, type Couch } from './client.ts';
import { CouchAnswer, isAnswer, refusalIn, unavailable } from './errors.ts';
import type { Published } from './publish.ts';

/** Runs an update handler as the person. CouchDB tells in headers what was written. Throws NoSuchView, NoSuchDatabase, DesignFault. */
export async function runUpdate(
  couch: Couch,
  db: string,
  published: Published,
  design: string,
  handler: string,
  id: string | null,
  body: unknown,
  by: UserContext
): Promise<UpdateAnswer> {
  if (isStranger(by)) return { outcome: refused(id ?? '', STRANGER), body: '' };
  const inForce = published[design];
  if (inForce === undefined) throw new NoSuchView(`${design}/_update/${handler}`);
  const path = pathOf(inForce, '_update', handler, ...(id === null ? [] : [id]));
  const response = await couch.fetchAs(by, { db, path, method: id === null ? 'POST' : 'PUT', body });
  const text = await response.text();
  if (!response.ok) return refusedUpdate(response.status, text, db, id, `${design}/_update/${handler}`);
  // Fewer nodes than a majority have the entry: it is not written, and what it was to tell of is not done.
  if (response.status === 202) throw unavailable('too few of its nodes have what was written');
  const rev = response.headers.get('x-couch-update-newrev');
  if (rev === null) return { outcome: { kind: 'nothing' }, body: text };
  return { outcome: { kind: 'written', id: response.headers.get('x-couch-id') ?? id ?? '', rev }, body: text };
}

function refusedUpdate(status: number, text: string, db: string, id: string | null, name: string): UpdateAnswer {
  const { error, reason } = JSON.parse(text === '' ? '{}' : text) as { error?: string; reason?: string };
  const answer = new CouchAnswer(status, error ?? '', reason ?? '');
  if (isMissing(answer, db)) throw new NoSuchView(name);
  if (answer.status === 409) return { outcome: { kind: 'conflict', id: id ?? '' }, body: '' };
  if (answer.error === 'render_error') throw new DesignFault('The update handler failed.');
  const refusal = refusalIn(answer.error, answer.reason);
  if (refusal === undefined) throw answer;
  return { outcome: refused(id ?? '', refusal), body: '' };
}

function isMissing(answer: unknown, db: string): boolean {
  return isAnswer(answer, 404, db);
}
