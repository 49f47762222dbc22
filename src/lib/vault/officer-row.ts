import { closed, list, nullable, number, oneOf, text, yesOrNo, type Check } from '#domain/check/check.ts';
import { base64, instant, uuid } from '#domain/check/common.ts';
import { PRECONDITION_FAILURES } from '#domain/policy/may-capture.ts';
import { ERASED_AFTER, type Tries } from '#domain/policy/wrong-tries.ts';
import { sha256InHex } from '#domain/records/audit.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Withdrawal } from '#domain/wire/answers.ts';
import { checkOwnNote, type OwnNote } from './own-note.ts';

/** What the toolbox knows of an officer who has signed in on this tablet. No name, no password and no key can be read in it. */
export interface OfficerRow extends Tries {
  readonly memberId: string;
  readonly schema: 2;
  /** keyed hash of the sign-in name: finds the row of who types it, and names nobody */
  readonly nameTag: string;
  /** the officer's name, which the officer alone can open; null: there is no own key to seal it for */
  readonly name: OwnNote | null;
  /** the tags of what may not be collected, which the officer alone can open; null: there is no own key to seal them for */
  readonly confidential: OwnNote | null;
  /** the last lease the server signed for this officer here; null: it has lapsed or was withdrawn */
  readonly lease: string | null;
  /** why headquarters withdrew it */
  readonly withdrawn: readonly Withdrawal[];
  /** SHA-256 of the code that releases this officer here, agreed on when the last lease was signed */
  readonly releaseHash: string | null;
  /** the hash of a release code that was used; each works once */
  readonly usedRelease: string | null;
  /** the last release that headquarters told over the link */
  readonly releasedAt: Instant | null;
}

export const checkOfficerRow: Check<OfficerRow> = closed<OfficerRow>({
  memberId: uuid,
  schema: oneOf(2),
  nameTag: base64(100),
  name: nullable(checkOwnNote),
  confidential: nullable(checkOwnNote),
  lease: nullable(text({ min: 20, max: 8_000 })),
  withdrawn: list(oneOf(...PRECONDITION_FAILURES, 'tabletRevoked'), { max: 20 }),
  releaseHash: nullable(sha256InHex),
  usedRelease: nullable(sha256InHex),
  releasedAt: nullable(instant),
  wrong: number({ min: 0, max: ERASED_AFTER, integer: true }),
  lockedOut: yesOrNo,
  erased: yesOrNo
});

/** What the page may know of an officer before sign-in. */
export type OfficerState =
  /** never signed in here, or the authorization has lapsed: the sign-in needs a link once */
  | { readonly kind: 'needsLink' }
  | { readonly kind: 'mayTry'; readonly triesLeft: number }
  /** until headquarters releases the officer; `erased`: the own keys are gone too */
  | { readonly kind: 'lockedOut'; readonly erased: boolean };
