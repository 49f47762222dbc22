import nano from 'nano';
import { SignJWT } from 'jose';
import { asKnownPerson } from '../person.ts';
import type { UserContext } from '../store.ts';
import { CouchAnswer, isAnswer, unavailable } from './errors.ts';

export interface CouchOptions {
  /** `http://administrator:password@127.0.0.1:5984` */
  readonly url: string;
  /** the secret of CouchDB's `[jwt_keys] hmac:_default` (there in base64); without it writes are the administrator's */
  readonly jwtSecret?: string;
  readonly timeoutMs?: number;
  /** CouchDB's `[couchdb] database_dir`, when it lies on this machine: then a drop can be verified on the disk */
  readonly dataFolder?: string;
}

export interface Question {
  readonly db?: string;
  /** below the database, each part encoded by `pathOf` */
  readonly path?: string;
  readonly method?: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly asBytes?: boolean;
  readonly timeoutMs?: number;
}

export interface AnswerAs {
  readonly status: number;
  readonly answer: unknown;
}

const TIMEOUT_MS = 30_000;
const TOKEN_SECONDS = 60;

/** Path parts, encoded; `_design/x` and `_local/x` keep their slash. */
export function pathOf(...parts: readonly string[]): string {
  return parts.map((part) => encodeURIComponent(part).replace(/^(_design|_local)%2F/, '$1/')).join('/');
}

// The path of the address is never taken for a database; nano's types do not know this option.
function addressed(url: string): nano.Configuration {
  const settings = { url, parseUrl: false };
  return settings;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asFault(status: number, answer: unknown, database: string): CouchAnswer {
  const { error, reason } = (answer ?? {}) as { readonly error?: string; readonly reason?: string };
  const fault = new CouchAnswer(status, error ?? '', reason ?? '');
  isAnswer(fault, 404, database);
  return fault;
}

/** One CouchDB: every request has an end, and an answer that is no success is a CouchAnswer to be read or StoreUnavailable. */
export class Couch {
  private readonly timeoutMs: number;
  private readonly administrator: nano.ServerScope;
  private readonly origin: string;
  private readonly secret: Uint8Array | undefined;

  constructor(private readonly options: CouchOptions) {
    this.timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.administrator = nano(addressed(options.url));
    const { origin, pathname } = new URL(options.url);
    this.origin = origin + pathname;
    this.secret = options.jwtSecret === undefined ? undefined : new TextEncoder().encode(options.jwtSecret);
  }

  /** Asks as the administrator: makes and drops databases, publishes designs, reads. */
  ask(question: Question): Promise<unknown> {
    return this.send(this.administrator, question);
  }

  /**
   * Asks as the person, so that the design documents know who writes. Gives the status too, which tells whether enough nodes took it,
   * and which nano keeps to itself. Throws NoSuchDatabase, and CouchAnswer for what is no success.
   */
  async askAs(by: UserContext, question: Question & { readonly db: string }): Promise<AnswerAs> {
    const response = await this.fetchAs(by, question);
    const answer = asJson(await response.text().catch(() => ''));
    if (answer === undefined) throw unavailable('an answer that is not JSON');
    if (response.ok) return { status: response.status, answer };
    throw asFault(response.status, answer, question.db);
  }

  /** The same, with the answer as it came. Throws StoreUnavailable when there is none. */
  async fetchAs(by: UserContext, question: Question): Promise<Response> {
    const { username, password } = new URL(this.options.url);
    const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
    const authorization = this.secret === undefined ? `Basic ${basic}` : `Bearer ${await this.token(by)}`;
    try {
      return await fetch(new URL(`${encodeURIComponent(question.db ?? '')}/${question.path ?? ''}`, this.origin), {
        method: question.method ?? 'GET',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(question.body ?? null),
        signal: AbortSignal.timeout(question.timeoutMs ?? this.timeoutMs)
      });
    } catch {
      throw unavailable('no answer');
    }
  }

  private async send(server: nano.ServerScope, question: Question): Promise<unknown> {
    const answer = await this.answered(server, question);
    // A gate of the network that answers for CouchDB sends a page, not JSON; it is never taken for an acknowledgement.
    const believable = question.asBytes === true || (typeof answer === 'object' && !Buffer.isBuffer(answer));
    if (!believable) throw unavailable('an answer that is not JSON');
    return answer;
  }

  private async answered(server: nano.ServerScope, question: Question): Promise<unknown> {
    try {
      return (await server.request({
        ...(question.db === undefined ? {} : { db: question.db }),
        ...(question.path === undefined ? {} : { path: question.path }),
        method: question.method ?? 'GET',
        qs: question.query,
        body: question.body,
        dontParse: question.asBytes === true,
        signal: AbortSignal.timeout(question.timeoutMs ?? this.timeoutMs)
      } as nano.RequestOptions)) as unknown;
    } catch (error) {
      throw CouchAnswer.from(error);
    }
  }

  // Signed here for one minute: CouchDB believes our signature alone, never a header of a client.
  private async token(by: UserContext): Promise<string> {
    if (this.secret === undefined) throw unavailable('no secret to sign with');
    const person = asKnownPerson(by);
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ '_couchdb.roles': [...person.roles] })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(person.name)
      .setIssuedAt(now)
      .setExpirationTime(now + TOKEN_SECONDS)
      .sign(this.secret);
  }
}
