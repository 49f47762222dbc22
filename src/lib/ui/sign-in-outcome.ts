import type { Outcome } from '#lib/access/api.ts';
import type { SignedIn } from '#lib/state/app.svelte.ts';
import { ENTRY } from './words/common.ts';

/** What came of a sign-in, as a form shows it: each refusal in a sentence that says what to do. */
export function outcomeOf(signedIn: SignedIn): Outcome<true> {
  const refused = (code: string, sentence: string): Outcome<true> => ({
    kind: 'refused',
    status: 0,
    refusal: { code, sentence }
  });
  switch (signedIn.kind) {
    case 'in':
      return { kind: 'ok', value: true };
    case 'wrong':
      return refused('wrong', ENTRY.wrong(signedIn.triesLeft));
    case 'lockedOut':
      return refused('lockedOut', ENTRY.lockedOut);
    case 'needsPassword':
      return refused('needsPassword', ENTRY.needsPassword);
    case 'needsLink':
      return refused('needsLink', ENTRY.needsLink);
    case 'refused':
    case 'unreachable':
      return signedIn;
  }
}
