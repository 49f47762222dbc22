import { needsSecondFactor } from '#domain/policy/second-factor.ts';
import type { FactorAdded } from '#domain/wire/answers.ts';
import { checkNewAuthenticatorRequest, checkNewPasskeyRequest } from '#domain/wire/requests.ts';
import type { House } from '../../house.ts';
import { refused, type Asking, type Prepared, type Route } from '../door.ts';
import { withBody } from '../given-body.ts';
import { COOKIE_OPTIONS, SESSION_COOKIE } from '../sessions.ts';
import type { Person } from '../who.ts';

/** A member's own second factors: seen, added, removed; the first brings recovery codes (CJIS IA-2). */
export function factorRoutes(route: Route, house: House): void {
  const { factors, sessions } = house;

  const own = (then: (person: Person, asking: Asking) => Promise<Prepared> | Prepared) => (asking: Asking) =>
    asking.asker.person === undefined ? refused(401, 'signInFirst') : then(asking.asker.person, asking);

  // Who has added the first factor is let in, with a new token: the one before was worth less.
  const added = ({ member, session }: Person, kind: string, add: () => Promise<void>): Prepared => ({
    kind: 'ready',
    act: { object: { type: 'member', id: member._id }, note: kind },
    answer: async (_entryId, reply) => {
      await add();
      const body: FactorAdded = { recoveryCodes: await factors.firstRecoveryCodes(member._id) };
      if (session.mustAddFactor) {
        const { token } = await sessions.begin(member._id);
        await sessions.end(session);
        reply.setCookie(SESSION_COOKIE, token, COOKIE_OPTIONS);
      }
      return { status: 201, body };
    }
  });

  route(
    'GET /api/session/factors',
    own(async ({ member, agency }) => {
      const body = await factors.viewOf(member._id, agency);
      return { kind: 'ready', act: null, answer: () => ({ body }) };
    })
  );

  route(
    'POST /api/session/factors/new-authenticator',
    own(({ member, agency }) => {
      const body = factors.newAuthenticator(agency, member);
      return { kind: 'ready', act: null, answer: () => ({ body }) };
    })
  );

  route(
    'POST /api/session/factors/authenticator',
    own((person, { body }) =>
      withBody(checkNewAuthenticatorRequest, body, (request) => {
        const add = factors.authenticatorOf(person.member._id, request);
        return add === null ? refused(403, 'wrongFactor') : added(person, 'authenticator', add);
      })
    ),
    { aMinute: 20 }
  );

  route(
    'POST /api/session/factors/passkey-challenge',
    own(async ({ member }, { origin }) => {
      const body = await factors.challengeToAdd(origin, member);
      return { kind: 'ready', act: null, answer: () => ({ body }) };
    })
  );

  route(
    'POST /api/session/factors/passkey',
    own((person, { body, origin }) =>
      withBody(checkNewPasskeyRequest, body, async (request) => {
        const add = await factors.passkeyOf(origin, person.member._id, request);
        return add === null ? refused(403, 'wrongFactor') : added(person, 'passkey', add);
      })
    ),
    { aMinute: 20 }
  );

  route(
    'POST /api/session/factors/recovery-codes',
    own(({ member }) => ({
      kind: 'ready',
      act: { object: { type: 'member', id: member._id }, note: 'recovery codes' },
      answer: async () => {
        const body: FactorAdded = { recoveryCodes: await factors.newRecoveryCodes(member._id) };
        return { status: 201, body };
      }
    }))
  );

  route(
    'DELETE /api/session/factors/:id',
    own(async ({ member, agency }, { params }) => {
      const all = await factors.of(member._id);
      const factor = all.find(({ id }) => id === params['id']);
      if (factor === undefined) return refused(403, 'notYourFactor');
      if (all.length === 1 && needsSecondFactor(agency)) return refused(409, 'lastFactor');
      return {
        kind: 'ready',
        act: { object: { type: 'member', id: member._id }, note: factor.kind },
        answer: async () => {
          await factors.remove(member._id, factor.id);
          return {};
        }
      };
    })
  );
}
