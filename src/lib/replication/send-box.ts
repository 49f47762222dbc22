import { checkReceipt } from '#domain/records/receipt.ts';
import PouchDB, { type PouchDatabase } from '../vault/pouchdb.js';
import type { Depot, DeviceCredentials, FinishedBox, SendableBox } from './depot.ts';
import { askServer, fetchForReplication, type Answer } from './server.ts';
import { signedPayload } from './signed.ts';

export type Sent =
  /** everything held is at headquarters by its signed word; `destroyed`: the tablet's copy is gone */
  | { readonly kind: 'receipted'; readonly destroyed: boolean }
  /** sent, but the server has not yet opened and judged all of it */
  | { readonly kind: 'receiptPending' }
  | { readonly kind: 'serverUnreachable' }
  | { readonly kind: 'notAccepted' }
  | { readonly kind: 'refusedByServer' };

/** A batch stays below the server's limit for one request, with room for records larger than the mean. */
const BATCH_BYTES = 5_000_000;
const MOST_A_BATCH = 200;
const FEWEST_A_BATCH = 10;

/**
 * Sends one box: an inbox for it, its records by CouchDB's replication protocol (resumable, and a second delivery changes
 * nothing), then the server's signed receipt. Nothing is destroyed on any other word than that receipt.
 */
export async function sendBox(box: SendableBox, depot: Depot): Promise<Sent> {
  const credentials = await depot.credentials(box.deviceId);
  if (credentials === null) return { kind: 'notAccepted' };
  const opened = await askServer('PUT', `/api/device/boxes/${box.boxId}`, credentials);
  if (opened.kind !== 'ok') return failureOf(opened);
  if (!isDone(opened)) {
    const failure = await push(await depot.outboxOf(box.boxId), box, credentials);
    if (failure !== null) return failure;
  }
  return collectReceipt(box, credentials, depot);
}

/** Tells the server that the tablet's copy is destroyed, so that it may drop the inbox. True when it knows. */
export async function sayFinished(box: FinishedBox, depot: Depot): Promise<boolean> {
  const credentials = await depot.credentials(box.deviceId);
  if (credentials === null) return false;
  const path = `/api/device/boxes/${box.boxId}?count=${box.count}`;
  return (await askServer('DELETE', path, credentials)).kind === 'ok';
}

async function push(outbox: PouchDatabase, box: SendableBox, credentials: DeviceCredentials): Promise<Sent | null> {
  const inbox = new PouchDB(new URL(`/db/inbox-${box.boxId}`, location.origin).href, {
    adapter: 'http',
    skip_setup: true,
    fetch: fetchForReplication(credentials)
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
    return failureOfPush(error);
  } finally {
    await inbox.close().catch(() => undefined);
  }
  return refusals.length > 0 ? { kind: 'refusedByServer' } : null;
}

async function collectReceipt(box: SendableBox, credentials: DeviceCredentials, depot: Depot): Promise<Sent> {
  const answer = await askServer('GET', `/api/device/boxes/${box.boxId}/receipt`, credentials);
  if (answer.kind !== 'ok') return failureOf(answer);
  const jws = (answer.body as { readonly receipt?: unknown } | null)?.receipt;
  const receipt = await signedPayload(jws, credentials.signingKey, checkReceipt);
  if (receipt?.boxId !== box.boxId || receipt.deviceId !== box.deviceId) return { kind: 'receiptPending' };
  const destroyed = await depot.receipted(receipt);
  const stillWaiting = depot.waiting().some((waiting) => waiting.boxId === box.boxId);
  return stillWaiting ? { kind: 'receiptPending' } : { kind: 'receipted', destroyed };
}

// A box that the server remembers as finished: its inbox is gone, its receipt is still given.
const isDone = (opened: Answer): boolean =>
  opened.kind === 'ok' && (opened.body as { readonly kind?: unknown } | null)?.kind === 'done';

function failureOf(answer: Exclude<Answer, { kind: 'ok' }>): Sent {
  return answer.kind === 'unreachable' ? { kind: 'serverUnreachable' } : failureOfStatus(answer.status);
}

function failureOfPush(error: unknown): Sent {
  return failureOfStatus((error as { readonly status?: unknown } | null)?.status);
}

function failureOfStatus(status: unknown): Sent {
  if (status === 401) return { kind: 'notAccepted' };
  if (status === 403 || status === 409 || status === 413) return { kind: 'refusedByServer' };
  return { kind: 'serverUnreachable' };
}
