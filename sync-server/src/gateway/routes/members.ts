import { mayCapture } from '#domain/policy/may-capture.ts';
import type { AccessGrant, Member, Training } from '#domain/records/agency.ts';
import type { MemberRow } from '#domain/wire/answers.ts';
import {
  checkChangeMemberRequest,
  checkNewGrantRequest,
  checkNewMemberRequest,
  checkNewTrainingRequest
} from '#domain/wire/requests.ts';
import { msOf } from '#domain/time/instant.ts';
import type { House } from '../../house.ts';
import { localDateIn } from '../../register/local-date.ts';
import { keepPassword } from '../../users/accounts.ts';
import { refused, type Asking, type Prepared, type Route } from '../door.ts';
import { withBody } from '../given-body.ts';

/** Members, their training (426.3(d)) and their written authorization (13.824 subd. 7(b)). */
export function memberRoutes(route: Route, house: House): void {
  const { register, given } = house;

  const withMember = (
    asking: Asking,
    then: (member: Member) => Promise<Prepared> | Prepared
  ): Promise<Prepared> | Prepared => {
    const member = register.member(asking.params['id'] ?? '');
    return member === undefined ? refused(404, 'notFound') : then(member);
  };
  const about = (member: Member): { object: { type: string; id: string } } => ({
    object: { type: 'member', id: member._id }
  });

  route('GET /api/members', ({ asker: { person } }) => {
    if (person === undefined) return refused(401, 'signInFirst');
    const now = given.now();
    const rows = register.members().map((member): MemberRow => {
      const permission = mayCapture(register.standing(member, person.agency, localDateIn(person.agency, now)), now);
      return {
        member,
        trainings: register.trainings(member._id),
        grants: register.grants(member._id),
        failures: permission.kind === 'allowed' ? [] : permission.failures
      };
    });
    return { kind: 'ready', act: { response: { count: rows.length } }, answer: () => ({ body: rows }) };
  });

  route('POST /api/members', ({ body }) =>
    withBody(checkNewMemberRequest, body, async (request) => {
      if (register.memberNamed(request.signInName) !== undefined) return refused(409, 'nameTaken');
      const member: Member = {
        _id: given.newId(),
        kind: 'member',
        schema: 1,
        name: request.name,
        signInName: request.signInName,
        roles: request.roles,
        disabledAt: null
      };
      const passwordHash = await house.passwords.hash(request.password);
      return {
        kind: 'ready',
        act: { ...about(member), note: `new: ${member.roles.join(', ')}` },
        answer: async () => {
          await keepPassword(house.store, member._id, passwordHash);
          await register.put(member);
          return { status: 201, body: member };
        }
      };
    })
  );

  route('PATCH /api/members/:id', (asking) =>
    withBody(checkChangeMemberRequest, asking.body, (request) =>
      withMember(asking, (member) => {
        const disabledAt =
          request.disabled === undefined
            ? member.disabledAt
            : request.disabled
              ? (member.disabledAt ?? given.now())
              : null;
        const changed: Member = { ...member, roles: request.roles ?? member.roles, disabledAt };
        if (!somebodyAdministers(register.members().map((m) => (m._id === member._id ? changed : m))))
          return refused(409, 'lastAdministrator', about(member));
        return {
          kind: 'ready',
          act: { ...about(member), note: `${wordsOf(member)} -> ${wordsOf(changed)}` },
          answer: async () => {
            await register.put(changed);
            if (changed.disabledAt !== null) await house.sessions.endAllOf(changed._id);
            return { body: changed };
          }
        };
      })
    )
  );

  // The phone is lost, the key is broken: the next sign-in enrolls anew (CJIS IA-2).
  route('DELETE /api/members/:id/factors', (asking) =>
    withMember(asking, (member) => ({
      kind: 'ready',
      act: about(member),
      answer: async () => {
        await house.factors.reset(member._id);
        await house.sessions.endAllOf(member._id);
        return {};
      }
    }))
  );

  route('POST /api/members/:id/trainings', (asking) =>
    withBody(checkNewTrainingRequest, asking.body, (request) =>
      withMember(asking, (member) => {
        if (msOf(request.completedAt) > msOf(given.now())) return refused(400, 'dateInFuture', about(member));
        const training: Training = {
          _id: given.newId(),
          kind: 'training',
          schema: 1,
          memberId: member._id,
          ...request
        };
        return {
          kind: 'ready',
          act: about(member),
          answer: async () => {
            await register.put(training);
            return { status: 201, body: training };
          }
        };
      })
    )
  );

  route('POST /api/members/:id/grants', (asking) =>
    withBody(checkNewGrantRequest, asking.body, (request) =>
      withMember(asking, (member) => {
        const grant: AccessGrant = {
          _id: given.newId(),
          kind: 'grant',
          schema: 1,
          memberId: member._id,
          ...request,
          from: given.now()
        };
        return {
          kind: 'ready',
          act: { ...about(member), note: grant.roles.join(', ') },
          answer: async () => {
            await register.put(grant);
            return { status: 201, body: grant };
          }
        };
      })
    )
  );
}

const somebodyAdministers = (members: readonly Member[]): boolean =>
  members.some((member) => member.disabledAt === null && member.roles.includes('administrator'));

const wordsOf = (member: Member): string => (member.disabledAt === null ? member.roles.join(', ') : 'disabled');
