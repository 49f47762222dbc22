import { Secret, TOTP } from 'otpauth';
import { CODE_SKEW_STEPS, CODE_STEP_SECONDS, codeStepOf, countsAsCode } from '#domain/policy/second-factor.ts';
import { msOf, type Instant } from '#domain/time/instant.ts';
import type { NewAuthenticator } from '#domain/wire/answers.ts';
import type { Tags } from '../keys/tags.ts';

// 160 bits, the length of the hash that every authenticator app knows (RFC 4226).
const SECRET_HEX = 40;

/** An authenticator app of a member. */
interface Whose {
  readonly memberId: string;
  readonly factorId: string;
}

// The secret follows from the server's own key: what lies in the database opens nothing.
const secretOf = (key: Tags, { memberId, factorId }: Whose): Secret =>
  Secret.fromHex(key.salt('authenticator', `${memberId} ${factorId}`).slice(0, SECRET_HEX));

function totp(key: Tags, whose: Whose, labels: { issuer?: string; label?: string } = {}): TOTP {
  return new TOTP({ ...labels, secret: secretOf(key, whose), algorithm: 'SHA1', digits: 6, period: CODE_STEP_SECONDS });
}

/** What a member puts into an authenticator app, as a picture or by hand. */
export function newAuthenticator(
  key: Tags,
  whose: Whose,
  labels: { readonly issuer: string; readonly label: string }
): NewAuthenticator {
  return {
    id: whose.factorId,
    secret: secretOf(key, whose).base32,
    uri: totp(key, whose, labels).toString()
  };
}

/** The step of the clock that a code is of; null: it is wrong, too old, or no later than the last one that counted. */
export function stepOfCode(
  key: Tags,
  whose: Whose,
  { code, lastStep, now }: { readonly code: string; readonly lastStep: number; readonly now: Instant }
): number | null {
  const delta = totp(key, whose).validate({ token: code, timestamp: msOf(now), window: CODE_SKEW_STEPS });
  const step = delta === null ? null : codeStepOf(now) + delta;
  return step !== null && countsAsCode(step, lastStep, now) ? step : null;
}
