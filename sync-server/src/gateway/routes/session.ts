import { mayCapture } from '#domain/policy/may-capture.ts';
import type { SessionView } from '#domain/wire/answers.ts';
import { checkSignInRequest } from '#domain/wire/requests.ts';
import type { House } from '../../house.ts';
import { passwordHashOf } from '../../users/accounts.ts';
import { ANOTHER_SESSION } from '#domain/policy/misuse.ts';
import { refused, type Route } from '../door.ts';
import { withBody } from '../given-body.ts';
import { COOKIE_OPTIONS, SESSION_COOKIE, type Session } from '../sessions.ts';
import { personIn, type Person } from '../who.ts';

/** Sign-in and sign-out. An unknown name and a wrong password are one and the same to the outside, in words and in time. */
export function sessionRoutes(route: Route, house: House): void {
  route(
    'POST /api/session',
    ({ body, address }) =>
      withBody(checkSignInRequest, body, async ({ signInName, password }) => {
        const agency = house.register.agency();
        if (agency === undefined) return refused(409, 'notSetUp');
        const wait = house.throttle.secondsToWait(signInName, address, house.given.now());
        if (wait > 0)
          return {
            kind: 'refused',
            status: 429,
            code: 'signInLocked',
            headers: { 'Retry-After': String(wait) }
          };
        const member = house.register.memberNamed(signInName.toLowerCase());
        const hash = member === undefined ? undefined : await passwordHashOf(house.store, member._id);
        const matches = await house.passwords.verify(password, hash);
        if (member?.disabledAt !== null || !matches) {
          house.throttle.wrong(signInName, address, house.given.now());
          return refused(
            401,
            'wrongSignIn',
            member === undefined ? {} : { object: { type: 'member', id: member._id } }
          );
        }
        house.throttle.right(signInName, address);
        const others = await house.sessions.countOf(member._id);
        const nobodyYet: Session = { id: '', memberId: member._id, expiresAt: house.given.now() };
        return {
          kind: 'ready',
          asker: { person: personIn(house, agency, member, nobodyYet) },
          // A second session at the same time may be a shared account: the review looks for it (426.3).
          act: { object: { type: 'member', id: member._id }, ...(others > 0 && { note: ANOTHER_SESSION }) },
          answer: async (_entryId, reply) => {
            const { token, session } = await house.sessions.begin(member._id);
            reply.setCookie(SESSION_COOKIE, token, COOKIE_OPTIONS);
            return { status: 201, body: viewOf(house, personIn(house, agency, member, session)) };
          }
        };
      }),
    { aMinute: 120 }
  );

  route('GET /api/session', ({ asker: { person } }) => {
    if (person === undefined) return refused(401, 'signInFirst');
    return { kind: 'ready', act: null, answer: () => ({ body: viewOf(house, person) }) };
  });

  route('DELETE /api/session', ({ asker: { person } }) => ({
    kind: 'ready',
    answer: async (_entryId, reply) => {
      if (person !== undefined) await house.sessions.end(person.session);
      reply.clearCookie(SESSION_COOKIE, COOKIE_OPTIONS);
      return {};
    }
  }));
}

function viewOf(house: House, person: Person): SessionView {
  const permission = mayCapture(person.standing, house.given.now());
  return {
    member: person.member,
    roles: person.roles,
    agency: person.agency,
    policy: person.standing.policy,
    captureFailures: permission.kind === 'allowed' ? [] : permission.failures,
    expiresAt: person.session.expiresAt
  };
}
