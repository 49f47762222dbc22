import { uuid } from '#domain/check/common.ts';
import type { AuditAnswer, OpenedQuery, QuarantineRow, RegisterView } from '#domain/wire/answers.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { HoldScope } from '#domain/records/hold-scope.ts';
import type { LocalDate } from '#domain/time/instant.ts';
import { openQuery } from '../../audit/asked-for.ts';
import { coveredReads } from '../../holds/covered.ts';
import { summaryOf } from '#domain/records/destruction.ts';
import type { House } from '../../house.ts';
import { readProgress } from '../../ingest/placed.ts';
import { quarantined } from '../../ingest/quarantine.ts';
import { rowsOf } from '../../register/rows.ts';
import { refused, type Route } from '../door.ts';
import { sentenceOf } from '../sentences.ts';

const MOST_ENTRIES = 1000;
const USUAL_ENTRIES = 200;

/** What those who answer for the system look at: the trail, what was set aside, and the register. */
export function oversightRoutes(route: Route, house: House): void {
  route('GET /api/audit', async ({ query }) => {
    const asked = Number(query['limit'] ?? USUAL_ENTRIES);
    if (!Number.isInteger(asked) || asked < 1) return refused(400, 'malformed');
    const entries = await house.trail.latest(Math.min(asked, MOST_ENTRIES));
    const body: AuditAnswer = { entries };
    return { kind: 'ready', act: { response: { count: entries.length } }, answer: () => ({ body }) };
  });

  route('POST /api/audit/:id/query', async ({ params: { id = '' } }) => {
    if (uuid(id) !== null) return refused(400, 'malformed');
    const object = { type: 'auditEntry', id };
    const sealed = (await house.trail.findEver(id))?.sealedQuery;
    const plate = sealed === undefined ? null : await openQuery(house.keys, sealed);
    if (plate === null) return refused(404, 'noQueryThere', { object });
    return { kind: 'ready', act: { object }, answer: () => ({ body: { plate } satisfies OpenedQuery }) };
  });

  route('GET /api/quarantine', async () => {
    const rows = (await quarantined(house.store)).map(
      ({ deviceId, boxId, seq, reason, receivedAt }): QuarantineRow => ({
        deviceId,
        boxId,
        seq,
        reason: `${reason}: ${sentenceOf(reason)}`,
        receivedAt
      })
    );
    return { kind: 'ready', act: { response: { count: rows.length } }, answer: () => ({ body: rows }) };
  });

  route('GET /api/register', async ({ asker: { person } }) => {
    if (person === undefined) return refused(401, 'signInFirst');
    const body = await registerView(house, person.agency);
    return { kind: 'ready', answer: () => ({ body }) };
  });
}

async function registerView(house: House, agency: Agency): Promise<RegisterView> {
  const { register, dayBoxes, store } = house;
  const waiting = await waitingRecords(house);
  const dates = await dayBoxes.dates();
  const inForce = await house.holds.inForce();
  const destructions = await rowsOf(store, 'destruction');
  return {
    boxes: await Promise.all(
      dates.map(async (date) => ({
        date,
        reads: await dayBoxes.countReads(date),
        onHold: await countOnHold(house, date, inForce),
        destroyAt: await dayBoxes.destroyAt(agency, date)
      }))
    ),
    destructions: destructions.flatMap((record) => summaryOf(record) ?? []).sort((a, b) => (a.date < b.date ? 1 : -1)),
    devices: register.devices().map((device) => ({ ...device, waiting: waiting.get(device._id) ?? 0 })),
    policies: register.policies(),
    hotlists: register.hotlistVersions(),
    agency
  };
}

async function countOnHold(
  { store }: House,
  date: LocalDate,
  inForce: readonly { readonly scope: HoldScope }[]
): Promise<number> {
  const covered = await Promise.all(inForce.map(({ scope }) => coveredReads(store, date, scope)));
  return covered.reduce((sum, reads) => sum + reads.length, 0);
}

// Records that arrived and are not in a day box or set aside yet, a tablet.
/** Records that headquarters still expects of each tablet, by boxes that are open. */
export async function waitingRecords({ store, boxes }: Pick<House, 'store' | 'boxes'>): Promise<Map<string, number>> {
  const waiting = new Map<string, number>();
  for (const database of await store.list('inbox-')) {
    const boxId = database.slice('inbox-'.length);
    const [box, info, progress] = await Promise.all([
      boxes.find(boxId),
      store.info(database),
      readProgress(store, boxId)
    ]);
    const left = info.documents - Object.keys(progress.placed).length;
    if (box !== undefined) waiting.set(box.deviceId, (waiting.get(box.deviceId) ?? 0) + Math.max(0, left));
  }
  return waiting;
}
