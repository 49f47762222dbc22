import type { Refusal } from '#domain/wire/answers.ts';

/** Long enough for a batch over a slow rural link; a server that answers nothing must not hold the queue for ever. */
const TIMEOUT_MS = 60_000;

export type Answer =
  | { readonly kind: 'ok'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'refused'; readonly status: number; readonly refusal: Refusal }
  | { readonly kind: 'unreachable' };

/** One request to our own server as the enrolled device. What a proxy or captive portal answers counts as unreachable. */
export async function askServer(
  method: 'GET' | 'PUT' | 'POST' | 'DELETE',
  path: string,
  token: string | null,
  body?: unknown
): Promise<Answer> {
  try {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' })
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    });
    const text = await response.text();
    if (response.ok && text === '') return { kind: 'ok', status: response.status, body: null };
    const answer: unknown = JSON.parse(text);
    if (response.ok) return { kind: 'ok', status: response.status, body: answer };
    return isRefusal(answer) ? { kind: 'refused', status: response.status, refusal: answer } : { kind: 'unreachable' };
  } catch {
    // No network, no answer in time, or an answer that is not ours: the same to us, everything waits.
    return { kind: 'unreachable' };
  }
}

/** The unpacked bytes of a compressed answer of our own server; null: no link, or what came is not it. */
export async function fetchUnpacked(path: string, token: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const response = await fetch(path, {
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { authorization: `Bearer ${token}` }
    });
    if (!response.ok || response.body === null) return null;
    const unpacked = response.body.pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch {
    return null;
  }
}

/** fetch for PouchDB: as the device, bounded in time, and without its question for the server's name, which we know. */
export function fetchAs(token: string): (url: string | Request, options?: RequestInit) => Promise<Response> {
  return (url, options = {}) => {
    const address = new URL(typeof url === 'string' ? url : url.url);
    if (address.pathname === '/db/') return Promise.resolve(new Response('{}', { status: 404 }));
    const headers = new Headers(options.headers);
    headers.set('authorization', `Bearer ${token}`);
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const signal = options.signal == null ? timeout : AbortSignal.any([options.signal, timeout]);
    return fetch(url, {
      ...options,
      headers,
      signal,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error'
    });
  };
}

const isRefusal = (answer: unknown): answer is Refusal =>
  typeof answer === 'object' &&
  answer !== null &&
  'code' in answer &&
  'sentence' in answer &&
  typeof answer.code === 'string' &&
  typeof answer.sentence === 'string';
