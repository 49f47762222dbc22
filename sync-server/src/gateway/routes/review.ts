import { checkSignReviewRequest } from '#domain/wire/requests.ts';
import type { ReviewAnswer } from '#domain/wire/answers.ts';
import { reviewNow } from '../../audit/review.ts';
import type { House } from '../../house.ts';
import { refused, type Route } from '../door.ts';
import { withBody } from '../given-body.ts';

/** The weekly review of the trail, signed off by somebody who does not use the data (CJIS AU-6; 426.5(f)). */
export function reviewRoutes(route: Route, house: House): void {
  const { given } = house;
  route('GET /api/review', async ({ asker: { person } }) => {
    if (person === undefined) return refused(401, 'signInFirst');
    const body: ReviewAnswer = await reviewNow(house, person.agency, person.member._id, given.now());
    return { kind: 'ready', act: { response: { count: body.leads.length } }, answer: () => ({ body }) };
  });

  route('POST /api/review', ({ asker: { person }, body }) =>
    withBody(checkSignReviewRequest, body, async ({ week, statement }) => {
      if (person === undefined) return refused(401, 'signInFirst');
      const review = await reviewNow(house, person.agency, person.member._id, given.now());
      if (review.week !== week) return refused(409, 'otherWeek');
      if (review.signedOff !== null) return refused(409, 'weekSignedOff');
      if (review.signOff.kind === 'refused') return refused(403, review.signOff.code);
      return {
        kind: 'ready',
        act: { object: { type: 'reviewWeek', id: week }, note: statement, response: { count: review.leads.length } },
        answer: () => ({ status: 201, body: {} })
      };
    })
  );
}
