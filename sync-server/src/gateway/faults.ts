import type { FastifyInstance } from 'fastify';
import { StoreUnavailable } from '#server/store/store.ts';
import { AuditUnavailable } from '../audit/trail.ts';
import { refusal, type RefusalCode } from './sentences.ts';

/** The one place where a fault becomes words. What a browser or a tablet gets names no cause; the log has it. */
export function answerFaults(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const [status, code] = meaningOf(error);
    if (status >= 500) app.log.error({ err: error, id: request.id }, 'a request failed');
    return reply.code(status).send(inWords(request.url, code));
  });
  app.setNotFoundHandler((request, reply) => reply.code(404).send(inWords(request.url, 'unknownRoute')));
}

// A replicator reads CouchDB's words.
function inWords(url: string, code: RefusalCode): object {
  const { sentence } = refusal(code);
  return url.startsWith('/db/')
    ? { error: code === 'unknownRoute' ? 'not_found' : code, reason: sentence }
    : refusal(code);
}

function meaningOf(error: unknown): readonly [number, RefusalCode] {
  if (error instanceof AuditUnavailable) return [503, 'auditUnavailable'];
  if (error instanceof StoreUnavailable) return [503, 'storeUnavailable'];
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status === 413) return [413, 'tooLarge'];
  if (status === 429) return [429, 'tooMany'];
  if (status === 503) return [503, 'busy'];
  if (status >= 400 && status < 500) return [status, 'malformed'];
  return [500, 'fault'];
}
