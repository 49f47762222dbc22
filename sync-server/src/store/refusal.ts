import type { WriteOutcome } from './store.ts';

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
