import { uuid, localDate } from '#domain/check/common.ts';
import { normalizePlate } from '#domain/plate/normalize.ts';
import { foldPlate } from '#domain/plate/fold.ts';
import { accessReason } from '#domain/policy/access-reason.ts';
import { isDue } from '#domain/policy/retention.ts';
import { PICTURE_NAMES, type Read } from '#domain/records/read.ts';
import { boxDateOf } from '#domain/policy/retention.ts';
import type { SearchAnswer } from '#domain/wire/answers.ts';
import { checkSearchRequest, type SearchRequest } from '#domain/wire/requests.ts';
import type { AuditEntry } from '#domain/records/audit.ts';
import type { House } from '../../house.ts';
import { dayBoxOf } from '../../register/databases.ts';
import { recordIn } from '../../register/written.ts';
import { refused, type Route } from '../door.ts';
import { withBody } from '../given-body.ts';
import { ownLook, pictureUnder } from './own-look.ts';
import { searchReads } from './search-reads.ts';

/** Looks at stored reads: a reason first, an entry in the trail before the answer, pictures under the look they belong to. */
export function readRoutes(route: Route, house: House): void {
  const { store, given, keys } = house;

  route('POST /api/reads/search', ({ asker: { person }, body }) => {
    if (person === undefined) return refused(401, 'signInFirst');
    const reason = accessReason((body as { reason?: unknown } | null)?.reason);
    if (reason.kind === 'refused') return refused(400, reason.code);
    return withBody(checkSearchRequest, withPlainPlate(body), async (request) => {
      const found = await searchReads(house, person.agency, request);
      return {
        kind: 'ready',
        act: {
          ...reason.reason,
          ...(request.plate === undefined ? {} : { plateTag: keys.tags.plate(request.plate) }),
          response: { count: found.rows.length },
          note: rangeOf(request)
        },
        answer: (lookId) => ({ body: { lookId, ...found } satisfies SearchAnswer })
      };
    });
  });

  route('GET /api/reads/:date/:id/pictures/:name', async ({ asker: { person }, params, query }) => {
    const { date = '', id = '', name = '' } = params;
    if (person === undefined) return refused(401, 'signInFirst');
    if (localDate(date) !== null || uuid(id) !== null || !Object.hasOwn(PICTURE_NAMES, name))
      return refused(400, 'malformed');
    const look = await ownLook(house, { id: query['look'], action: 'searchReads', person });
    if (look === undefined) return refused(403, 'lookUnknown');
    const object = { type: 'read', id };
    const document = (await store.exists(dayBoxOf(date))) ? await store.get(dayBoxOf(date), id) : undefined;
    const read = document === undefined ? undefined : recordIn<Read>(document);
    if (read?.kind !== 'read' || isDue(read.destroyBy, given.now())) return refused(404, 'notFound', { object });
    if (!showed(look, read, keys.tags.plate(foldPlate(read.plate)))) return refused(403, 'lookUnknown', { object });
    const picture = await store.attachment(dayBoxOf(date), id, PICTURE_NAMES[name as keyof typeof PICTURE_NAMES]);
    if (picture === undefined) return refused(404, 'notFound', { object });
    return pictureUnder(look, object, picture);
  });
}

const rangeOf = ({ from, to }: SearchRequest): string => `${from} to ${to}`;

// People type plates with spaces and dashes.
function withPlainPlate(body: unknown): unknown {
  const given = body as { plate?: unknown } | null;
  return typeof given?.plate === 'string' ? { ...given, plate: normalizePlate(given.plate) } : body;
}

// The trail names no read; but what it was searched by must fit the read whose picture is asked for.
function showed(look: AuditEntry, read: Read, plateTag: string): boolean {
  const [from = '', to = ''] = (look.note ?? '').split(' to ');
  const date = boxDateOf(read);
  return (look.plateTag === undefined || look.plateTag === plateTag) && from <= date && date <= to;
}
