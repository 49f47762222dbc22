import { checkReceipt } from '#domain/records/receipt.ts';
import type { Depot, DeviceCredentials, FinishedBox, SendableBox } from './depot.ts';
import type { Line, PushFailure } from './line.ts';
import type { Answer } from './server.ts';
import { signedPayload } from './signed.ts';

export type Sent =
  /** everything held is at headquarters by its signed word; `destroyed`: the tablet's copy is gone */
  | { readonly kind: 'receipted'; readonly destroyed: boolean }
  /** sent, but the server has not yet opened and judged all of it */
  | { readonly kind: 'receiptPending' }
  | { readonly kind: PushFailure };

/**
 * Sends one box: an inbox for it, its records by CouchDB's replication protocol (resumable, and a second delivery changes
 * nothing), then the server's signed receipt. Nothing is destroyed on any other word than that receipt.
 */
export async function sendBox(box: SendableBox, depot: Depot, line: Line): Promise<Sent> {
  const credentials = await depot.credentials(box.deviceId);
  if (credentials === null) return { kind: 'notAccepted' };
  const opened = await line.ask('PUT', `/api/device/boxes/${box.boxId}`, credentials);
  if (opened.kind !== 'ok') return failureOf(opened);
  const state = stateIn(opened);
  if (state !== 'open' && state !== 'done') return { kind: 'serverUnreachable' };
  if (state === 'open') {
    const failure = await line.push(await depot.outboxOf(box.boxId), box, credentials);
    if (failure !== null) return { kind: failure };
  }
  return collectReceipt(box, credentials, depot, line);
}

/** Tells the server that the tablet's copy is destroyed, so that it may drop the inbox. True when it knows. */
export async function sayFinished(box: FinishedBox, depot: Depot, line: Line): Promise<boolean> {
  const credentials = await depot.credentials(box.deviceId);
  if (credentials === null) return false;
  const path = `/api/device/boxes/${box.boxId}?count=${box.count}`;
  return stateIn(await line.ask('DELETE', path, credentials)) === 'done';
}

async function collectReceipt(
  box: SendableBox,
  credentials: DeviceCredentials,
  depot: Depot,
  line: Line
): Promise<Sent> {
  const answer = await line.ask('GET', `/api/device/boxes/${box.boxId}/receipt`, credentials);
  if (answer.kind !== 'ok') return failureOf(answer);
  const jws = (answer.body as { readonly receipt?: unknown } | null)?.receipt;
  const receipt = await signedPayload(jws, credentials.signingKey, checkReceipt);
  if (receipt?.boxId !== box.boxId || receipt.deviceId !== box.deviceId) return { kind: 'receiptPending' };
  const destroyed = await depot.receipted(receipt);
  const stillWaiting = depot.waiting().some((waiting) => waiting.boxId === box.boxId);
  return stillWaiting ? { kind: 'receiptPending' } : { kind: 'receipted', destroyed };
}

// `done`: a box that the server remembers as finished, whose inbox is gone and whose receipt is still given. What a captive portal
// answers with 200 says neither this nor `open`, and is no word of ours.
const stateIn = (answer: Answer): unknown =>
  answer.kind === 'ok' ? (answer.body as { readonly kind?: unknown } | null)?.kind : undefined;

function failureOf(answer: Exclude<Answer, { kind: 'ok' }>): Sent {
  return { kind: answer.kind === 'unreachable' ? 'serverUnreachable' : failureOfStatus(answer.status) };
}

/** What a refusal by status means for a box. */
export function failureOfStatus(status: unknown): PushFailure {
  if (status === 401) return 'notAccepted';
  if (status === 403 || status === 409 || status === 413) return 'refusedByServer';
  return 'serverUnreachable';
}
