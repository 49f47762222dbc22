/**
 * The gateway without HTTP: the real routes behind the real door (who asks, the entry in the trail, then the answer), called with plain
 * values. What is missing is Fastify: headers, limits, parsing of bodies. It is a hundred times as fast, and those have their own tests.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { doorOf } from '#server/gateway/door.ts';
import { replicationVerbs } from '#server/gateway/replication/verbs.ts';
import { deviceAdminRoutes } from '#server/gateway/routes/devices.ts';
import { deviceRoutes } from '#server/gateway/routes/device.ts';
import { enrollmentRoutes } from '#server/gateway/routes/enrollment.ts';
import { holdRoutes } from '#server/gateway/routes/holds.ts';
import { memberRoutes } from '#server/gateway/routes/members.ts';
import { publicRoutes } from '#server/gateway/routes/public.ts';
import { readRoutes } from '#server/gateway/routes/reads.ts';
import { sessionRoutes } from '#server/gateway/routes/session.ts';
import { setupRoute } from '#server/gateway/routes/setup.ts';
import { SESSION_COOKIE } from '#server/gateway/sessions.ts';
import type { House } from '#server/house.ts';

export const ORIGIN = 'http://127.0.0.1:8426';

export interface Question {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'PATCH';
  /** with its query */
  readonly path: string;
  readonly body?: unknown;
  /** session of a person */
  readonly session?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
  /** the session that was begun */
  readonly session: string | undefined;
}

interface Registered {
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly handler: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
}

export class Gateway {
  readonly #routes: Registered[] = [];

  constructor(house: House) {
    const app = {
      route: ({ method, url, handler }: { method: string; url: string; handler: Registered['handler'] }) => {
        const names = [...url.matchAll(/:([A-Za-z]+)/g)].map(([, name = '']) => name);
        const pattern = new RegExp(`^${url.replace(/:[A-Za-z]+/g, '([^/]+)')}$`);
        this.#routes.push({ method, pattern, names, handler });
      }
    };
    const door = doorOf(app as unknown as FastifyInstance, house);
    setupRoute(door, house);
    sessionRoutes(door, house);
    memberRoutes(door, house);
    deviceAdminRoutes(door, house);
    enrollmentRoutes(door, house);
    deviceRoutes(door, house);
    replicationVerbs(door, house);
    readRoutes(door, house);
    holdRoutes(door, house);
    publicRoutes(door, house);
  }

  async ask({ method, path, body, session, headers = {} }: Question): Promise<Reply> {
    const { pathname, search, searchParams } = new URL(path, ORIGIN);
    for (const { method: verb, pattern, names, handler } of this.#routes) {
      const found = verb === method ? pattern.exec(pathname) : null;
      if (found === null) continue;
      const request = {
        method,
        url: pathname + search,
        originalUrl: pathname + search,
        protocol: 'http',
        host: '127.0.0.1:8426',
        ip: '127.0.0.1',
        headers: { host: '127.0.0.1:8426', origin: ORIGIN, ...headers },
        cookies: session === undefined ? {} : { [SESSION_COOKIE]: session },
        params: Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(found[at + 1] ?? '')])),
        query: Object.fromEntries(searchParams),
        // As it comes over a wire: nothing is shared between who asks and who answers.
        body: body === undefined ? undefined : (JSON.parse(JSON.stringify(body)) as unknown)
      };
      const reply = new PlainReply();
      await handler(request as unknown as FastifyRequest, reply as unknown as FastifyReply);
      return reply;
    }
    return { status: 404, body: null, headers: {}, session: undefined };
  }
}

class PlainReply implements Reply {
  status = 200;
  body: unknown = null;
  headers: Record<string, unknown> & ((more: Record<string, unknown>) => this);
  session: string | undefined;

  constructor() {
    // Fastify's reply has a method of this name; what it was given is read from it afterwards.
    const kept: Record<string, unknown> = {};
    this.headers = Object.assign((more: Record<string, unknown>) => {
      Object.assign(this.headers, more);
      return this;
    }, kept);
  }

  code(status: number): this {
    this.status = status;
    return this;
  }

  header(name: string, value: unknown): this {
    return this.headers({ [name]: value });
  }

  type(): this {
    return this;
  }

  setCookie(name: string, value: string): this {
    if (name === SESSION_COOKIE) this.session = value;
    return this;
  }

  clearCookie(): this {
    return this;
  }

  send(body: unknown): this {
    this.body = body === undefined ? null : (JSON.parse(JSON.stringify(body)) as unknown);
    return this;
  }
}
