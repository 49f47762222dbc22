import type { InjectOptions } from 'fastify';
import { SESSION_COOKIE } from '#server/gateway/sessions.ts';
import type { TestServer } from './server.ts';

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly text: string;
  readonly bytes: Buffer;
}

export const ORIGIN = 'http://localhost:8426';

/** Speaks HTTP to a server as one browser or one tablet does: keeps its cookie, says its origin, carries its token. */
export class Browser {
  cookie: string | undefined;
  token: string | undefined;
  address = '127.0.0.1';
  /** what the person behind it answers, as at the page's prompt, when a privileged act asks anew who is there; null: nothing */
  proof: (() => unknown) | null = null;

  constructor(private readonly server: TestServer) {}

  get = (url: string): Promise<Answered> => this.ask('GET', url);
  post = (url: string, body: unknown = {}): Promise<Answered> => this.ask('POST', url, body);
  put = (url: string, body?: unknown): Promise<Answered> => this.ask('PUT', url, body);
  patch = (url: string, body: unknown): Promise<Answered> => this.ask('PATCH', url, body);
  delete = (url: string): Promise<Answered> => this.ask('DELETE', url);

  /** A stream of events: what came until some words, and the end of it. */
  async stream(url: string): Promise<{ status: number; until(words: string): Promise<string>; close(): void }> {
    const headers = { host: 'localhost:8426', origin: ORIGIN, cookie: `${SESSION_COOKIE}=${this.cookie ?? ''}` };
    const answer = await this.server.app.inject({ method: 'GET', url, headers, payloadAsStream: true });
    const body = answer.stream();
    let [came, isOver] = ['', false];
    body.on('data', (chunk: Buffer) => (came += chunk.toString('utf8')));
    body.on('close', () => (isOver = true));
    return {
      status: answer.statusCode,
      until: async (words) => {
        while (!came.includes(words) && !isOver) await new Promise((resolve) => setTimeout(resolve, 5));
        return came;
      },
      close: () => body.destroy()
    };
  }

  /** The beginning of a stream that goes on. */
  async beginning(url: string): Promise<Answered> {
    const stream = await this.stream(url);
    const text = await stream.until('\n');
    stream.close();
    return { status: stream.status, headers: {}, body: asJson(text), text, bytes: Buffer.from(text) };
  }

  async ask(method: string, url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answered> {
    if (url === '/api/session' && method === 'POST') this.#remember(body);
    const answer = await this.#send(method, url, body, headers);
    if (answer.status !== 403 || (answer.body as { code?: string }).code !== 'proveAgain' || this.proof === null)
      return answer;
    await this.#send('POST', '/api/session/proof', this.proof());
    return this.#send(method, url, body, headers);
  }

  // Who signed in with a password alone proves it with the same one.
  #remember(body: unknown): void {
    const { password, code } = body as { password?: string; code?: string };
    this.proof = code === undefined ? () => ({ kind: 'password', password }) : null;
  }

  async #send(method: string, url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answered> {
    const options: InjectOptions = {
      method,
      url,
      remoteAddress: this.address,
      headers: {
        host: 'localhost:8426',
        origin: ORIGIN,
        ...(this.cookie === undefined ? {} : { cookie: `${SESSION_COOKIE}=${this.cookie}` }),
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) })
    };
    const answer = await this.server.app.inject(options);
    const set = answer.cookies.find(({ name }) => name === SESSION_COOKIE);
    if (set !== undefined) this.cookie = set.value === '' ? undefined : set.value;
    for (const token of [this.cookie, this.token])
      if (token !== undefined && token.length > 20) this.server.tokens.add(token);
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: asJson(answer.payload),
      text: answer.payload,
      bytes: answer.rawPayload
    };
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
