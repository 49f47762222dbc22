import { FORMER_KEYS, type Device } from '#domain/records/agency.ts';
import type { Enrollment, LeaseAnswer } from '#domain/wire/answers.ts';
import { checkEnrollmentRequest } from '#domain/wire/requests.ts';
import { findCode, useCode } from '../../devices/codes.ts';
import { leaseFor } from '../../devices/lease.ts';
import { newRelease } from '../../devices/releases.ts';
import type { House } from '../../house.ts';
import { refused, type Route } from '../door.ts';
import { withBody } from '../given-body.ts';

/** A tablet joins the agency, and an officer takes it out with a lease. */
export function enrollmentRoutes(route: Route, house: House): void {
  const { store, given, keys, register } = house;

  route(
    'POST /api/enrollment',
    ({ body }) =>
      withBody(checkEnrollmentRequest, body, async ({ code, label, deviceKey, formerDeviceId }) => {
        const agency = register.agency();
        if (agency === undefined) return refused(409, 'notSetUp');
        const known = await findCode(store, given, code);
        if (known === undefined) return refused(403, 'wrongCode', {});
        // Records are sent by the tablet they were sealed on: as another one it could never send them.
        const former = formerDeviceId === undefined ? undefined : register.device(formerDeviceId);
        if (former !== undefined && known.deviceId !== former._id) return refused(409, 'enrollAgain', {});
        if (!(await useCode(store, given, known))) return refused(403, 'wrongCode', {});
        const before = known.deviceId === null ? undefined : register.device(known.deviceId);
        const device: Device = {
          _id: before?._id ?? given.newId(),
          kind: 'device',
          schema: 1,
          label,
          enrolledAt: given.now(),
          enrolledBy: known.madeBy,
          lastSeenAt: null,
          revokedAt: null,
          signingKey: deviceKey,
          ...formerKeysOf(before)
        };
        return {
          kind: 'ready',
          asker: { device },
          act: { object: { type: 'device', id: device._id } },
          answer: async () => {
            await register.put(device);
            const enrollment: Enrollment = {
              deviceId: device._id,
              label,
              agency,
              sealingKey: keys.sealing.publicKey,
              auditKey: keys.audit.publicKey,
              signingKey: keys.signing.publicJwk
            };
            return { status: 201, body: enrollment };
          }
        };
      }),
    { aMinute: 20 }
  );

  route('POST /api/lease', ({ asker: { person, device } }) => {
    if (person === undefined || device === undefined) return refused(401, 'signInFirst');
    const release = newRelease(given, device._id, person.member._id);
    const outcome = leaseFor(register, person.agency, person.member, device._id, release.hash, given.now());
    if (outcome.kind === 'refused') {
      const { failures } = outcome;
      return { kind: 'refused', status: 403, code: failures[0] ?? 'notAllowed', more: { failures } };
    }
    return {
      kind: 'ready',
      act: { object: { type: 'device', id: device._id } },
      answer: async () => {
        await house.releases.agree(release);
        const { name, signInName } = person.member;
        const given: LeaseAnswer = { lease: await keys.signing.sign(outcome.lease), officer: { name, signInName } };
        return { status: 201, body: given };
      }
    };
  });
}

/** Enrolled again: what the earlier keys signed before may still be on its way. */
function formerKeysOf(before: Device | undefined): Pick<Device, 'formerKeys'> {
  if (before?.signingKey === undefined)
    return before?.formerKeys === undefined ? {} : { formerKeys: before.formerKeys };
  return { formerKeys: [...(before.formerKeys ?? []), before.signingKey].slice(-FORMER_KEYS) };
}
