import { expect, test } from 'vitest';
import type { House } from '#server/house.ts';
import { ROUTES, type Routes } from '#server/gateway/app.ts';
import { makeLog } from '#server/gateway/logging.ts';
import { anAgencyOn } from './support/agency.ts';
import { Browser } from './support/browser.ts';
import { canariesIn } from './support/canaries.ts';
import { REASON } from './support/capture.ts';
import { startServer } from './support/server.ts';

// Every server of these tests is searched when its test is over (startServer); here are the control, and what is asked hardest.

test('a plate, a name, a token or a password in a log is found, as it is and in base64 (control)', () => {
  expect(canariesIn(['{"msg":"searched for TST042"}'])).toEqual(['TST042']);
  expect(
    canariesIn([JSON.stringify({ msg: Buffer.from('x Sgt. A. Example').subarray(2).toString('base64') })])
  ).toEqual(['Sgt. A. Example']);
  expect(canariesIn(['{"cookie":"abcdefghijkl"}'], ['abcdefghijkl'])).toEqual(['abcdefghijkl']);
  expect(canariesIn(['{"route":"POST /api/reads/search","status":200}'])).toEqual([]);
});

test('a handler that fails with a plate in its error leaves where it failed in the log, and no plate', async () => {
  const failing: readonly Routes[] = ROUTES.map((duty) => (route, house: House) => {
    duty((name, prepare, options) => {
      const fails = name === 'POST /api/reads/search';
      route(
        name,
        fails
          ? ({ body }) => {
              throw new Error(`cannot search ${JSON.stringify(body)}`);
            }
          : prepare,
        options
      );
    }, house);
  });
  const server = await startServer({ routes: failing });
  const sergeant = await anAgencyOn(server);
  expect((await sergeant.post('/api/reads/search', REASON)).status).toBe(500);
  expect(server.logged.join('')).toContain('a request failed');
  expect(canariesIn(server.logged)).toEqual([]);
});

test('what is typed into an address, a header or a broken body is in no log', async () => {
  const server = await startServer();
  const browser = new Browser(server);
  await browser.get('/api/reads/TST042/pictures?plate=TST042');
  await browser.ask('POST', '/api/session', '{"signInName":"Sgt. A. Example","password":"a long enough password"');
  await browser.ask('GET', '/api/status', undefined, { 'x-plate': 'TST042', 'user-agent': 'TST042' });
  expect(server.logged.length).toBeGreaterThan(2);
  expect(canariesIn(server.logged)).toEqual([]);
});

test('a log line that somebody writes with a request in it is emptied by the log itself', () => {
  const lines: string[] = [];
  const log = makeLog('info', { write: (line: string) => void lines.push(line) });
  log.info(
    { body: { plate: 'TST042' }, query: { plate: 'TST042' }, req: { headers: { authorization: 'TST042' } } },
    'x'
  );
  expect(lines).toHaveLength(1);
  expect(canariesIn(lines)).toEqual([]);
});
