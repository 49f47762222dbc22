import { checkSetupRequest } from '#domain/wire/requests.ts';
import type { House } from '../../house.ts';
import { localDateIn } from '../../register/local-date.ts';
import { setUp } from '../../setup/setup.ts';
import { refused, type Route } from '../door.ts';
import { withBody } from '../given-body.ts';

/** The first account, by the one-time link that the server printed at its start. */
export function setupRoute(route: Route, house: House): void {
  let underWay = false;
  route(
    'POST /api/setup',
    ({ body }) =>
      withBody(checkSetupRequest, body, (request) => {
        if (house.register.agency() !== undefined || underWay) return refused(409, 'alreadySetUp');
        if (!house.setupCode.matches(request.code)) return refused(403, 'wrongCode');
        if (!isTimeZone(request.timeZone)) return refused(400, 'unknownTimeZone');
        const today = localDateIn(request, house.given.now());
        if (request.policy.adoptedOn > today || request.trainingCompletedOn > today)
          return refused(400, 'dateInFuture');
        const memberId = house.given.newId();
        return {
          kind: 'ready',
          act: { object: { type: 'member', id: memberId }, actorName: request.name },
          answer: async () => {
            underWay = true;
            try {
              await setUp(house, request, memberId);
              house.setupCode.use();
            } finally {
              underWay = false;
            }
            return { status: 201, body: {} };
          }
        };
      }),
    { aMinute: 10 }
  );
}

function isTimeZone(written: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: written });
    return true;
  } catch {
    return false;
  }
}
