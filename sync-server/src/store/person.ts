import { ROLES } from '#domain/records/agency.ts';
import type { Refusal } from './refusal.ts';
import type { UserContext } from './store.ts';

/**
 * The roles a writer may have in an engine: those of the agency's members, and those of the server's own duties.
 * Anything else is left out before the engine sees it. `_admin` above all: to CouchDB a token with that role is the server's
 * administrator, whoever signed in.
 */
export const STORE_ROLES: readonly string[] = [...ROLES, 'device', 'gateway', 'ingest', 'destroyer'];

/** The person as the engine may know them. */
export function asKnownPerson(by: UserContext): UserContext {
  return { name: by.name, roles: by.roles.filter((role) => STORE_ROLES.includes(role)) };
}

/** Why somebody without any role we know writes nothing, anywhere; no engine is asked. */
export const STRANGER: Refusal = { code: 'stranger', reason: 'Only a person with a role may write.' };

export function isStranger(by: UserContext): boolean {
  return by.name === '' || asKnownPerson(by).roles.length === 0;
}

/** Who may write into a box at all; the design documents say what. The same object is handed to them as `secObj`. */
export const BOX_SECURITY = {
  admins: { names: [], roles: ['_admin'] },
  members: { names: [], roles: STORE_ROLES }
} as const;
