import PouchDB from '../vault/pouchdb.js';
import type { Line } from './line.ts';
import { failureOfStatus } from './send-box.ts';
import { askServer, fetchAs } from './server.ts';

/** A batch stays below the server's limit for one request, with room for records larger than the mean. */
const BATCH_BYTES = 5_000_000;
const MOST_A_BATCH = 200;
const FEWEST_A_BATCH = 10;

/** Headquarters by fetch, and by CouchDB's replication protocol: resumable, and a second delivery changes nothing. */
export const httpLine: Line = {
  ask: (method, path, { deviceToken }) => askServer(method, path, deviceToken),

  async push(outbox, box, { deviceToken }) {
    const inbox = new PouchDB(new URL(`/db/inbox-${box.boxId}`, location.origin).href, {
      adapter: 'http',
      skip_setup: true,
      fetch: fetchAs(deviceToken)
    });
    const refusals: unknown[] = [];
    try {
      const meanBytes = Math.max(1, box.bytes / Math.max(1, box.records));
      const batchSize = Math.round(Math.min(MOST_A_BATCH, Math.max(FEWEST_A_BATCH, BATCH_BYTES / meanBytes)));
      const replication = outbox.replicate.to(inbox, { batch_size: batchSize, batches_limit: 2 });
      // A denied record is one that the server will never take: an alarm, never passed over.
      replication.on('denied', (refusal) => refusals.push(refusal));
      await replication;
    } catch (error) {
      return failureOfStatus((error as { readonly status?: unknown } | null)?.status);
    } finally {
      await inbox.close().catch(() => undefined);
    }
    return refusals.length > 0 ? 'refusedByServer' : null;
  }
};
