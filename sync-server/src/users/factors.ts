import type { Agency, Member } from '#domain/records/agency.ts';
import { needsSecondFactor } from '#domain/policy/second-factor.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { FactorsAnswer, FactorView, NewAuthenticator, PasskeyChallenge } from '#domain/wire/answers.ts';
import type { NewAuthenticatorRequest, NewPasskeyRequest, PasskeyAnswer } from '#domain/wire/requests.ts';
import type { Store } from '#server/store/store.ts';
import { typeableCode } from '../devices/codes.ts';
import type { Given } from '../given.ts';
import type { Tags } from '../keys/tags.ts';
import { ACCOUNTS, GATEWAY } from '../register/databases.ts';
import { recordIn, remove, save, saveNew } from '../register/written.ts';
import { newAuthenticator, stepOfCode } from './authenticator.ts';
import { Challenges, type ChallengeFor } from './challenges.ts';
import {
  addedPasskey,
  challengeToAdd,
  challengeToAnswer,
  counterAfter,
  memberNamedBy,
  type PasskeyKey
} from './passkeys.ts';

const RECOVERY_CODES = 10;

interface Stored {
  readonly _id: string;
  readonly kind: 'factor';
  readonly memberId: string;
  readonly factorId: string;
  readonly label: string;
  readonly addedAt: Instant;
  readonly usedAt: Instant | null;
}
interface StoredAuthenticator extends Stored {
  readonly factor: 'authenticator';
  /** the step of the last code that counted */
  readonly lastStep: number;
}
interface StoredPasskey extends Stored, PasskeyKey {
  readonly factor: 'passkey';
}
type StoredFactor = StoredAuthenticator | StoredPasskey;

interface StoredRecovery {
  readonly _id: string;
  readonly kind: 'recoveryCodes';
  readonly memberId: string;
  /** keyed hashes; a code that was used is not among them */
  readonly hashes: readonly string[];
}

const prefixOf = (memberId: string): string => `factor:${memberId}:`;
const recoveryIdOf = (memberId: string): string => `recovery:${memberId}`;

export interface FactorsParts {
  readonly store: Store;
  readonly given: Given;
  /** the secrets of authenticator apps and the hashes of recovery codes follow from it */
  readonly key: Tags;
}

/** What members sign in with besides the password (CJIS IA-2): passkeys, authenticator apps, recovery codes. Nothing kept here opens anything. */
export class Factors {
  readonly #challenges: Challenges;

  constructor(private readonly parts: FactorsParts) {
    this.#challenges = new Challenges(parts.given);
  }

  async of(memberId: string): Promise<readonly FactorView[]> {
    return (await this.#all(memberId)).map(({ factorId, factor, label, addedAt, usedAt }) => ({
      id: factorId,
      kind: factor,
      label,
      addedAt,
      usedAt
    }));
  }

  async viewOf(memberId: string, agency: Agency): Promise<FactorsAnswer> {
    return {
      factors: await this.of(memberId),
      recoveryCodesLeft: (await this.#recovery(memberId))?.hashes.length ?? 0,
      required: needsSecondFactor(agency)
    };
  }

  /** A secret for an authenticator app; kept nowhere until a first code of it comes back. */
  newAuthenticator(agency: Agency, member: Member): NewAuthenticator {
    const whose = { memberId: member._id, factorId: this.parts.given.newId() };
    return newAuthenticator(this.parts.key, whose, {
      issuer: `Platekeeper ${agency.name}`.replace(/:/g, ' '),
      label: member.signInName
    });
  }

  /** How to add an authenticator app whose first code is right; null: it is wrong. */
  authenticatorOf(memberId: string, { id, label, code }: NewAuthenticatorRequest): (() => Promise<void>) | null {
    const now = this.parts.given.now();
    const lastStep = stepOfCode(this.parts.key, { memberId, factorId: id }, { code, lastStep: 0, now });
    if (lastStep === null) return null;
    return () => this.#add({ ...this.#new(memberId, id, label), factor: 'authenticator', lastStep });
  }

  async challengeToAdd(origin: string, member: Member): Promise<PasskeyChallenge> {
    const known = (await this.#passkeys(member._id)).map(({ credentialId }) => credentialId);
    return challengeToAdd(this.#challenges, origin, member, known);
  }

  /** How to add a passkey that answers our challenge; null: it does not. */
  async passkeyOf(
    origin: string,
    memberId: string,
    { label, passkey }: NewPasskeyRequest
  ): Promise<(() => Promise<void>) | null> {
    const key = await addedPasskey(this.#challenges, origin, memberId, passkey);
    if (key === null) return null;
    return () => this.#add({ ...this.#new(memberId, this.parts.given.newId(), label), factor: 'passkey', ...key });
  }

  /** With the last factor its recovery codes go: the next first one brings new ones. */
  async remove(memberId: string, factorId: string): Promise<void> {
    await remove(this.parts.store, ACCOUNTS, prefixOf(memberId) + factorId, GATEWAY);
    if ((await this.#all(memberId)).length === 0)
      await remove(this.parts.store, ACCOUNTS, recoveryIdOf(memberId), GATEWAY);
  }

  /** Takes every factor and recovery code of a member: the next sign-in enrolls anew. */
  async reset(memberId: string): Promise<void> {
    for (const { factorId } of await this.#all(memberId)) await this.remove(memberId, factorId);
  }

  /** New recovery codes in the place of the old ones, shown this once. */
  async newRecoveryCodes(memberId: string): Promise<readonly string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, () => typeableCode(this.parts.given));
    const hashes = codes.map((code) => this.#hashOf(memberId, code));
    const stored: StoredRecovery = { _id: recoveryIdOf(memberId), kind: 'recoveryCodes', memberId, hashes };
    await save(this.parts.store, ACCOUNTS, stored, GATEWAY);
    return codes;
  }

  /** Recovery codes where a member has none yet; null: there are some. */
  async firstRecoveryCodes(memberId: string): Promise<readonly string[] | null> {
    return (await this.#recovery(memberId)) === undefined ? this.newRecoveryCodes(memberId) : null;
  }

  /** Whether a code of an authenticator app or a recovery code is right. Each counts once, also when it is sent twice at the same time. */
  async acceptsCode(memberId: string, written: string): Promise<boolean> {
    const code = written.replace(/[\s]/g, '').toUpperCase();
    if (!/^[0-9]{6}$/.test(code)) return this.#acceptsRecovery(memberId, code);
    const now = this.parts.given.now();
    for (const factor of await this.#all(memberId)) {
      if (factor.factor !== 'authenticator') continue;
      const step = stepOfCode(this.parts.key, factor, { code, lastStep: factor.lastStep, now });
      if (step !== null) return this.#replace(factor._id, { ...factor, lastStep: step, usedAt: now });
    }
    return false;
  }

  /** What a passkey is asked to sign. Of a stranger nothing is known, so any passkey of this server may answer. */
  async challengeToAnswer(origin: string, memberId?: string): Promise<PasskeyChallenge> {
    if (memberId === undefined) return challengeToAnswer(this.#challenges, origin, 'signIn');
    const known = (await this.#passkeys(memberId)).map(({ credentialId }) => credentialId);
    return challengeToAnswer(this.#challenges, origin, `prove ${memberId}`, known);
  }

  /** The member whose passkey answered our challenge; null: none did. `prover`: who is signed in and proves it anew. */
  async acceptsPasskey(origin: string, answer: PasskeyAnswer, prover?: string): Promise<string | null> {
    const memberId = prover ?? memberNamedBy(answer);
    const purpose: ChallengeFor = prover === undefined ? 'signIn' : `prove ${prover}`;
    const passkey = (await this.#passkeys(memberId)).find(({ credentialId }) => credentialId === answer.id);
    if (passkey === undefined) return null;
    const counter = await counterAfter(this.#challenges, origin, purpose, passkey, answer);
    if (counter === null) return null;
    const used = { ...passkey, counter, usedAt: this.parts.given.now() };
    return (await this.#replace(passkey._id, used)) ? memberId : null;
  }

  #new(memberId: string, factorId: string, label: string): Stored {
    const addedAt = this.parts.given.now();
    return { _id: prefixOf(memberId) + factorId, kind: 'factor', memberId, factorId, label, addedAt, usedAt: null };
  }

  async #add(factor: StoredFactor): Promise<void> {
    await saveNew(this.parts.store, ACCOUNTS, factor, GATEWAY);
  }

  async #all(memberId: string): Promise<StoredFactor[]> {
    const documents = await this.parts.store.all(ACCOUNTS, {
      startId: prefixOf(memberId),
      endId: `factor:${memberId};`
    });
    return documents.map((document) => recordIn<StoredFactor>(document));
  }

  async #passkeys(memberId: string): Promise<StoredPasskey[]> {
    return (await this.#all(memberId)).filter((factor) => factor.factor === 'passkey');
  }

  async #recovery(memberId: string): Promise<StoredRecovery | undefined> {
    const document = await this.parts.store.get(ACCOUNTS, recoveryIdOf(memberId));
    return document === undefined ? undefined : recordIn<StoredRecovery>(document);
  }

  async #acceptsRecovery(memberId: string, code: string): Promise<boolean> {
    const stored = await this.#recovery(memberId);
    const hash = this.#hashOf(memberId, code);
    if (stored?.hashes.includes(hash) !== true) return false;
    return this.#replace(stored._id, { ...stored, hashes: stored.hashes.filter((known) => known !== hash) });
  }

  // One of two that come at the same time wins: what was read must still stand.
  async #replace(id: string, record: StoredFactor | StoredRecovery): Promise<boolean> {
    const before = await this.parts.store.get(ACCOUNTS, id);
    if (before?._rev === undefined || !isAhead(recordIn(before), record)) return false;
    const outcome = await this.parts.store.put(ACCOUNTS, { ...record, _rev: before._rev }, GATEWAY);
    return outcome.kind === 'written';
  }

  #hashOf(memberId: string, code: string): string {
    return this.parts.key.salt('recovery', `${memberId} ${code.replace(/-/g, '')}`);
  }
}

/** Whether a record may follow the one that lies there: a later code, a higher counter, fewer recovery codes. */
function isAhead(before: StoredFactor | StoredRecovery, after: StoredFactor | StoredRecovery): boolean {
  if (before.kind === 'recoveryCodes')
    return after.kind === 'recoveryCodes' && after.hashes.length < before.hashes.length;
  if (after.kind === 'recoveryCodes') return false;
  if (before.factor === 'authenticator') return after.factor === 'authenticator' && after.lastStep > before.lastStep;
  return after.factor === 'passkey' && (after.counter > before.counter || after.counter === 0);
}
