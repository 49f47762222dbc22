import { closed, list, oneOf, text, type Check } from '../check/check.ts';
import { plateText, uuid } from '../check/common.ts';
import type { Instant } from '../time/instant.ts';

/** A written request of a participant of the Address Confidentiality Program (13.824 subd. 3(c); LAW 4.10). It is private itself. */
export interface ConfidentialRequest {
  readonly id: string;
  /** number of the participant's card; never an address */
  readonly participantRef: string;
  readonly plates: readonly string[];
  readonly receivedAt: Instant;
  /** the member who checked the card and entered it */
  readonly enteredBy: string;
  readonly endedAt: Instant | null;
}

export type ConfidentialForm = Pick<ConfidentialRequest, 'participantRef' | 'plates'>;

const form = {
  participantRef: text({ min: 2, max: 40, pattern: /^\S(.*\S)?$/, what: 'the number of a card' }),
  plates: list(plateText, { min: 1, max: 10 })
};

export const checkConfidentialForm: Check<ConfidentialForm> = closed<ConfidentialForm>(form);

/** POST /api/confidential: a look, a new request and an end are asked for alike, so that no log tells them apart. */
export type ConfidentialAct =
  | { readonly kind: 'look' }
  | ({ readonly kind: 'add' } & ConfidentialForm)
  | { readonly kind: 'end'; readonly id: string };

const ACT_CHECKS: { readonly [K in ConfidentialAct['kind']]: Check<unknown> } = {
  look: closed({ kind: oneOf('look') }),
  add: closed({ kind: oneOf('add'), ...form }),
  end: closed({ kind: oneOf('end'), id: uuid })
};

export const checkConfidentialAct: Check<ConfidentialAct> = (value, path) => {
  const kind = (value as { readonly kind?: unknown } | null)?.kind;
  if (kind !== 'look' && kind !== 'add' && kind !== 'end')
    return { path: path ?? '', message: 'must say what is asked' };
  return ACT_CHECKS[kind](value, path);
};
