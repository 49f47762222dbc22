import { randomUUID } from 'node:crypto';
import { BOX_SECURITY } from '../person.ts';
import type { UserContext } from '../store.ts';

/** The fields of CouchDB's request object that an update handler may lean on. */
export function requestOf(
  database: string,
  id: string | null,
  body: unknown,
  by: UserContext
): Record<string, unknown> {
  return {
    id,
    uuid: randomUUID().replaceAll('-', ''),
    method: id === null ? 'POST' : 'PUT',
    body: JSON.stringify(body ?? null),
    query: {},
    headers: {},
    form: {},
    cookie: {},
    peer: '127.0.0.1',
    userCtx: { db: database, name: by.name, roles: by.roles },
    secObj: BOX_SECURITY
  };
}

/** What an update handler answered, as text. */
export function textOfAnswer(said: unknown): string {
  if (typeof said === 'string') return said;
  const answer = (said ?? {}) as { body?: unknown; json?: unknown };
  if (answer.json !== undefined) return JSON.stringify(answer.json);
  return typeof answer.body === 'string' ? answer.body : '';
}
