import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import Fastify, { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { House } from '../house.ts';
import { indexHtmlOf, serveApp } from './app-files.ts';
import { doorOf, type Route } from './door.ts';
import { answerFaults } from './faults.ts';
import { sendStrictHeaders } from './headers.ts';
import { logRequests } from './logging.ts';
import { checkMatrix } from './matrix.ts';
import { isLoopbackHost } from './origin.ts';
import { replicationVerbs } from './replication/verbs.ts';
import { agencyRoutes } from './routes/agency.ts';
import { agencyEntryRoutes } from './routes/agency-entries.ts';
import { certificateRoutes } from './routes/certificates.ts';
import { confidentialRoutes } from './routes/confidential.ts';
import { deviceRoutes } from './routes/device.ts';
import { deviceAdminRoutes } from './routes/devices.ts';
import { earlyDestructionRoutes } from './routes/early-destruction.ts';
import { enrollmentRoutes } from './routes/enrollment.ts';
import { heldReadRoutes } from './routes/held-reads.ts';
import { hitRoutes } from './routes/hits.ts';
import { ledgerRoutes } from './routes/ledger.ts';
import { dataReleaseRoutes } from './routes/data-releases.ts';
import { holdRoutes } from './routes/holds.ts';
import { hotlistRoutes } from './routes/hotlists.ts';
import { memberRoutes } from './routes/members.ts';
import { oversightRoutes } from './routes/oversight.ts';
import { dueRoutes } from './routes/due.ts';
import { incidentRoutes } from './routes/incidents.ts';
import { locationRoutes } from './routes/locations.ts';
import { publicRoutes } from './routes/public.ts';
import { readRoutes } from './routes/reads.ts';
import { reviewRoutes } from './routes/review.ts';
import { factorRoutes } from './routes/factors.ts';
import { sessionRoutes } from './routes/session.ts';
import { setupRoute } from './routes/setup.ts';
import { statusRoute } from './routes/status.ts';
import { refusal } from './sentences.ts';
import { isHostileJson } from './strict-json.ts';

export interface Serving {
  readonly log: Logger;
  /** the built app */
  readonly appFolder: string;
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null;
  /** a reverse proxy ends TLS in front of us */
  readonly trustProxy: boolean;
  /** delay of the event loop from which on requests are turned away; 0: never. A test's machine may be slow without being busy */
  readonly busyAfterMs?: number;
}

const MAX_BODY_BYTES = 256 * 1024;
const BUSY_AFTER_MS = 5_000;

/** Registers the routes of one duty behind the door. */
export type Routes = (route: Route, house: House) => void;

/** All duties of the server. */
export const ROUTES: readonly Routes[] = [
  statusRoute,
  setupRoute,
  sessionRoutes,
  factorRoutes,
  enrollmentRoutes,
  deviceRoutes,
  replicationVerbs,
  readRoutes,
  hitRoutes,
  memberRoutes,
  deviceAdminRoutes,
  agencyRoutes,
  hotlistRoutes,
  agencyEntryRoutes,
  oversightRoutes,
  ledgerRoutes,
  holdRoutes,
  dataReleaseRoutes,
  heldReadRoutes,
  earlyDestructionRoutes,
  certificateRoutes,
  confidentialRoutes,
  reviewRoutes,
  locationRoutes,
  incidentRoutes,
  dueRoutes,
  publicRoutes
];

/** The gateway, ready to listen. Throws MatrixGap when routes and authorization matrix do not agree. */
export async function buildApp(house: House, serving: Serving, routes = ROUTES): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: serving.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    trustProxy: serving.trustProxy,
    exposeHeadRoutes: false,
    requestIdHeader: false,
    genReqId: () => house.given.newId(),
    routerOptions: { maxParamLength: 300 },
    ...(serving.tls === null ? {} : { https: serving.tls })
  }) as unknown as FastifyInstance;
  onlyJson(app);
  logRequests(app);
  answerFaults(app);
  refuseStrangeHosts(app, serving);

  const registered = new Set<string>();
  app.addHook('onRoute', ({ method, url }) => {
    for (const verb of [method].flat()) registered.add(`${verb} ${url}`);
  });
  const indexHtml = indexHtmlOf(serving.appFolder);
  await sendStrictHeaders(app, indexHtml, serving.tls !== null || serving.trustProxy);
  await app.register(cookie);
  await app.register(rateLimit, { global: false });
  await app.register(underPressure, {
    maxEventLoopDelay: serving.busyAfterMs ?? BUSY_AFTER_MS,
    pressureHandler: refuseWhenBusy(house)
  });
  const door = doorOf(app, house);
  for (const register of routes) register(door, house);
  await serveApp(app, serving.appFolder, indexHtml);
  checkMatrix(registered);
  return app;
}

// One second without a single measurement, as after a large synchronous write, is told as an infinite delay: that is no pressure.
const refuseWhenBusy =
  ({ given }: House) =>
  (_request: FastifyRequest, reply: FastifyReply, _type: string, value: number | undefined): void => {
    // Not all at the same moment: fifty tablets that were turned away together come back one after the other.
    const seconds = 5 + ((given.randomBytes(1)[0] ?? 0) % 16);
    if (value !== Infinity) void reply.code(503).header('Retry-After', String(seconds)).send(refusal('busy'));
  };

/** A body that two readers may read differently, or that is deeper than anything we take. */
class HostileBody extends Error {
  override readonly name = 'HostileBody';
}

// Nothing but JSON is read; a form or a text of another site's page is refused before it is parsed.
function onlyJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) => {
    if (isHostileJson(body)) done(Object.assign(new HostileBody(), { statusCode: 400 }));
    else void parse(request, body, done);
  });
  // A list file is read as it comes, by the one route that takes one; no form of another site can send this type.
  app.addContentTypeParser('application/x-hotlist', (_request, payload, done) => {
    done(null, payload);
  });
}

function refuseStrangeHosts(app: FastifyInstance, { tls, trustProxy }: Serving): void {
  if (tls !== null || trustProxy) return;
  app.addHook('onRequest', async (request, reply) => {
    if (!isLoopbackHost(request.host)) await reply.code(421).send(refusal('wrongHost'));
  });
}
