import { inboxOf } from '../../register/databases.ts';
import type { House } from '../../house.ts';
import { refused, type Asking, type Prepared, type Route } from '../door.ts';
import { documentsIn, isReplicated, outcomesInCouchWords, revisionsIn } from './couch-words.ts';

const MAX_PUSH_BYTES = 16 * 1024 * 1024;

/**
 * The five things a tablet may do with its own inbox, in CouchDB's words, so that PouchDB's replicator feels at home: read its
 * info, read and write replication checkpoints, ask which revisions are missing, push documents. Nothing can be read back.
 */
export function replicationVerbs(route: Route, house: House): void {
  const { store, queue } = house;

  // Checkpoints have a corner of their own: the server's notes in the same inbox are not the tablet's to read.
  const checkpoint = (id: string): string => `_local/checkpoint-${id}`;

  const inOwnInbox = async (
    { asker: { device }, params }: Asking,
    then: (inbox: { database: string; boxId: string; deviceId: string }) => Promise<Prepared> | Prepared
  ): Promise<Prepared> => {
    const database = params['database'] ?? '';
    const boxId = /^inbox-([0-9a-f-]{36})$/.exec(database)?.[1];
    if (boxId === undefined || device === undefined) return refused(403, 'notYourBox');
    const state = await house.boxes.stateFor(boxId, device._id);
    if (state?.kind === 'notYours') return refused(403, 'notYourBox');
    if (state?.kind !== 'open') return inCouchWords(404, 'not_found', 'Database does not exist.');
    return then({ database: inboxOf(boxId), boxId, deviceId: device._id });
  };

  route('GET /db/:database/', (asking) =>
    inOwnInbox(asking, async ({ database }) => {
      const info = await store.info(database);
      const body = {
        db_name: database,
        doc_count: info.documents,
        update_seq: info.updateSequence,
        instance_start_time: '0'
      };
      return plainly({ body });
    })
  );

  route('GET /db/:database/_local/:id', (asking) =>
    inOwnInbox(asking, async ({ database }) => {
      const id = asking.params['id'] ?? '';
      const kept = await store.getLocal(database, checkpoint(id));
      if (kept === undefined) return inCouchWords(404, 'not_found', 'missing');
      return plainly({ body: { ...kept, _id: `_local/${id}` } });
    })
  );

  route(
    'PUT /db/:database/_local/:id',
    (asking) =>
      inOwnInbox(asking, async ({ database }) => {
        const id = asking.params['id'] ?? '';
        if (!/^[A-Za-z0-9_.=%+~-]{1,200}$/.test(id) || typeof asking.body !== 'object' || asking.body === null)
          return inCouchWords(400, 'bad_request', 'A checkpoint is a JSON object.');
        const outcome = await store.putLocal(database, { ...asking.body, _id: checkpoint(id) });
        if (outcome.kind === 'conflict') return inCouchWords(409, 'conflict', 'Document update conflict.');
        if (outcome.kind === 'refused') return inCouchWords(403, 'forbidden', outcome.reason);
        return plainly({ status: 201, body: { ok: true, id: `_local/${id}`, rev: outcome.rev } });
      }),
    { bodyLimit: 64 * 1024 }
  );

  route(
    'POST /db/:database/_revs_diff',
    (asking) =>
      inOwnInbox(asking, async ({ database }) => {
        const revisions = revisionsIn(asking.body);
        if (revisions === undefined)
          return inCouchWords(400, 'bad_request', 'Expected document ids with their revisions.');
        return plainly({ body: await store.revsDiff(database, revisions) });
      }),
    { bodyLimit: 1024 * 1024 }
  );

  route(
    'POST /db/:database/_bulk_docs',
    (asking) =>
      inOwnInbox(asking, ({ database, boxId, deviceId }) => {
        const documents = documentsIn(asking.body);
        if (documents === undefined) return inCouchWords(400, 'bad_request', 'Expected a list of documents.');
        const edits = isReplicated(asking.body) ? 'replicated' : 'new';
        return {
          kind: 'ready',
          act: { object: { type: 'box', id: boxId }, response: { count: documents.length } },
          answer: async () => {
            // A record of another box of the same tablet is refused here; the design document sees to everything else.
            const own = documents.filter((document) => document._id.startsWith(`${boxId}:`));
            const outcomes = await store.bulk(database, own, { name: deviceId, roles: ['device'] }, edits);
            queue.add(boxId);
            return { status: 201, body: outcomesInCouchWords(documents, own, outcomes, edits) };
          }
        };
      }),
    { bodyLimit: MAX_PUSH_BYTES }
  );
}

function plainly(answer: { readonly status?: number; readonly body: unknown }): Prepared {
  return { kind: 'ready', act: null, answer: () => answer };
}

function inCouchWords(status: number, error: string, reason: string): Prepared {
  return plainly({ status, body: { error, reason } });
}
