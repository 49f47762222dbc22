import { longestRetentionDays } from '#domain/policy/retention.ts';
import { checkChangeAgencyRequest, checkPolicyGiven } from '#domain/wire/requests.ts';
import type { House } from '../../house.ts';
import { localDateIn } from '../../register/local-date.ts';
import { adoptPolicy } from '../../setup/policy.ts';
import { keepSuspension } from '../../setup/suspension.ts';
import { refused, type Route } from '../door.ts';
import { withBody } from '../given-body.ts';

/** What the Administration Sergeant answers for (426.2): retention, suspension, the policy in force, the lists. */
export function agencyRoutes(route: Route, house: House): void {
  const { register, given, store } = house;

  route('GET /api/agency', ({ asker: { person } }) => {
    if (person === undefined) return refused(401, 'signInFirst');
    return { kind: 'ready', answer: () => ({ body: person.agency }) };
  });

  route('PUT /api/agency', ({ asker: { person }, body }) =>
    withBody(checkChangeAgencyRequest, body, (request) => {
      if (person === undefined) return refused(401, 'signInFirst');
      if (request.retentionDays > longestRetentionDays(request.backupDays)) return refused(400, 'retentionTooLong');
      const before = person.agency;
      const agency = { ...before, ...request };
      const told = ({ retentionDays, backupDays, suspended, secondFactor = 'required' }: typeof request): string =>
        `${retentionDays} + ${backupDays} days, second factor ${secondFactor}${suspended ? ', suspended' : ''}`;
      return {
        kind: 'ready',
        act: { object: { type: 'agency', id: agency._id }, note: `${told(before)} -> ${told(agency)}` },
        answer: async () => {
          await keepSuspension(store, agency.suspended, given.now());
          await register.put(agency);
          return { body: agency };
        }
      };
    })
  );

  route('POST /api/policies', ({ asker: { person }, body }) =>
    withBody(checkPolicyGiven, body, (request) => {
      if (person === undefined) return refused(401, 'signInFirst');
      if (request.adoptedOn > localDateIn(person.agency, given.now())) return refused(400, 'dateInFuture');
      const policy = adoptPolicy(request, given.newId());
      return {
        kind: 'ready',
        act: { object: { type: 'policy', id: policy._id } },
        answer: async () => {
          await register.put(policy);
          return { status: 201, body: policy };
        }
      };
    })
  );
}
