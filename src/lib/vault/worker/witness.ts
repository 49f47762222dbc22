import { createSHA256 } from 'hash-wasm';
import { closed, parse, type Check } from '#domain/check/check.ts';
import { uuid } from '#domain/check/common.ts';
import { testify, type Testimony } from '#domain/ledger/witness.ts';
import { checkAuditHead, type AuditHead } from '#domain/records/audit-head.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import type { WitnessedHead } from '#domain/wire/answers.ts';
import type { Answer } from '../../replication/server.ts';
import { signedPayload } from '../../replication/signed.ts';
import { checkWitnessedHead } from '../answers.ts';
import type { KeptEnrollment } from './kept-enrollment.ts';
import type { Toolbox } from './toolbox.ts';

/** A head is signed so often; asking sooner gives the same one. */
const HEADS_EVERY_MS = 10 * MINUTE_MS;

/** The last head of the trail that this tablet believed, as which tablet it did. */
interface Witnessed {
  readonly deviceId: string;
  readonly head: AuditHead;
}
const checkWitnessed: Check<Witnessed> = closed<Witnessed>({ deviceId: uuid, head: checkAuditHead });

interface WitnessParts {
  readonly toolbox: Pick<Toolbox, 'kept' | 'keep'>;
  readonly monotonicMs: () => number;
  readonly ask: (enrollment: KeptEnrollment, path: string) => Promise<Answer>;
}

/**
 * This tablet as a witness of headquarters' audit trail (426.5(e); CJIS AU-9): it keeps the last signed head, and at a later contact the
 * server must prove that its trail still holds all of that, unchanged.
 */
export class Witness {
  #askedAtMs = -Infinity;

  constructor(private readonly parts: WitnessParts) {}

  /**
   * What the trail of now is to this witness; null: there is no link, no head yet, or it was asked a moment ago. A head that the enrolled
   * server did not sign is no head. A trail that does not continue is told once: from then on its new head is the one that is known.
   */
  async ask(enrollment: KeptEnrollment): Promise<Testimony | null> {
    const nowMs = this.parts.monotonicMs();
    if (nowMs - this.#askedAtMs < HEADS_EVERY_MS) return null;
    const known = await this.#known(enrollment.deviceId);
    const answer = await this.parts.ask(enrollment, `/api/device/audit-head?size=${known?.size ?? 0}`);
    if (answer.kind !== 'ok' || checkWitnessedHead(answer.body) !== null) return null;
    const { jws, proof } = answer.body as WitnessedHead;
    const offered = await signedPayload(jws, enrollment.signingKey, checkAuditHead);
    if (offered === null) return null;
    this.#askedAtMs = nowMs;
    const hasher = await createSHA256();
    const testimony = testify((bytes) => hasher.init().update(bytes).digest('binary'), known, offered, proof);
    const { deviceId } = enrollment;
    await this.parts.toolbox.keep('witnessed', { deviceId, head: offered } satisfies Witnessed);
    return testimony;
  }

  /** What was seen of another server, as another tablet, is no measure for this one. */
  async #known(deviceId: string): Promise<AuditHead | null> {
    const kept = parse(checkWitnessed, await this.parts.toolbox.kept('witnessed'));
    return kept.kind === 'proper' && kept.value.deviceId === deviceId ? kept.value.head : null;
  }
}
