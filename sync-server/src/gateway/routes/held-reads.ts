import { uuid } from '#domain/check/common.ts';
import { accessReason } from '#domain/policy/access-reason.ts';
import { isOver } from '#domain/policy/holds.ts';
import type { Correction } from '#domain/records/correction.ts';
import type { Hit } from '#domain/records/hit.ts';
import { PICTURE_NAMES, type PictureName, type Read } from '#domain/records/read.ts';
import type { HeldReadsAnswer } from '#domain/wire/answers.ts';
import { checkHeldReadsRequest } from '#domain/wire/requests.ts';
import type { House } from '../../house.ts';
import { holdBoxOf } from '../../register/databases.ts';
import { recordIn } from '../../register/written.ts';
import { refused, type Route } from '../door.ts';
import { withBody } from '../given-body.ts';
import { ownLook, pictureUnder } from './own-look.ts';

/** Looks at reads that a hold spared: a reason first, as for any stored read (426.5(b); 13.824 subd. 7(b)). */
export function heldReadRoutes(route: Route, house: House): void {
  const { store, holds } = house;

  const boxOf = async (holdId: string): Promise<string | undefined> => {
    const hold = await holds.find(holdId);
    const box = holdBoxOf(holdId);
    return hold === undefined || isOver(hold) || !(await store.exists(box)) ? undefined : box;
  };

  route('POST /api/holds/:id/reads', ({ params, body }) => {
    const reason = accessReason((body as { reason?: unknown } | null)?.reason);
    if (reason.kind === 'refused') return refused(400, reason.code);
    return withBody(checkHeldReadsRequest, body, async () => {
      const id = params['id'] ?? '';
      const box = await boxOf(id);
      if (box === undefined) return refused(404, 'notFound');
      const documents = await store.all(box);
      const hits = documents.filter(({ kind }) => kind === 'hit').map((document) => recordIn<Hit>(document));
      const corrections = documents
        .filter(({ kind }) => kind === 'correction')
        .map((document) => recordIn<Correction>(document));
      const reads = documents
        .filter(({ kind }) => kind === 'read')
        .map((document) => recordIn<Read>(document))
        .map((read) => ({
          read,
          hits: hits.filter((hit) => hit.readId === read._id),
          corrections: corrections.filter((correction) => correction.readId === read._id)
        }));
      return {
        kind: 'ready',
        act: { object: { type: 'hold', id }, ...reason.reason, response: { count: reads.length } },
        answer: (lookId) => ({ body: { lookId, reads } satisfies HeldReadsAnswer })
      };
    });
  });

  route('GET /api/holds/:id/reads/:readId/pictures/:name', async ({ asker: { person }, params, query }) => {
    const { id = '', readId = '', name = '' } = params;
    if (uuid(id) !== null || uuid(readId) !== null || !Object.hasOwn(PICTURE_NAMES, name))
      return refused(400, 'malformed');
    const look = await ownLook(house, { id: query['look'], action: 'viewHeldReads', person });
    if (look?.object?.id !== id) return refused(403, 'lookUnknown');
    const object = { type: 'read', id: readId };
    const box = await boxOf(id);
    const picture =
      box === undefined ? undefined : await store.attachment(box, readId, PICTURE_NAMES[name as PictureName]);
    if (picture === undefined) return refused(404, 'notFound', { object });
    return pictureUnder(look, object, picture);
  });
}
