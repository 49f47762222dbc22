import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Act } from '../audit/trail.ts';
import type { House } from '../house.ts';
import { rowOf, type RouteName, type Row } from './matrix.ts';
import { isForeign } from './origin.ts';
import { refusal, type RefusalCode } from './sentences.ts';
import { SESSION_COOKIE } from './sessions.ts';
import { actorOf, admit, type Asker } from './who.ts';

/** What is sent when the entry in the trail stands. */
export interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a route makes of a request before anything is shown or done. */
export type Prepared =
  | {
      readonly kind: 'ready';
      /** what the trail shall say besides the action; null: this answer shows and changes nothing */
      readonly act?: Partial<Act> | null;
      /** another actor than who asked: someone who just signed in */
      readonly asker?: Asker;
      /** shows or does it; `entryId` is the entry in the trail */
      answer(entryId: string, reply: FastifyReply): Promise<Answer> | Answer;
    }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: RefusalCode;
      readonly act?: Partial<Act>;
      /** further fields of the refusal, for programs */
      readonly more?: object;
      readonly headers?: Readonly<Record<string, string>>;
    };

export interface Asking {
  readonly asker: Asker;
  /** where the request comes from. Nothing else of it is handed on: what cannot reach the answer cannot answer too early */
  readonly address: string;
  /** where the page came from, as a browser writes it; what a passkey signs must name it */
  readonly origin: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

export interface RouteOptions {
  readonly bodyLimit?: number;
  /** requests a minute from one address, where guessing must be slow */
  readonly aMinute?: number;
}

export type Prepare = (asking: Asking) => Promise<Prepared> | Prepared;

/** Registers one route of the matrix behind the door. */
export type Route = (name: RouteName, prepare: Prepare, options?: RouteOptions) => void;

/** A fault of ours: a handler of an audited route answered without an entry. Nothing is sent. */
class UntoldAnswer extends Error {
  override readonly name = 'UntoldAnswer';
}

export const refused = (status: number, code: RefusalCode, act?: Partial<Act>): Prepared =>
  act === undefined ? { kind: 'refused', status, code } : { kind: 'refused', status, code, act };

/**
 * The only door to the agency's data. Who asks is found out by the matrix; what was asked is prepared; the entry in the audit
 * trail is written; only then is anything shown or done (426.5(a)(e)). An entry that cannot be written is a refusal.
 */
export function doorOf(app: FastifyInstance, house: House): Route {
  return (name, prepare, options = {}) => {
    const [method = '', url = ''] = name.split(' ');
    const row = rowOf(name);
    app.route({
      method,
      url,
      ...(options.bodyLimit === undefined ? {} : { bodyLimit: options.bodyLimit }),
      config: { rateLimit: options.aMinute === undefined ? false : { max: options.aMinute, timeWindow: 60_000 } },
      handler: (request, reply) => pass(house, row, prepare, request, reply)
    });
  };
}

async function pass(
  house: House,
  row: Row,
  prepare: Prepare,
  request: FastifyRequest,
  reply: FastifyReply
): Promise<unknown> {
  const sessionToken = request.cookies[SESSION_COOKIE];
  if (isForeign(request, sessionToken !== undefined && row.who !== 'device')) return refuse(reply, 403, 'wrongOrigin');
  const admission = await admit(house, row, { sessionToken, deviceToken: bearerOf(request) });
  if (admission.kind === 'unknown') return refuse(reply, 401, admission.code);
  if (admission.kind === 'denied') {
    await write(house, row, admission.asker, { outcome: 'denied', note: admission.code });
    return refuse(reply, 403, admission.code);
  }
  const { asker } = admission;
  const prepared = await prepare({
    asker,
    address: request.ip,
    origin: `${request.protocol}://${request.host}`,
    params: request.params as Record<string, string>,
    query: request.query as Record<string, string | undefined>,
    body: request.body
  });
  if (prepared.kind === 'refused') {
    // Of strangers only what the route itself thinks worth an entry; else anybody could fill the trail.
    if (prepared.act !== undefined || asker.person !== undefined || asker.device !== undefined)
      await write(house, row, asker, { ...prepared.act, outcome: 'denied', note: prepared.code });
    return refuse(reply.headers(prepared.headers ?? {}), prepared.status, prepared.code, prepared.more);
  }
  // Nothing is shown or done without its entry; only "there is nothing" may go untold.
  const isUntold = prepared.act === null && row.audit !== null && row.bringsEntries !== true;
  const entryId = prepared.act === null ? '' : await write(house, row, prepared.asker ?? asker, prepared.act ?? {});
  const answer = await prepared.answer(entryId, reply);
  if (isUntold && answer.body !== undefined && (answer.status ?? 200) < 400)
    throw new UntoldAnswer('An answer of an audited route came without its entry.');
  return send(reply, answer);
}

async function write(house: House, row: Row, asker: Asker, act: Partial<Act>): Promise<string> {
  if (row.audit === null) return '';
  const { by, actorName } = actorOf(asker);
  const named = actorName === undefined ? {} : { actorName };
  return house.trail.record({ action: row.audit, ...named, ...act }, by);
}

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  reply.code(answer.status ?? (answer.body === undefined ? 204 : 200)).headers(answer.headers ?? {});
  if (answer.type !== undefined) reply.type(answer.type);
  return reply.send(answer.body);
}

function refuse(reply: FastifyReply, status: number, code: RefusalCode, more: object = {}): FastifyReply {
  return reply.code(status).send({ ...refusal(code), ...more });
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
}
