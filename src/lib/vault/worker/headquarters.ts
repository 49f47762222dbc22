import { closed, list, number, text, type Check } from '#domain/check/check.ts';
import { checkHotlistVersion, type HotlistVersion } from '#domain/records/hotlist.ts';
import { instantOf, msOf, type Instant } from '#domain/time/instant.ts';
import type {
  DeviceHello,
  Enrollment,
  HotlistChanges,
  HotlistOffer,
  Lease,
  LeaseAnswer,
  OfficerName,
  Refusal
} from '#domain/wire/answers.ts';
import type { Testimony } from '#domain/ledger/witness.ts';
import type { EntriesTaken } from '#domain/wire/tablet-entries.ts';
import { changedLines } from '../../hotlist/changes.ts';
import { askServer, fetchUnpacked, type Answer } from '../../replication/server.ts';
import type { DeviceIdentity } from '../../replication/proof.ts';
import { signedPayload } from '../../replication/signed.ts';
import { checkEnrollment, checkHello, checkLeaseAnswer } from '../answers.ts';
import { checkLease, leaseInForce } from '../lease.ts';
import type { Contact, EnrollmentView } from '../protocol.ts';
import type { AuditChain } from './audit-chain.ts';
import type { Officers } from './officers.ts';
import type { SealedLists } from './sealed-lists.ts';
import type { KeptEnrollment } from './kept-enrollment.ts';
import type { Toolbox } from './toolbox.ts';
import { Witness } from './witness.ts';

interface HeadquartersParts {
  readonly toolbox: Toolbox;
  readonly officers: () => Officers;
  readonly chain: AuditChain;
  readonly lists: SealedLists;
  readonly now: () => Instant;
  /** the time by which a lease runs out: the right one where it is known, and never set back */
  readonly leaseNow: () => Instant;
  readonly monotonicMs: () => number;
  /** headquarters told the time */
  readonly timeTold: (at: Instant) => Promise<void>;
  /** devices whose boxes are still here */
  readonly devicesWithBoxes: () => readonly string[];
}

/**
 * Talks with headquarters as the enrolled device, whose key never leaves this worker. An answer that is not proper - of a
 * captive portal, say - counts as none.
 */
export class Headquarters {
  clockOffsetMs: number | null = null;

  /** headquarters no longer knows this tablet, or has revoked it */
  #notAccepted = false;

  readonly #witness: Witness;

  constructor(private readonly parts: HeadquartersParts) {
    const { toolbox, monotonicMs } = parts;
    this.#witness = new Witness({ toolbox, monotonicMs, ask: (enrollment, path) => askAs(enrollment, 'GET', path) });
  }

  async enroll(code: string, label: string): Promise<Contact<{ readonly enrollment: EnrollmentView }>> {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
    const before = await this.parts.toolbox.enrollment();
    const former = await this.#notSendable();
    const answer = await askServer('POST', '/api/enrollment', null, { code, label, deviceKey: { x, y }, ...former });
    if (answer.kind !== 'ok') return failureOf(answer);
    if (checkEnrollment(answer.body) !== null) return { kind: 'unreachable' };
    const enrollment: KeptEnrollment = {
      ...(answer.body as Enrollment),
      schema: 2,
      enrolledAt: this.parts.now(),
      deviceKey: pair.privateKey
    };
    await this.parts.toolbox.putEnrollment(enrollment, this.parts.devicesWithBoxes());
    await this.parts.officers().forgetAll();
    // Enrolled again it is the same tablet, and its trail goes on.
    if (before?.deviceId !== enrollment.deviceId) await this.parts.chain.beginAnew();
    return { kind: 'answered', enrollment: viewOf(enrollment) };
  }

  /** A fresh lease for the member who is signed in; what the server did not sign is no lease. */
  async renewLease(): Promise<Contact<{ readonly lease: Lease; readonly officer: OfficerName }>> {
    const enrollment = await this.parts.toolbox.enrollment();
    if (enrollment === null) return { kind: 'notEnrolled' };
    const answer = await askAs(enrollment, 'POST', '/api/lease', {});
    if (answer.kind !== 'ok') return failureOf(answer);
    if (checkLeaseAnswer(answer.body) !== null) return { kind: 'unreachable' };
    const { lease: jws, officer } = answer.body as LeaseAnswer;
    const lease = await this.#verified(jws, enrollment);
    if (lease === null) return { kind: 'unreachable' };
    await this.parts.officers().take(lease, jws, officer);
    return { kind: 'answered', lease, officer };
  }

  /** The lease that counts now, verified afresh; null: nobody may capture. */
  async lease(): Promise<Lease | null> {
    const row = await this.parts.officers().onDuty();
    return row?.lease == null ? null : this.leaseIn(row.lease);
  }

  /** The lease inside a signed one, when the enrolled server signed it for this tablet and it counts now. */
  async leaseIn(jws: string): Promise<Lease | null> {
    const enrollment = await this.parts.toolbox.enrollment();
    return enrollment === null ? null : this.#verified(jws, enrollment);
  }

  async hello(): Promise<Contact<{ readonly hello: DeviceHello; readonly clockOffsetMs: number }>> {
    const enrollment = await this.parts.toolbox.enrollment();
    if (enrollment === null) return { kind: 'notEnrolled' };
    const askedAtMs = this.parts.monotonicMs();
    const held = (await this.parts.lists.stored()).map(({ version }) => version._id);
    const path = `/api/device/hello${held.length === 0 ? '' : `?lists=${held.join(',')}`}`;
    const answer = await askAs(enrollment, 'GET', path);
    this.#notAccepted = answer.kind === 'refused' && answer.refusal.code === 'tabletNotAccepted';
    if (this.#notAccepted) await this.parts.officers().withdrawAll(['tabletRevoked']);
    if (answer.kind !== 'ok') return failureOf(answer);
    const travelMs = this.parts.monotonicMs() - askedAtMs;
    if (checkHello(answer.body) !== null) return { kind: 'unreachable' };
    const hello = answer.body as DeviceHello;
    // The server read its clock somewhere on the way: half of it is the best guess.
    const serverMs = Math.round(msOf(hello.serverTime) + travelMs / 2);
    const clockOffsetMs = serverMs - msOf(this.parts.now());
    this.clockOffsetMs = clockOffsetMs;
    await this.parts.timeTold(instantOf(serverMs));
    await this.parts.toolbox.keep('clockOffsetMs', clockOffsetMs);
    await this.parts.officers().giveTags(hello.confidential);
    for (const { memberId, failures } of hello.withdrawn) await this.parts.officers().withdraw(memberId, failures);
    for (const { memberId, releasedAt } of hello.releases) await this.parts.officers().releaseBy(memberId, releasedAt);
    return { kind: 'answered', hello, clockOffsetMs };
  }

  /**
   * The lines of a version: from this tablet when it is here and its officer present, else what changed since the one that is here, else the
   * whole. Believed only when the server signed for its hash.
   */
  async hotlist(
    versionId: string
  ): Promise<Contact<{ readonly version: HotlistVersion; readonly lines: Uint8Array<ArrayBuffer> }>> {
    const { lists, officers } = this.parts;
    const here = (await this.storedHotlists()).find(({ _id }) => _id === versionId);
    const known = here && (await lists.open(versionId, officers().present));
    if (here !== undefined && known != null) return { kind: 'answered', version: here, lines: known };
    const enrollment = await this.parts.toolbox.enrollment();
    if (enrollment === null) return { kind: 'notEnrolled' };
    const answer = await askAs(enrollment, 'GET', `/api/device/hotlists/${versionId}`);
    if (answer.kind !== 'ok') return failureOf(answer);
    if (checkOffer(answer.body) !== null) return { kind: 'unreachable' };
    const { signed, parts } = answer.body as HotlistOffer;
    const version = await signedPayload(signed, enrollment.signingKey, checkHotlistVersion);
    if (version?._id !== versionId) return { kind: 'unreachable' };
    const lines = await this.#linesOf(version, parts, enrollment);
    if (lines === null) return { kind: 'unreachable' };
    // A disk that is full keeps nothing of it: the list is in memory all the same.
    await lists.keep(signed, version, lines, await officers().wrapOnDuty()).catch(() => undefined);
    return { kind: 'answered', version, lines };
  }

  /** Sends the tablet's own audit trail, a hundred entries at a time, until none waits or the link is gone. */
  async sendEntries(): Promise<void> {
    const enrollment = await this.parts.toolbox.enrollment();
    if (enrollment === null) return;
    for (let entries = this.parts.chain.pending(); entries.length > 0; entries = this.parts.chain.pending()) {
      const answer = await askAs(enrollment, 'POST', '/api/device/entries', { entries });
      const upTo = answer.kind === 'ok' ? (answer.body as Partial<EntriesTaken> | null)?.upTo : undefined;
      // A captive portal's answer has no number: everything stays here.
      if (typeof upTo !== 'number' || upTo < (entries[0]?.seq ?? 0)) return;
      await this.parts.chain.taken(upTo);
    }
  }

  /** Whether headquarters' audit trail continues what this tablet saw of it; null: nothing can be said now. */
  async witness(): Promise<Testimony | null> {
    const enrollment = await this.parts.toolbox.enrollment();
    return enrollment === null ? null : this.#witness.ask(enrollment);
  }

  /** What is here and can be opened now: the lists of the officer who is present. */
  async storedHotlists(): Promise<readonly HotlistVersion[]> {
    const present = this.parts.officers().present;
    const stored = await this.parts.lists.stored();
    return stored.filter(({ memberId }) => memberId === present?.memberId).map(({ version }) => version);
  }

  /** The device of which records are here that cannot be sent: this tablet has to be enrolled again as that one. */
  async #notSendable(): Promise<{ readonly formerDeviceId?: string }> {
    for (const deviceId of this.parts.devicesWithBoxes()) {
      const kept = await this.parts.toolbox.enrollmentOf(deviceId);
      if (kept?.deviceKey === undefined || this.#notAccepted) return { formerDeviceId: deviceId };
    }
    return {};
  }

  /** What came, from the version that is here or from the first line on; null: no link. */
  async #linesOf(
    version: HotlistVersion,
    parts: number,
    enrollment: KeptEnrollment
  ): Promise<Uint8Array<ArrayBuffer> | null> {
    const path = `/api/device/hotlists/${version._id}`;
    const stored = (await this.storedHotlists()).find(({ source }) => source.sourceId === version.source.sourceId);
    const before = stored && (await this.parts.lists.open(stored._id, this.parts.officers().present));
    if (stored !== undefined && before != null) {
      const answer = await askAs(enrollment, 'GET', `${path}/changes/${stored._id}`);
      if (answer.kind === 'ok' && checkChanges(answer.body) === null) {
        const lines = changedLines(before, answer.body as HotlistChanges);
        if ((await sha256Of(lines)) === version.sha256) return lines;
      }
    }
    const identity = identityOf(enrollment);
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    for (let at = 0; at < parts; at++) {
      const piece = identity && (await fetchUnpacked(`${path}/parts/${at}`, identity));
      if (piece === null) return null;
      pieces.push(piece);
    }
    const lines = new Uint8Array(await new Blob(pieces).arrayBuffer());
    return (await sha256Of(lines)) === version.sha256 ? lines : null;
  }

  async #verified(jws: unknown, enrollment: KeptEnrollment): Promise<Lease | null> {
    const lease = await signedPayload(jws, enrollment.signingKey, checkLease);
    return lease === null ? null : leaseInForce(lease, enrollment.deviceId, this.parts.leaseNow());
  }
}

export const viewOf = ({ deviceId, label, agency, deviceKey }: KeptEnrollment): EnrollmentView => ({
  deviceId,
  label,
  agency,
  hasKey: deviceKey !== undefined
});

const identityOf = ({ deviceId, deviceKey }: KeptEnrollment): DeviceIdentity | null =>
  deviceKey === undefined ? null : { deviceId, deviceKey };

/** Asks as the enrolled device. A tablet without its key is nobody to headquarters, and need not ask to know. */
function askAs(
  enrollment: KeptEnrollment,
  ...[method, path, body]: [method: 'GET' | 'POST', path: string, body?: unknown]
): Promise<Answer> {
  const identity = identityOf(enrollment);
  if (identity !== null) return askServer(method, path, identity, body);
  return Promise.resolve({ kind: 'refused', status: 401, refusal: KEY_LOST });
}

const KEY_LOST: Refusal = {
  code: 'keyLost',
  sentence: 'This tablet lost the key it was known by. Ask the Administration Sergeant to enroll it again.'
};

const checkOffer: Check<HotlistOffer> = closed<HotlistOffer>({
  signed: text({ min: 20, max: 20_000 }),
  parts: number({ min: 0, max: 100_000, integer: true })
});
const checkChanges: Check<HotlistChanges> = closed<HotlistChanges>({
  removed: list(text({ min: 1, max: 64 }), { max: 2_000_000 }),
  added: text({ max: 400_000_000 })
});

async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function failureOf(
  answer: Exclude<Answer, { kind: 'ok' }>
): Extract<Contact<object>, { kind: 'refused' } | { kind: 'unreachable' }> {
  return answer.kind === 'unreachable' ? answer : { kind: 'refused', refusal: answer.refusal };
}
