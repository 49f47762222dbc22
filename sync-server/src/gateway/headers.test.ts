import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { answerFaults } from './faults.ts';
import { indexHtmlOf, serveApp } from './app-files.ts';
import { inlineScriptHashes, sendStrictHeaders } from './headers.ts';

const PAGE = '<!doctype html><script>start()</script><script src="/x.js"></script>';

async function anApp(built: boolean): Promise<FastifyInstance> {
  const folder = mkdtempSync(join(tmpdir(), 'platekeeper-app-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const appFolder = join(folder, 'app');
  mkdirSync(join(appFolder, '_app/immutable'), { recursive: true });
  writeFileSync(join(folder, 'a.txt'), 'private');
  if (built) writeFileSync(join(appFolder, 'index.html'), PAGE);
  writeFileSync(join(appFolder, '_app/immutable/a.js'), '1');
  writeFileSync(join(appFolder, 'service-worker.js'), '2');
  const app = Fastify();
  answerFaults(app);
  await sendStrictHeaders(app, indexHtmlOf(appFolder), true);
  await serveApp(app, appFolder, indexHtmlOf(appFolder));
  return app;
}

test('only the inline script that was built into the page may run', async () => {
  const [hash, ...others] = inlineScriptHashes(PAGE);
  expect(others).toEqual([]);
  const { headers } = await (await anApp(true)).inject('/');
  expect(headers['content-security-policy']).toContain(`script-src 'self' 'wasm-unsafe-eval' ${String(hash)};`);
  expect(headers['content-security-policy']).not.toContain("script-src 'self' 'unsafe");
});

test('every answer isolates the page and keeps it to its own origin', async () => {
  const app = await anApp(true);
  for (const url of ['/', '/scan', '/_app/immutable/a.js', '/service-worker.js', '/nothing.js', '/api/nothing'])
    expect((await app.inject(url)).headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'permissions-policy': 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=()'
    });
});

test('a deep link gets the page, a missing file and an unknown API do not', async () => {
  const app = await anApp(true);
  expect((await app.inject('/hq/audit')).body).toBe(PAGE);
  for (const url of ['/missing.js', '/api/missing', '/db/', '/_app', '/..%2fa.txt', '/%2e%2e/a.txt', '/%zz.txt'])
    expect([url, (await app.inject(url)).body === PAGE || (await app.inject(url)).body === 'private']).toEqual([
      url,
      url === '/_app'
    ]);
});

test('what has a hash in its name may be kept for ever, the rest is asked for each time', async () => {
  const app = await anApp(true);
  expect((await app.inject('/_app/immutable/a.js')).headers['cache-control']).toContain('immutable');
  for (const url of ['/', '/service-worker.js'])
    expect((await app.inject(url)).headers['cache-control']).toBe('no-cache');
});

test('an app that is not built is said to be so', async () => {
  const answer = await (await anApp(false)).inject('/');
  expect(answer.statusCode).toBe(503);
  expect(answer.body).toContain('npm run build');
});
