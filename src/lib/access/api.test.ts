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
