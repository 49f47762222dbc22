import { readRefusal, type Refusal } from '../refusal.ts';
import type { UserContext } from '../store.ts';
import { BOX_SECURITY } from '../person.ts';
import { DesignFault } from '../design-fault.ts';
import { runner, type Functions } from './functions.ts';

/** What a validator is shown: the document as JSON, and the one it replaces (null when there is none). */
export interface Candidate {
  readonly newText: string;
  readonly oldText: string | null;
}

type Said = null | { readonly forbidden: string } | { readonly unauthorized: string } | { readonly fault: string };

// Of an error that is no refusal only its class is told: a message could quote the document.
const VALIDATE = runner(`
  return JSON.stringify(input.documents.map(function (pair) {
    try { f(pair[0], pair[1], input.person, input.security); return null; }
    catch (e) {
      if (e && typeof e === 'object' && e.forbidden !== undefined) return { forbidden: String(e.forbidden) };
      if (e && typeof e === 'object' && e.unauthorized !== undefined) return { unauthorized: String(e.unauthorized) };
      return { fault: e && e.name ? String(e.name) : 'thrown' };
    }
  }));
`);

/**
 * Asks every validator about every candidate; the first refusal of a document counts. A validator that fails or takes too long
 * refuses, with the code `designFault`: what could not be judged is not taken.
 */
export function validateAll(
  functions: Functions,
  validators: readonly string[],
  candidates: readonly Candidate[],
  database: string,
  by: UserContext
): (Refusal | null)[] {
  const verdicts: (Refusal | null)[] = candidates.map(() => null);
  for (const source of validators) {
    const open = candidates.flatMap((candidate, index) => (verdicts[index] === null ? [{ candidate, index }] : []));
    const found = ask(
      functions,
      source,
      open.map((o) => o.candidate),
      database,
      by
    );
    open.forEach(({ index }, i) => (verdicts[index] = found[i] ?? null));
  }
  return verdicts;
}

function ask(
  functions: Functions,
  source: string,
  candidates: readonly Candidate[],
  database: string,
  by: UserContext
): (Refusal | null)[] {
  if (candidates.length === 0) return [];
  const person = { db: database, name: by.name, roles: by.roles };
  const documents = candidates.map((c) => `[${c.newText},${c.oldText ?? 'null'}]`).join();
  const input = `{"person":${JSON.stringify(person)},"security":${JSON.stringify(BOX_SECURITY)},"documents":[${documents}]}`;
  try {
    return (functions.run(source, VALIDATE, input) as Said[]).map(refusalOf);
  } catch (error) {
    if (!(error instanceof DesignFault)) throw error;
    // One document may have used up the time of all: ask one by one, so that only that one is refused.
    if (candidates.length > 1) return candidates.flatMap((c) => ask(functions, source, [c], database, by));
    return [{ code: 'designFault', reason: error.message }];
  }
}

function refusalOf(said: Said): Refusal | null {
  if (said === null) return null;
  if ('forbidden' in said) return readRefusal(said.forbidden);
  if ('unauthorized' in said) return readRefusal(said.unauthorized, 'unauthorized');
  return { code: 'designFault', reason: `The design document failed (${said.fault}).` };
}
