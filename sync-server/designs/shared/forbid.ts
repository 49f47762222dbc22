import type { Check } from '#domain/check/check.ts';

/** Refuses the document: `code` names the rule for programs, the sentence is for people and carries no value of the document. */
export function forbid(code: string, sentence: string): never {
  // CouchDB knows a refusal by this very shape.
  // eslint-disable-next-line @typescript-eslint/only-throw-error
  throw { forbidden: code + ': ' + sentence };
}

/** Refuses the document unless the record passes its check. */
export function demand(check: Check<unknown>, record: unknown): void {
  const problem = check(record);
  if (problem !== null) forbid('improperRecord', problem.path + ' ' + problem.message);
}
