import { expect, test, vi } from 'vitest';
import { Api } from './api.ts';

function apiThat(answer: () => Promise<Response>) {
  const signedOut = vi.fn();
  return { api: new Api(answer, signedOut), signedOut };
}

test('a lost link is a value, not an exception', async () => {
  const { api, signedOut } = apiThat(() => Promise.reject(new TypeError('Failed to fetch')));
  expect(await api.status()).toEqual({ kind: 'unreachable' });
  expect(signedOut).not.toHaveBeenCalled();
});

test('a refusal keeps the sentence of the server', async () => {
  const refusal = { code: 'notAllowed', sentence: 'Your roles do not allow this.' };
  const { api } = apiThat(() => Promise.resolve(Response.json(refusal, { status: 403 })));
  expect(await api.hits()).toEqual({ kind: 'refused', status: 403, refusal });
});

test("a proxy's error page becomes a sentence too", async () => {
  const { api } = apiThat(() => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 })));
  const outcome = await api.hits();
  expect(outcome.kind === 'refused' && outcome.refusal.sentence).toMatch(/Try again/);
});

test('a session that the server no longer knows is told once', async () => {
  const refusal = { code: 'signInFirst', sentence: 'Sign in first.' };
  const { api, signedOut } = apiThat(() => Promise.resolve(Response.json(refusal, { status: 401 })));
  await api.audit();
  expect(signedOut).toHaveBeenCalledOnce();
});

test('the address of a picture holds the look and opaque ids, never a plate', async () => {
  const asked = vi.fn<(path: string) => Promise<Response>>(() => Promise.resolve(new Response('jpeg')));
  const api = new Api(asked as unknown as typeof fetch, () => {});
  const row = { boxDate: '2026-11-21', read: { _id: 'r1', plate: 'TST042' } };
  await api.picture(row as never, 'plateImage', 'look1');
  expect(asked.mock.calls[0]?.[0]).toBe('/api/reads/2026-11-21/r1/pictures/plateImage?look=look1');
});

test('an act that asks anew who is there is repeated once it is proved, and left undone when it is not', async () => {
  const refusal = { code: 'proveAgain', sentence: 'This needs a fresh proof.' };
  for (const proved of [true, false]) {
    const answers = [Response.json(refusal, { status: 403 }), Response.json({ code: 'ABCD' }, { status: 201 })];
    const fetcher = vi.fn(() => Promise.resolve(answers.shift() ?? Response.error()));
    const api = new Api(
      fetcher,
      () => {},
      () => Promise.resolve(proved)
    );
    const outcome = await api.makeEnrollmentCode();
    expect(outcome.kind).toBe(proved ? 'ok' : 'refused');
    expect(fetcher).toHaveBeenCalledTimes(proved ? 2 : 1);
  }
});

test('who signs out is not signed in again by an answer that comes late, and the next person is not told of it', async () => {
  const signedOut = vi.fn();
  // The network as a browser has it: a question that is given up fails at once, whatever the server may still say.
  const network = vi.fn((_path: string, asked: RequestInit) =>
    asked.method === 'DELETE'
      ? Promise.resolve(new Response(null, { status: 204 }))
      : new Promise<Response>((_resolve, fail) => {
          asked.signal?.addEventListener('abort', () => {
            fail(new DOMException('given up', 'AbortError'));
          });
        })
  );
  const api = new Api(network as unknown as typeof fetch, signedOut);
  const late = api.signIn({ signInName: 'officer', password: 'invented password' });
  expect((await api.signOut()).kind).toBe('ok');
  expect(await late).toEqual({ kind: 'unreachable' });
  expect(signedOut).not.toHaveBeenCalled();
});

test('an answer that breaks off in the middle is a lost link, not an exception', async () => {
  const broken = new ReadableStream({
    pull(stream) {
      stream.error(new TypeError('network error'));
    }
  });
  const { api } = apiThat(() => Promise.resolve(new Response(broken)));
  expect(await api.hits()).toEqual({ kind: 'unreachable' });
});
