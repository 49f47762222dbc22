import { closed, list, number, oneOf, text, type Check } from '../check/check.ts';
import { PUBLISHED_TAGS, TAG_BITS } from '../policy/address-confidentiality.ts';

/** What a tablet is given in place of a list of participants: as many tags whatever the number of participants, none included. */
export interface ConfidentialTags {
  readonly kind: 'confidentialTags';
  readonly schema: 1;
  /** of the keyed hash that makes the tags: HMAC-SHA-256, 32 bytes, base64 */
  readonly key: string;
  /** ascending */
  readonly tags: readonly number[];
}

export const checkConfidentialTags: Check<ConfidentialTags> = closed<ConfidentialTags>({
  kind: oneOf('confidentialTags'),
  schema: oneOf(1),
  key: text({ min: 44, max: 44, pattern: /^[A-Za-z0-9+/]{43}=$/, what: 'a key' }),
  tags: list(number({ min: 0, max: 2 ** TAG_BITS - 1, integer: true }), { min: PUBLISHED_TAGS, max: PUBLISHED_TAGS })
});
