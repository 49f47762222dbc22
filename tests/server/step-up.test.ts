import { expect, test } from 'vitest';
import { isPrivilegedAction, PROOF_COUNTS_MS } from '#domain/policy/step-up.ts';
import { asksAnew, checkMatrix, MATRIX, MatrixGap, type Row } from '#server/gateway/matrix.ts';
import { aMemberWith, anAgencyOn, PASSWORD } from './support/agency.ts';
import type { Answered, Browser } from './support/browser.ts';
import { askAtTheDoor } from './support/door-request.ts';
import { startServer } from './support/server.ts';

const rows = Object.entries<Row>(MATRIX);
const codeIn = (answer: Answered): string | undefined => (answer.body as { code?: string } | undefined)?.code;
const provesAnew = (browser: Browser, password: string): Promise<Answered> =>
  browser.post('/api/session/proof', { kind: 'password', password });

test('every privileged route asks anew who is there once the last proof is five minutes old, and no other route does', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const designee = await aMemberWith(server, sergeant, 'designee');
  for (const browser of [sergeant, designee]) browser.proof = null;
  const asked = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const [route, { who }] of rows) {
      if (who === 'public' || who === 'device' || who === 'deviceAndMember' || route === 'DELETE /api/session')
        continue;
      const answers = [await askAtTheDoor(sergeant, route), await askAtTheDoor(designee, route)];
      if (answers.some((answer) => codeIn(answer) === 'proveAgain')) found.push(route);
    }
    return found;
  };
  expect(await asked()).toEqual([]);
  server.pass(PROOF_COUNTS_MS);
  const privileged = rows.filter(([, row]) => asksAnew(row)).map(([route]) => route);
  expect(privileged.length).toBeGreaterThan(15);
  expect(await asked()).toEqual(privileged);
  // A fresh proof opens them all, a wrong one none.
  for (const browser of [sergeant, designee]) expect((await provesAnew(browser, 'a wrong guess')).status).toBe(403);
  expect(await asked()).toEqual(privileged);
  for (const browser of [sergeant, designee]) expect((await provesAnew(browser, PASSWORD)).status).toBe(204);
  expect(await asked()).toEqual([]);
}, 120_000);

test('what asks anew and what proves it are in the trail, the refusal before the act', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  server.pass(PROOF_COUNTS_MS);
  expect((await sergeant.post('/api/devices/codes')).status).toBe(201);
  const entries = (await server.house.trail.latest(3)).map(({ action, outcome, note }) => [action, outcome, note]);
  expect(entries.reverse()).toEqual([
    ['issueEnrollmentCode', 'denied', 'proveAgain'],
    ['proveAgain', 'ok', undefined],
    ['issueEnrollmentCode', 'ok', undefined]
  ]);
});

test('five wrong proofs wait like five wrong passwords', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  for (let tries = 0; tries < 5; tries++) expect((await provesAnew(sergeant, 'a wrong guess')).status).toBe(403);
  expect((await provesAnew(sergeant, PASSWORD)).status).toBe(429);
});

test('a privileged role on a route that asks nobody anew keeps the server from starting', () => {
  const registered = new Set([...Object.keys(MATRIX), 'GET /api/holds/export']);
  const planted: Row = { who: 'decideHolds', whose: 'agency', audit: 'viewHolds' };
  expect(isPrivilegedAction(planted.who)).toBe(true);
  expect(() => {
    checkMatrix(registered, { ...MATRIX, 'GET /api/holds/export': planted });
  }).toThrow(MatrixGap);
  expect(() => {
    checkMatrix(registered, { ...MATRIX, 'GET /api/holds/export': { ...planted, audit: 'exportAudit' } });
  }).not.toThrow();
});
