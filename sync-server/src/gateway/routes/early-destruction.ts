import { checkEarlyDestructionRequest } from '#domain/wire/requests.ts';
import { coveredReads } from '../../holds/covered.ts';
import type { House } from '../../house.ts';
import { refused, type Route } from '../door.ts';
import { withBody } from '../given-body.ts';

/**
 * Reads that must go before their date, as those of an Address Confidentiality participant (426.4(b); 13.824 subd. 3(c)). One that a hold
 * in force covers is not touched: the two duties are weighed by people first (LAW A13).
 */
export function earlyDestructionRoutes(route: Route, house: House): void {
  const { dayBoxes, destroyer, holds, store } = house;

  route('POST /api/reads/early-destruction', ({ asker: { person }, body }) =>
    withBody(checkEarlyDestructionRequest, body, async ({ date, readIds }) => {
      if (person === undefined) return refused(401, 'signInFirst');
      const object = { type: 'dayBox', id: date };
      if (!(await dayBoxes.exists(date))) return refused(404, 'notFound', { object });
      for (const { scope } of await holds.inForce()) {
        const held = await coveredReads(store, date, scope);
        if (held.some(({ _id }) => readIds.includes(_id))) return refused(409, 'heldRead', { object });
      }
      return {
        kind: 'ready',
        act: { object, response: { count: readIds.length } },
        answer: async () => ({ body: { reads: await destroyer.destroyEarly(person.agency, date, readIds) } })
      };
    })
  );
}
