import { bcaForm, noticeEvents, noticesDue, type NoticeEvent } from '#domain/policy/bca-notice.ts';
import { nextLocation } from '#domain/policy/locations.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { BcaNotice, FixedLocation } from '#domain/records/location.ts';
import type { LocationsAnswer } from '#domain/wire/answers.ts';
import {
  checkNoticeRequest,
  checkPlaceLeftRequest,
  checkPlaceRequest,
  checkWithholdRequest
} from '#domain/wire/requests.ts';
import type { House } from '../../house.ts';
import { INGEST, REGISTER } from '../../register/databases.ts';
import { localDateIn, startOfDateIn } from '../../register/local-date.ts';
import { rowsOf } from '../../register/rows.ts';
import { save } from '../../register/written.ts';
import { refused, type Asking, type Prepared, type Route } from '../door.ts';
import { withBody } from '../given-body.ts';

/** Current and previous places, what of them is withheld, and what the Bureau of Criminal Apprehension was told (426.4.1; 426.3.1(d)). */
export function locationRoutes(route: Route, house: House): void {
  const { given, register, store } = house;

  route('GET /api/locations', async ({ asker: { person } }) => {
    if (person === undefined) return refused(401, 'signInFirst');
    const { agency } = person;
    const { known, events, notices } = await whatCallsForNotice(house, agency);
    const today = localDateIn(agency, given.now());
    const body: LocationsAnswer = {
      today,
      locations: known,
      due: noticesDue(events, notices, today),
      form: bcaForm(agency.name, events.length > 0, known),
      sent: notices
        .map((notice) => ({ notice, enteredBy: register.member(notice.enteredBy)?.name ?? '' }))
        .sort((a, b) => (a.notice.enteredAt < b.notice.enteredAt ? 1 : -1))
    };
    return { kind: 'ready', act: { response: { count: known.length } }, answer: () => ({ body }) };
  });

  route('POST /api/locations', ({ asker: { person }, body }) =>
    withBody(checkPlaceRequest, body, ({ installedOn, ...place }) => {
      if (person === undefined) return refused(401, 'signInFirst');
      if (installedOn > localDateIn(person.agency, given.now())) return refused(400, 'dateInFuture');
      return prepareChange(house, null, {
        _id: given.newId(),
        kind: 'fixedLocation',
        schema: 1,
        deviceId: null,
        ...place,
        installedAt: startOfDateIn(person.agency, installedOn),
        removedAt: null
      });
    })
  );

  route('POST /api/locations/:id/removal', (asking) =>
    withBody(checkPlaceLeftRequest, asking.body, ({ removedOn }) =>
      withPlace(house, asking, (place, agency) => {
        if (removedOn > localDateIn(agency, given.now())) return refused(400, 'dateInFuture');
        // Removed on the day it was put there: it stood for less than a day.
        const startOfDay = startOfDateIn(agency, removedOn);
        const isSameDay = localDateIn(agency, place.installedAt) === removedOn;
        return prepareChange(house, place, { ...place, removedAt: isSameDay ? place.installedAt : startOfDay });
      })
    )
  );

  route('POST /api/locations/:id/withholding', (asking) =>
    withBody(checkWithholdRequest, asking.body, ({ determination, reviewOn }) =>
      withPlace(house, asking, (place, agency, by) => {
        if (reviewOn < localDateIn(agency, given.now())) return refused(400, 'reviewTooFar');
        return prepareChange(house, place, { ...place, withheld: { determination, by, at: given.now(), reviewOn } });
      })
    )
  );

  route('DELETE /api/locations/:id/withholding', (asking) =>
    withPlace(house, asking, (place) => prepareChange(house, place, { ...place, withheld: null }))
  );

  route('POST /api/notices', ({ asker: { person }, body }) =>
    withBody(checkNoticeRequest, body, async (request) => {
      if (person === undefined) return refused(401, 'signInFirst');
      if (request.sentOn > localDateIn(person.agency, given.now())) return refused(400, 'dateInFuture');
      const ids = (await whatCallsForNotice(house, person.agency)).events.map(({ id }) => id);
      if (!request.covers.every((id) => ids.includes(id))) return refused(400, 'unknownNoticeEvent');
      const notice: BcaNotice = {
        _id: given.newId(),
        kind: 'bcaNotice',
        schema: 1,
        ...request,
        enteredBy: person.member._id,
        enteredAt: given.now()
      };
      return {
        kind: 'ready',
        act: { object: { type: 'bcaNotice', id: notice._id }, response: { count: notice.covers.length } },
        answer: async () => {
          await save(store, REGISTER, notice, INGEST);
          return { status: 201, body: notice };
        }
      };
    })
  );
}

async function withPlace(
  { locations }: House,
  { asker: { person }, params }: Asking,
  then: (place: FixedLocation, agency: Agency, by: string) => Prepared
): Promise<Prepared> {
  if (person === undefined) return refused(401, 'signInFirst');
  const place = await locations.find(params['id'] ?? '');
  return place === undefined ? refused(404, 'notFound') : then(place, person.agency, person.member._id);
}

// Judged here for a kind answer, and again by the design document for certainty.
function prepareChange({ locations, publicLog }: House, before: FixedLocation | null, after: FixedLocation): Prepared {
  const step = nextLocation(before, after);
  if (step.kind === 'refused') return refused(409, step.code);
  return {
    kind: 'ready',
    // The determination is in the record; the trail says that there was one.
    act: { object: { type: 'fixedLocation', id: after._id } },
    answer: async () => {
      await locations.keep(after);
      if (before !== null) await publicLog.renewPlace(after);
      return { status: before === null ? 201 : 200, body: after };
    }
  };
}

/** Everything the Bureau must be told of, and the notices there were (426.3.1(d); 13.824 subd. 8). */
export async function whatCallsForNotice(
  { locations, store }: Pick<House, 'locations' | 'store'>,
  agency: Agency
): Promise<{
  readonly known: readonly FixedLocation[];
  readonly events: readonly NoticeEvent[];
  readonly notices: readonly BcaNotice[];
}> {
  const [known, notices, periods] = await Promise.all([
    locations.all(),
    rowsOf(store, 'bcaNotice'),
    rowsOf(store, 'period')
  ]);
  const starts = periods.flatMap(({ intervals }) => intervals.slice(0, 1).map(({ startedAt }) => startedAt));
  const firstUseAt = starts.sort()[0] ?? null;
  return { known, notices, events: noticeEvents(firstUseAt, known, (instant) => localDateIn(agency, instant)) };
}
