import { uuid, localDate } from '#domain/check/common.ts';
import { normalizePlate } from '#domain/plate/normalize.ts';
import { accessReason } from '#domain/policy/access-reason.ts';
import { REPEATED_WITHIN_MS, repeatedLook, type RepeatedLook } from '#domain/policy/repeated-look.ts';
import { boxDateOf, isDue } from '#domain/policy/retention.ts';
import { PICTURE_NAMES, type Read } from '#domain/records/read.ts';
import { instantOf, msOf, utcOffsetMinutesOf } from '#domain/time/instant.ts';
import type { SearchAnswer } from '#domain/wire/answers.ts';
import { checkSearchRequest, type SearchRequest } from '#domain/wire/requests.ts';
import type { AuditEntry } from '#domain/records/audit.ts';
import { askedFor } from '../../audit/asked-for.ts';
import { typedPlates } from '../../holds/of-plate.ts';
import type { House } from '../../house.ts';
import { dayBoxOf } from '../../register/databases.ts';
import { recordIn } from '../../register/written.ts';
import { refused, type Route } from '../door.ts';
import type { Person } from '../who.ts';
import { withBody } from '../given-body.ts';
import { ownLook, pictureUnder } from './own-look.ts';
import { searchReads } from './search-reads.ts';

/** What the trail has room for. */
const MOST_AUTHORITY_WORDS = 300;

/** Looks at stored reads: a reason first, an entry in the trail before the answer, pictures under the look they belong to. */
export function readRoutes(route: Route, house: House): void {
  const { store, given, keys } = house;

  route('POST /api/reads/search', ({ asker: { person }, body }) => {
    if (person === undefined) return refused(401, 'signInFirst');
    const reason = accessReason((body as { reason?: unknown } | null)?.reason);
    if (reason.kind === 'refused') return refused(400, reason.code);
    return withBody(checkSearchRequest, withPlainPlate(body), async (request) => {
      const asked = request.plate === undefined ? undefined : await askedFor(keys, request.plate);
      const act = { ...reason.reason, ...asked, ...authorityIn(request) };
      const repeated = await repeatedNow(person, asked?.plateTag, request.authority);
      if (repeated.kind === 'refused') return refused(403, repeated.code, act);
      const found = await searchReads(house, person.agency, request);
      return {
        kind: 'ready',
        act: { ...act, response: { count: found.rows.length }, note: rangeOf(request) },
        answer: (lookId) => ({ body: { lookId, ...found } satisfies SearchAnswer })
      };
    });
  });

  const repeatedNow = async (
    { member, agency }: Person,
    plateTag: string | undefined,
    authority: SearchRequest['authority']
  ): Promise<RepeatedLook> => {
    const now = given.now();
    const from = instantOf(msOf(now) - REPEATED_WITHIN_MS);
    const earlier = plateTag === undefined ? [] : await house.trail.looksFor(plateTag, member._id, from);
    return repeatedLook(earlier, authority, now, utcOffsetMinutesOf(now, agency.timeZone));
  };

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
    const plates = [read.plate, ...((await typedPlates(store, date, [read])).get(id) ?? [])];
    const tags = plates.map((plate) => keys.tags.plate(plate));
    if (!showed(look, read, tags)) return refused(403, 'lookUnknown', { object });
    const picture = await store.attachment(dayBoxOf(date), id, PICTURE_NAMES[name as keyof typeof PICTURE_NAMES]);
    if (picture === undefined) return refused(404, 'notFound', { object });
    return pictureUnder(look, object, picture);
  });
}

/** What allows the look, as the trail says it. */
function authorityIn({ authority }: SearchRequest): Pick<AuditEntry, 'authority'> {
  if (authority === undefined) return {};
  const words =
    authority.kind === 'warrant'
      ? `Warrant ${authority.number} of ${authority.judge}, until ${authority.until}`
      : `Exigent circumstances until ${authority.until}: ${authority.facts}`;
  return { authority: words.slice(0, MOST_AUTHORITY_WORDS) };
}

const rangeOf = ({ from, to }: SearchRequest): string => `${from} to ${to}`;

// People type plates with spaces and dashes.
function withPlainPlate(body: unknown): unknown {
  const given = body as { plate?: unknown } | null;
  return typeof given?.plate === 'string' ? { ...given, plate: normalizePlate(given.plate) } : body;
}

// The trail names no read; but what it was searched by must fit the read whose picture is asked for.
function showed(look: AuditEntry, read: Read, plateTags: readonly string[]): boolean {
  const [from = '', to = ''] = (look.note ?? '').split(' to ');
  const date = boxDateOf(read);
  return (look.plateTag === undefined || plateTags.includes(look.plateTag)) && from <= date && date <= to;
}
