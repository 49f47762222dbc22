import type { FastifyInstance } from 'fastify';
import { pino, type DestinationStream, type Logger } from 'pino';

/**
 * The server's own log. Of a request: the route's pattern, the status, the milliseconds, the request's id, and nothing else -
 * no address with its parameters, no body, no header: a plate, a name or a token may be in any of them.
 */
export function makeLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    serializers: { err: describe, req: () => undefined, res: () => undefined },
    redact: { paths: ['body', 'query', 'cookies', 'headers', '*.authorization', '*.cookie'], remove: true }
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    app.log.info({
      route: `${request.method} ${request.routeOptions.url ?? 'unmatched'}`,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      id: request.id
    });
    done();
  });
}

/** A fault by its name and where it happened; its message may quote what somebody sent. */
export function describe(error: unknown): object {
  if (!(error instanceof Error)) return { name: 'NotAnError' };
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    at: at.slice(0, 12).map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: describe(error.cause) })
  };
}
