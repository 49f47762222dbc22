import { mayCapture } from '#domain/policy/may-capture.ts';
import { ANOTHER_SESSION } from '#domain/policy/misuse.ts';
import { needsSecondFactor } from '#domain/policy/second-factor.ts';
import type { Agency, Member } from '#domain/records/agency.ts';
import type { SessionView } from '#domain/wire/answers.ts';
import { checkPasskeyAnswer, checkProofRequest, checkSignInRequest, type ProofRequest } from '#domain/wire/requests.ts';
import type { Act } from '../../audit/trail.ts';
import type { House } from '../../house.ts';
import { passwordHashOf } from '../../users/accounts.ts';
import { refused, type Prepared, type Route } from '../door.ts';
import { withBody } from '../given-body.ts';
import { COOKIE_OPTIONS, SESSION_COOKIE, type Session } from '../sessions.ts';
import { personIn, type Person } from '../who.ts';

/**
 * Sign-in, its fresh proof, and sign-out. An unknown name and a wrong password are one and the same to the outside, in words and in time.
 * Two factors: the password with a code, or a passkey, which is had and opened by finger, face or PIN (CJIS IA-2).
 */
export function sessionRoutes(route: Route, house: House): void {
  const { factors, given, throttle } = house;

  route(
    'POST /api/session',
    ({ body, address }) =>
      withBody(checkSignInRequest, body, async ({ signInName, password, code }) => {
        const agency = house.register.agency();
        if (agency === undefined) return refused(409, 'notSetUp');
        const wait = waitFor(house, signInName, address);
        if (wait !== null) return wait;
        const member = house.register.memberNamed(signInName.toLowerCase());
        const wrong = (why: 'wrongSignIn' | 'wrongFactor'): Prepared => {
          throttle.wrong(signInName, address, given.now());
          return refused(401, why, aboutMember(member));
        };
        // Asked of a name that nobody has too: the same work for every answer.
        const matches = await isPassword(house, member, password);
        if (member?.disabledAt !== null || !matches) return wrong('wrongSignIn');
        const own = await factors.of(member._id);
        if (own.length > 0 && code === undefined)
          return refused(401, own.some(({ kind }) => kind === 'authenticator') ? 'codeNeeded' : 'passkeyNeeded');
        if (own.length > 0 && !(await factors.acceptsCode(member._id, code ?? ''))) return wrong('wrongFactor');
        throttle.right(signInName, address);
        return signIn(house, agency, member, own.length === 0 && needsSecondFactor(agency));
      }),
    { aMinute: 120 }
  );

  route(
    'POST /api/session/passkey-challenge',
    async ({ origin }) => {
      const body = await factors.challengeToAnswer(origin);
      return { kind: 'ready', act: null, answer: () => ({ body }) };
    },
    { aMinute: 120 }
  );

  route(
    'POST /api/session/passkey',
    ({ body, origin }) =>
      withBody(checkPasskeyAnswer, body, async (answer) => {
        const agency = house.register.agency();
        if (agency === undefined) return refused(409, 'notSetUp');
        // Not throttled beyond the rate: what a passkey signs cannot be guessed.
        const memberId = await factors.acceptsPasskey(origin, answer);
        const member = memberId === null ? undefined : house.register.member(memberId);
        if (member?.disabledAt !== null) return refused(401, 'wrongFactor', aboutMember(member));
        return signIn(house, agency, member, false);
      }),
    { aMinute: 120 }
  );

  route('POST /api/session/proof-challenge', async ({ asker: { person }, origin }) => {
    if (person === undefined) return refused(401, 'signInFirst');
    const body = await factors.challengeToAnswer(origin, person.member._id);
    return { kind: 'ready', act: null, answer: () => ({ body }) };
  });

  route(
    'POST /api/session/proof',
    ({ asker: { person }, body, address, origin }) =>
      withBody(checkProofRequest, body, async (proof) => {
        if (person === undefined) return refused(401, 'signInFirst');
        const { member, session } = person;
        const wait = waitFor(house, member.signInName, address);
        if (wait !== null) return wait;
        if (!(await proves(house, member, proof, origin))) {
          throttle.wrong(member.signInName, address, given.now());
          return refused(403, 'wrongFactor');
        }
        return {
          kind: 'ready',
          answer: async () => {
            await house.sessions.prove(session);
            return {};
          }
        };
      }),
    { aMinute: 60 }
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

const aboutMember = (member: Member | undefined): Partial<Act> =>
  member === undefined ? {} : { object: { type: 'member', id: member._id } };

function waitFor({ throttle, given }: House, name: string, address: string): Prepared | null {
  const wait = throttle.secondsToWait(name, address, given.now());
  if (wait === 0) return null;
  return { kind: 'refused', status: 429, code: 'signInLocked', headers: { 'Retry-After': String(wait) } };
}

async function isPassword({ store, passwords }: House, member: Member | undefined, password: string): Promise<boolean> {
  return passwords.verify(password, member === undefined ? undefined : await passwordHashOf(store, member._id));
}

// With a second factor the password alone proves nothing any more.
async function proves(house: House, member: Member, proof: ProofRequest, origin: string): Promise<boolean> {
  switch (proof.kind) {
    case 'password':
      return (await house.factors.of(member._id)).length === 0 && isPassword(house, member, proof.password);
    case 'code':
      return house.factors.acceptsCode(member._id, proof.code);
    case 'passkey':
      return (await house.factors.acceptsPasskey(origin, proof.passkey, member._id)) !== null;
  }
}

async function signIn(house: House, agency: Agency, member: Member, mustAddFactor: boolean): Promise<Prepared> {
  const others = await house.sessions.countOf(member._id);
  const now = house.given.now();
  const nobodyYet: Session = { id: '', memberId: member._id, expiresAt: now, provedAt: now, mustAddFactor };
  return {
    kind: 'ready',
    asker: { person: personIn(house, agency, member, nobodyYet) },
    // A second session at the same time may be a shared account: the review looks for it (426.3).
    act: { ...aboutMember(member), ...(others > 0 && { note: ANOTHER_SESSION }) },
    answer: async (_entryId, reply) => {
      const { token, session } = await house.sessions.begin(member._id, mustAddFactor);
      reply.setCookie(SESSION_COOKIE, token, COOKIE_OPTIONS);
      return { status: 201, body: viewOf(house, personIn(house, agency, member, session)) };
    }
  };
}

function viewOf(house: House, person: Person): SessionView {
  const permission = mayCapture(person.standing, house.given.now());
  return {
    member: person.member,
    roles: person.roles,
    agency: person.agency,
    policy: person.standing.policy,
    captureFailures: permission.kind === 'allowed' ? [] : permission.failures,
    expiresAt: person.session.expiresAt,
    mustAddFactor: person.session.mustAddFactor
  };
}
