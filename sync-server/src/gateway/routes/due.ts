import { noticesDue } from '#domain/policy/bca-notice.ts';
import { whatIsDue } from '#domain/policy/due.ts';
import { incidentDuties } from '#domain/policy/incidents.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { Instant, LocalDate } from '#domain/time/instant.ts';
import type { DueAnswer } from '#domain/wire/answers.ts';
import { signOffOf, weekOf } from '../../audit/review.ts';
import type { House } from '../../house.ts';
import { localDateIn, startOfDateIn } from '../../register/local-date.ts';
import { rowsOf } from '../../register/rows.ts';
import { refused, type Route } from '../door.ts';
import { whatCallsForNotice } from './locations.ts';

/** One page of what is due: notices, reviews, trainings and authorizations that end (426.2: the Administration Sergeant's duties). */
export function dueRoutes(route: Route, house: House): void {
  const { given } = house;
  route('GET /api/due', async ({ asker: { person } }) => {
    if (person === undefined) return refused(401, 'signInFirst');
    const body = await dueNow(house, person.agency, given.now());
    return { kind: 'ready', act: { response: { count: body.items.length } }, answer: () => ({ body }) };
  });
}

async function dueNow(house: House, agency: Agency, now: Instant): Promise<DueAnswer> {
  const { register, holds, trail, store } = house;
  const today = localDateIn(agency, now);
  const week = weekOf(agency, now);
  const [{ known, events, notices }, allHolds, incidents, thisWeek] = await Promise.all([
    whatCallsForNotice(house, agency),
    holds.all(),
    rowsOf(store, 'incident'),
    trail.since(startOfDateIn(agency, week))
  ]);
  const dateOf = (instant: Instant): LocalDate => localDateIn(agency, instant);
  const items = whatIsDue({
    today,
    dateOf,
    notices: noticesDue(events, notices, today),
    locations: known,
    holds: allHolds,
    incidents: incidents.flatMap(incidentDuties),
    review: { week, isSigned: signOffOf(week, thisWeek) !== undefined },
    members: register
      .members()
      .filter(({ disabledAt }) => disabledAt === null)
      .map(({ _id, name }) => ({ name, trainings: register.trainings(_id), grants: register.grants(_id) }))
  });
  return { today, items };
}
