import type { ReleaseCode } from '#domain/wire/answers.ts';
import { checkEnrollmentCodeRequest, checkReleaseRequest } from '#domain/wire/requests.ts';
import { issueCode } from '../../devices/codes.ts';
import type { House } from '../../house.ts';
import { refused, type Route } from '../door.ts';
import { withBody } from '../given-body.ts';

/** Tablets as the Administration Sergeant sees them: a code to enroll one, and an end to one that is lost (426.2). */
export function deviceAdminRoutes(route: Route, house: House): void {
  const { register, given, store, demo } = house;

  route('POST /api/devices/codes', ({ asker: { person }, body }) =>
    withBody(checkEnrollmentCodeRequest, body, ({ deviceId = null }) => {
      if (person === undefined) return refused(401, 'signInFirst');
      if (deviceId !== null && register.device(deviceId) === undefined) return refused(404, 'notFound');
      return {
        kind: 'ready',
        act: deviceId === null ? {} : { object: { type: 'device', id: deviceId }, note: 'to enroll it again' },
        answer: async () => ({
          status: 201,
          body: await issueCode(store, given, { madeBy: person.member._id, deviceId, demo })
        })
      };
    })
  );

  route('POST /api/devices/:id/releases', ({ params, body }) =>
    withBody(checkReleaseRequest, body, async ({ signInName }) => {
      const device = register.device(params['id'] ?? '');
      const member = register.memberNamed(signInName);
      const release =
        device === undefined || member === undefined ? undefined : await house.releases.find(device._id, member._id);
      if (device === undefined || member === undefined || release === undefined) return refused(404, 'noLeaseThere');
      return {
        kind: 'ready',
        act: { object: { type: 'member', id: member._id }, note: `on tablet ${device._id}` },
        answer: async () => {
          const answer: ReleaseCode = { code: await house.releases.release(release) };
          return { status: 201, body: answer };
        }
      };
    })
  );

  route('DELETE /api/devices/:id', ({ params }) => {
    const device = register.device(params['id'] ?? '');
    if (device === undefined) return refused(404, 'notFound');
    return {
      kind: 'ready',
      act: { object: { type: 'device', id: device._id } },
      answer: async () => {
        const revoked = { ...device, revokedAt: device.revokedAt ?? given.now() };
        await register.put(revoked);
        return { body: revoked };
      }
    };
  });
}
