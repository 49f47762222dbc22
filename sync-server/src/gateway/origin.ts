import type { FastifyRequest } from 'fastify';

const CHANGES_NOTHING = ['GET', 'HEAD', 'OPTIONS'];
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/;

/**
 * True for a request that would change something and does not come from a page of this very origin. A browser always says
 * where such a request comes from; one that carries a session must say it.
 */
export function isForeign(request: FastifyRequest, hasSession: boolean): boolean {
  if (CHANGES_NOTHING.includes(request.method)) return false;
  const { origin } = request.headers;
  if (origin === undefined) return hasSession;
  return origin !== `${request.protocol}://${request.host}`;
}

/** On loopback without TLS, a name that a stranger's name server points at us must not be taken for ours. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.test(host);
}
