import { incidentDuties, nextIncident } from '#domain/policy/incidents.ts';
import type { Incident } from '#domain/records/incident.ts';
import { DAY_MS, instantOf, msOf } from '#domain/time/instant.ts';
import type { IncidentRow, IncidentsAnswer } from '#domain/wire/answers.ts';
import { checkIncidentRequest, checkIncidentStep, type IncidentStepRequest } from '#domain/wire/requests.ts';
import type { House } from '../../house.ts';
import { INGEST, REGISTER } from '../../register/databases.ts';
import { rowOf, rowsOf } from '../../register/rows.ts';
import { save } from '../../register/written.ts';
import { refused, type Prepared, type Route } from '../door.ts';
import { withBody } from '../given-body.ts';
import { waitingRecords } from './oversight.ts';

/** Acts by which a member sees stored reads. */
const LOOKS: readonly string[] = [
  'searchReads',
  'viewPicture',
  'viewRead',
  'viewHits',
  'viewHeldReads',
  'viewHeldPicture'
];
const LOOKED_BACK_MS = 30 * DAY_MS;

/** Incidents: a lost tablet, a look without right, data that left; what is known of each, and what was done (426.5(d); 13.055; IR-6). */
export function incidentRoutes(route: Route, house: House): void {
  const { given, register, store } = house;

  route('GET /api/incidents', async () => {
    const all = (await rowsOf(store, 'incident')).sort((a, b) => (a.discoveredAt < b.discoveredAt ? 1 : -1));
    const body: IncidentsAnswer = {
      incidents: await Promise.all(all.map((incident) => rowFor(house, incident))),
      devices: register.devices().map(({ _id, label }) => ({ _id, label })),
      members: register.members().map(({ _id, name }) => ({ _id, name }))
    };
    return { kind: 'ready', act: { response: { count: all.length } }, answer: () => ({ body }) };
  });

  route('POST /api/incidents', ({ asker: { person }, body }) =>
    withBody(checkIncidentRequest, body, (request) => {
      if (person === undefined) return refused(401, 'signInFirst');
      if (request.discoveredAt > given.now()) return refused(400, 'dateInFuture');
      if (request.deviceId !== null && register.device(request.deviceId) === undefined) return refused(404, 'notFound');
      if (request.memberId !== null && register.member(request.memberId) === undefined) return refused(404, 'notFound');
      return prepareStep(house, null, {
        _id: given.newId(),
        kind: 'incident',
        schema: 1,
        ...request,
        entered: { by: person.member._id, at: given.now() },
        told: null,
        assessment: null,
        notices: null,
        report: null
      });
    })
  );

  route('POST /api/incidents/:id/steps', ({ asker: { person }, body, params }) =>
    withBody(checkIncidentStep, body, async (asked) => {
      if (person === undefined) return refused(401, 'signInFirst');
      const before = await rowOf(store, 'incident', params['id'] ?? '');
      if (before === undefined) return refused(404, 'notFound');
      return prepareStep(house, before, taken(before, asked, { by: person.member._id, at: given.now() }));
    })
  );
}

function taken(before: Incident, asked: IncidentStepRequest, signed: Incident['entered']): Incident {
  const { step, ...words } = asked;
  return { ...before, [step]: { ...signed, ...words } };
}

// Judged here for a kind answer, and again by the design document for certainty.
function prepareStep({ store }: House, before: Incident | null, after: Incident): Prepared {
  const step = nextIncident(before, after);
  if (step.kind === 'refused') return refused(before === null ? 400 : 409, step.code);
  return {
    kind: 'ready',
    act: { object: { type: 'incident', id: after._id } },
    answer: async () => {
      await save(store, REGISTER, after, INGEST);
      return { status: before === null ? 201 : 200, body: after };
    }
  };
}

async function rowFor(house: House, incident: Incident): Promise<IncidentRow> {
  const { register, trail } = house;
  const { deviceId, memberId, discoveredAt } = incident;
  const device = deviceId === null ? undefined : register.device(deviceId);
  const member = memberId === null ? undefined : register.member(memberId);
  const from = instantOf(msOf(discoveredAt) - LOOKED_BACK_MS);
  const entries = member === undefined ? [] : await trail.since(from);
  const isLook = ({ actor, action, outcome }: (typeof entries)[number]): boolean =>
    actor.id === memberId && outcome === 'ok' && LOOKS.includes(action);
  return {
    incident,
    enteredBy: register.member(incident.entered.by)?.name ?? '',
    duties: incidentDuties(incident),
    device:
      device === undefined
        ? null
        : {
            label: device.label,
            lastSeenAt: device.lastSeenAt,
            revokedAt: device.revokedAt,
            waiting: (await waitingRecords(house)).get(device._id) ?? 0
          },
    member: member === undefined ? null : { name: member.name, lookIds: entries.filter(isLook).map(({ _id }) => _id) }
  };
}
