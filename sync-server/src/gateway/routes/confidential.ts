import type { Agency } from '#domain/records/agency.ts';
import { checkConfidentialAct, type ConfidentialAct } from '#domain/records/confidential.ts';
import type { ConfidentialAnswer } from '#domain/wire/answers.ts';
import { destroyWhatIsHere } from '../../confidentiality/already-here.ts';
import type { House } from '../../house.ts';
import { refused, type Answer, type Route } from '../door.ts';
import { withBody } from '../given-body.ts';
import { refusal } from '../sentences.ts';

/**
 * Requests of participants of the Address Confidentiality Program (13.824 subd. 3(c)), for the custodian alone. One route and one entry
 * in the trail for whatever is done: who may read the trail or the server's log learns of no request.
 */
export function confidentialRoutes(route: Route, house: House): void {
  const { confidential, register } = house;

  const answer = (alreadyHere: ConfidentialAnswer['alreadyHere'] = null): Answer => {
    const requests = confidential.requests.map((request) => ({
      ...request,
      enteredByName: register.member(request.enteredBy)?.name ?? ''
    }));
    return { body: { requests, alreadyHere } satisfies ConfidentialAnswer };
  };

  const act = async (asked: ConfidentialAct, memberId: string, agency: Agency): Promise<Answer> => {
    if (asked.kind === 'look') return answer();
    if (asked.kind === 'end')
      return (await confidential.end(asked.id)) ? answer() : { status: 404, body: refusal('notFound') };
    const { participantRef, plates } = asked;
    const added = await confidential.add({ participantRef, plates }, memberId);
    return added.kind === 'full'
      ? { status: 409, body: refusal('confidentialFull') }
      : answer(await destroyWhatIsHere(house, agency, plates));
  };

  route('POST /api/confidential', ({ asker: { person }, body }) =>
    withBody(checkConfidentialAct, body, (asked) => {
      if (person === undefined) return refused(401, 'signInFirst');
      return { kind: 'ready', answer: () => act(asked, person.member._id, person.agency) };
    })
  );
}
