import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse
} from '@simplewebauthn/server';
import type { Member } from '#domain/records/agency.ts';
import type { PasskeyChallenge } from '#domain/wire/answers.ts';
import type { NewPasskey, PasskeyAnswer } from '#domain/wire/requests.ts';
import type { ChallengeFor, Challenges } from './challenges.ts';

/** The public half of a passkey, as it is kept. */
export interface PasskeyKey {
  readonly credentialId: string;
  readonly publicKey: string;
  readonly counter: number;
  /** the name it was made for; another server's passkey is none of ours */
  readonly rpId: string;
}

// Signed with P-256, Ed25519 or RSA, in the order we like them.
const ALGORITHMS = [-7, -8, -257];

/** The name that passkeys of this origin are made for. */
export const rpIdOf = (origin: string): string => new URL(origin).hostname;

/** What a browser is asked to make a passkey with: one that needs no name to be typed and asks for finger, face or PIN. */
export async function challengeToAdd(
  challenges: Challenges,
  origin: string,
  member: Member,
  known: readonly string[]
): Promise<PasskeyChallenge> {
  const options = await generateRegistrationOptions({
    rpName: 'Platekeeper',
    rpID: rpIdOf(origin),
    userID: new TextEncoder().encode(member._id),
    userName: member.signInName,
    userDisplayName: member.name,
    challenge: challenges.make(`add ${member._id}`),
    attestationType: 'none',
    excludeCredentials: known.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS
  });
  return { options: { ...options } };
}

/** The key of a passkey just made; null: it does not answer our challenge. */
export async function addedPasskey(
  challenges: Challenges,
  origin: string,
  memberId: string,
  passkey: NewPasskey
): Promise<PasskeyKey | null> {
  const rpId = rpIdOf(origin);
  const outcome = await verifyRegistrationResponse({
    response: { ...passkey, response: { ...passkey.response, transports: [] } },
    expectedChallenge: (challenge) => challenges.take(challenge, `add ${memberId}`),
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS
  }).catch(() => null);
  if (outcome?.verified !== true) return null;
  const { credential } = outcome.registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    rpId
  };
}

/** What a browser is asked to sign with a passkey. `known` names the member's own; none: any passkey of this server may answer. */
export async function challengeToAnswer(
  challenges: Challenges,
  origin: string,
  purpose: ChallengeFor,
  known: readonly string[] = []
): Promise<PasskeyChallenge> {
  const options = await generateAuthenticationOptions({
    rpID: rpIdOf(origin),
    challenge: challenges.make(purpose),
    allowCredentials: known.map((id) => ({ id })),
    userVerification: 'required'
  });
  return { options: { ...options } };
}

/** The member whom an answer names, by the handle that lies inside the passkey; nothing is proved by it. */
export function memberNamedBy({ response }: PasskeyAnswer): string {
  return Buffer.from(response.userHandle ?? '', 'base64url').toString('utf8');
}

/** The counter of a passkey that answered our challenge with finger, face or PIN; null: it did not, or it was a copy that lags behind. */
export async function counterAfter(
  challenges: Challenges,
  origin: string,
  purpose: ChallengeFor,
  key: PasskeyKey,
  answer: PasskeyAnswer
): Promise<number | null> {
  if (key.rpId !== rpIdOf(origin)) return null;
  const outcome = await verifyAuthenticationResponse({
    response: answer,
    expectedChallenge: (challenge) => challenges.take(challenge, purpose),
    expectedOrigin: origin,
    expectedRPID: key.rpId,
    credential: {
      id: key.credentialId,
      publicKey: new Uint8Array(Buffer.from(key.publicKey, 'base64url')),
      counter: key.counter
    },
    requireUserVerification: true
  }).catch(() => null);
  return outcome?.verified === true ? outcome.authenticationInfo.newCounter : null;
}
