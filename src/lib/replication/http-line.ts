import PouchDB, { type PouchDatabase } from '../vault/pouchdb.js';
import type { DeviceCredentials, SendableBox } from './depot.ts';
import type { Line } from './line.ts';
import { Pace } from './pace.ts';
import { failureOfStatus } from './send-box.ts';
import { askServer, fetchForReplication } from './server.ts';

/** A replication that asks nothing of the server for so long has lost its outbox: it would never end by itself. */
const STILL_AFTER_MS = 20_000;
const LOOKED_AT_EVERY_MS = 1_000;

const pace = new Pace();

/** Headquarters by fetch, and by CouchDB's replication protocol: resumable, and a second delivery changes nothing. */
export const httpLine: Line = {
  ask: (method, path, credentials) => askServer(method, path, credentials),

  async push(outbox, box, credentials) {
    const refusals: unknown[] = [];
    try {
      await replicate(outbox, box, credentials, (refusal) => refusals.push(refusal));
    } catch (error) {
      pace.failed();
      return failureOfStatus((error as { readonly status?: unknown } | null)?.status);
    }
    pace.arrived();
    return refusals.length > 0 ? 'refusedByServer' : null;
  }
};

/** Rejects where it fails, and where it stands still: an outbox whose database was closed leaves a replication waiting for ever. */
async function replicate(
  outbox: PouchDatabase,
  box: SendableBox,
  credentials: DeviceCredentials,
  onDenied: (refusal: unknown) => void
): Promise<void> {
  const activity = new Activity();
  const inbox = new PouchDB(new URL(`/db/inbox-${box.boxId}`, location.origin).href, {
    adapter: 'http',
    skip_setup: true,
    fetch: activity.of(fetchForReplication(credentials))
  });
  // No checkpoint: one that was written after an answer that was none - a captive portal's 200 for records that never arrived - would pass
  // them over for ever. A box has two hundred records at most; which of them are missing is asked of the server each time.
  const replication = outbox.replicate.to(inbox, {
    batch_size: pace.recordsOf(box),
    batches_limit: 2,
    checkpoint: false
  });
  // A denied record is one that the server will never take: an alarm, never passed over.
  replication.on('denied', onDenied);
  const still = activity.standsStill(STILL_AFTER_MS);
  try {
    await Promise.race([replication, still.promise]);
  } catch (error) {
    replication.cancel();
    throw error;
  } finally {
    still.stop();
    await inbox.close().catch(() => undefined);
  }
}

/** What a replication has under way: questions without an answer yet, and when the last one ended. */
class Activity {
  #underWay = 0;
  #lastAtMs = performance.now();

  of<Asked extends unknown[], Answer>(ask: (...asked: Asked) => Promise<Answer>): (...asked: Asked) => Promise<Answer> {
    return async (...asked) => {
      this.#underWay++;
      try {
        return await ask(...asked);
      } finally {
        this.#underWay--;
        this.#lastAtMs = performance.now();
      }
    };
  }

  /** Rejects once nothing has been under way for so long. */
  standsStill(afterMs: number): { readonly promise: Promise<never>; readonly stop: () => void } {
    let timer: ReturnType<typeof setInterval> | undefined;
    const promise = new Promise<never>((_resolve, reject) => {
      timer = setInterval(() => {
        if (this.#underWay === 0 && performance.now() - this.#lastAtMs > afterMs)
          reject(new Error('The replication stands still.'));
      }, LOOKED_AT_EVERY_MS);
    });
    return {
      promise,
      stop: () => {
        clearInterval(timer);
      }
    };
  }
}
