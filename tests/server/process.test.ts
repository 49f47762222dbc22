import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { Enrollment, NewAuthenticator } from '#domain/wire/answers.ts';
import { packContent } from '#domain/records/sealed.ts';
import { Sealer } from '#server/demo/sealer.ts';
import { aSetup, PASSWORD } from './support/agency.ts';
import { codeAt } from './support/factors.ts';
import { aPeriod } from '#tests/builders/records.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly printed: string;
}

function run(...args: string[]): { child: ChildProcess; ended: Promise<number | null>; printed: () => string } {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sync-server/src/main.ts', ...args], { cwd: ROOT });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, ended, printed: () => printed };
}

async function start(data: string): Promise<Started> {
  const { child, printed } = run('--port', '0', '--data', data);
  for (let tries = 0; tries < 400; tries++) {
    const url = /^Open (\S+)$/m.exec(printed())?.[1];
    if (url !== undefined) return { child, url, printed: printed() };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The server did not start: ${printed()}`);
}

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'platekeeper-process-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

test('a server that is killed has lost nothing it acknowledged', async () => {
  const data = aFolder();
  const first = await start(data);
  const code = /\/setup\?code=(\S+)/.exec(first.printed)?.[1] ?? '';
  let cookie = '';
  let token = '';
  const ask = async (
    url: string,
    method: string,
    path: string,
    body?: unknown
  ): Promise<{ status: number; body: unknown }> => {
    const answer = await fetch(url + path, {
      method,
      headers: {
        origin: url,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookie === '' ? {} : { cookie }),
        ...(token === '' ? {} : { authorization: `Bearer ${token}` })
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    });
    cookie = /^([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? cookie;
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
  };
  expect((await ask(first.url, 'POST', '/api/setup', aSetup(code))).status).toBe(201);
  await ask(first.url, 'POST', '/api/session', { signInName: 'sergeant', password: PASSWORD });
  const app = (await ask(first.url, 'POST', '/api/session/factors/new-authenticator', {})).body as NewAuthenticator;
  const factor = { id: app.id, label: 'Phone', code: codeAt(Date.now(), app) };
  expect((await ask(first.url, 'POST', '/api/session/factors/authenticator', factor)).status).toBe(201);
  const made = (await ask(first.url, 'POST', '/api/devices/codes', {})).body as { code: string };
  const enrollment = (await ask(first.url, 'POST', '/api/enrollment', { code: made.code, label: 'Tablet 1' }))
    .body as Enrollment;
  token = enrollment.deviceToken;

  const boxId = randomUUID();
  await ask(first.url, 'PUT', `/api/device/boxes/${boxId}`);
  const sealer = await Sealer.forBox(enrollment.deviceId, boxId, enrollment.sealingKey);
  const at = new Date().toISOString();
  for (let pushed = 0; pushed < 20; pushed++) {
    const period = aPeriod({
      _id: randomUUID(),
      agencyId: enrollment.agency._id,
      deviceId: enrollment.deviceId,
      localDate: at.slice(0, 10),
      utcOffsetMinutes: 0,
      attestedAt: at,
      intervals: [{ startedAt: at, endedAt: null, endReason: null }]
    });
    const docs = [await sealer.sealBytes(packContent({ kind: 'period', period }))];
    expect(await ask(first.url, 'POST', `/db/inbox-${boxId}/_bulk_docs`, { docs })).toMatchObject({
      status: 201,
      body: [{ ok: true }]
    });
  }
  first.child.kill('SIGKILL');

  const second = await start(data);
  expect(second.printed).not.toContain('/setup?code=');
  const info = await ask(second.url, 'GET', `/db/inbox-${boxId}/`);
  expect(info.body).toMatchObject({ doc_count: 20 });
  let finished = 0;
  for (let tries = 0; tries < 100 && finished !== 200; tries++) {
    finished = (await ask(second.url, 'DELETE', `/api/device/boxes/${boxId}?count=20`)).status;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(finished).toBe(200);
  const ended = new Promise<number | null>((resolve) => second.child.once('exit', resolve));
  second.child.kill('SIGTERM');
  expect(await ended).toBe(0);
}, 120_000);

test('plain http beyond this machine is not served', async () => {
  const { ended, printed } = run('--host', '0.0.0.0', '--port', '0');
  expect(await ended).toBe(2);
  expect(printed()).toContain('secure context');
}, 60_000);
