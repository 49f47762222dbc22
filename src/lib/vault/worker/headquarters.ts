import { checkHotlistPackage, type HotlistPackage } from '#domain/records/hotlist.ts';
import { instantOf, msOf, type Instant } from '#domain/time/instant.ts';
import type { DeviceHello, Enrollment, Lease, LeaseAnswer, OfficerName, Refusal } from '#domain/wire/answers.ts';
import type { EntriesTaken } from '#domain/wire/tablet-entries.ts';
import { askServer, type Answer } from '../../replication/server.ts';
import { signedPayload } from '../../replication/signed.ts';
import { checkEnrollment, checkHello, checkLeaseAnswer } from '../answers.ts';
import { checkLease, leaseInForce } from '../lease.ts';
import type { Contact, EnrollmentView } from '../protocol.ts';
import type { AuditChain } from './audit-chain.ts';
import type { Officers } from './officers.ts';
import type { KeptEnrollment, Toolbox } from './toolbox.ts';

interface HeadquartersParts {
  readonly toolbox: Toolbox;
  readonly officers: () => Officers;
  readonly chain: AuditChain;
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
  // In memory alone: a list in clear on the disk is not allowed, and there is no key yet that could seal it.
  readonly #hotlists = new Map<string, HotlistPackage>();

  /** headquarters no longer knows this tablet, or has revoked it */
  #notAccepted = false;

  constructor(private readonly parts: HeadquartersParts) {}

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
    const answer = await askAs(enrollment, 'GET', '/api/device/hello');
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

  async hotlist(versionId: string): Promise<Contact<{ readonly hotlist: HotlistPackage }>> {
    const known = this.#hotlists.get(versionId);
    if (known !== undefined) return { kind: 'answered', hotlist: known };
    const enrollment = await this.parts.toolbox.enrollment();
    if (enrollment === null) return { kind: 'notEnrolled' };
    const path = `/api/device/hotlists/${encodeURIComponent(versionId)}`;
    const answer = await askAs(enrollment, 'GET', path);
    if (answer.kind !== 'ok') return failureOf(answer);
    const hotlist = answer.body as HotlistPackage;
    if (checkHotlistPackage(hotlist) !== null || hotlist.version._id !== versionId) return { kind: 'unreachable' };
    this.#forgetOlder(hotlist);
    this.#hotlists.set(versionId, hotlist);
    return { kind: 'answered', hotlist };
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

  forgetHotlists(): void {
    this.#hotlists.clear();
  }

  /** The device of which records are here that cannot be sent: this tablet has to be enrolled again as that one. */
  async #notSendable(): Promise<{ readonly formerDeviceId?: string }> {
    for (const deviceId of this.parts.devicesWithBoxes()) {
      const kept = await this.parts.toolbox.enrollmentOf(deviceId);
      if (kept?.deviceKey === undefined || this.#notAccepted) return { formerDeviceId: deviceId };
    }
    return {};
  }

  #forgetOlder({ version }: HotlistPackage): void {
    for (const [id, known] of this.#hotlists)
      if (known.version.source.sourceId === version.source.sourceId) this.#hotlists.delete(id);
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

/** Asks as the enrolled device. A tablet without its key is nobody to headquarters, and need not ask to know. */
function askAs(
  { deviceId, deviceKey }: KeptEnrollment,
  ...[method, path, body]: [method: 'GET' | 'POST', path: string, body?: unknown]
): Promise<Answer> {
  if (deviceKey !== undefined) return askServer(method, path, { deviceId, deviceKey }, body);
  return Promise.resolve({ kind: 'refused', status: 401, refusal: KEY_LOST });
}

const KEY_LOST: Refusal = {
  code: 'keyLost',
  sentence: 'This tablet lost the key it was known by. Ask the Administration Sergeant to enroll it again.'
};

function failureOf(
  answer: Exclude<Answer, { kind: 'ok' }>
): Extract<Contact<object>, { kind: 'refused' } | { kind: 'unreachable' }> {
  return answer.kind === 'unreachable' ? answer : { kind: 'refused', refusal: answer.refusal };
}
