import { createHash } from 'node:crypto';
import { compactVerify, decodeJwt, importJWK } from 'jose';
import { expect, test } from 'vitest';
import { testify } from '#domain/ledger/witness.ts';
import type { AuditHead } from '#domain/records/audit-head.ts';
import { NO_ENTRY_BEFORE, type AuditEntry } from '#domain/records/audit.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import { entriesFrom } from '#server/audit/entries.ts';
import { Witness } from '#lib/vault/worker/witness.ts';
import { tidy } from '#server/house.ts';
import { StoreUnavailable, type Store } from '#server/store/store.ts';
import type { AuditHeadsAnswer, WitnessedHead } from '#domain/wire/answers.ts';
import { verifyTrail } from '../../scripts/verify-audit.ts';
import { aMemberWith, anAgencyOn, aTablet } from './support/agency.ts';
import { Browser } from './support/browser.ts';
import { REASON } from './support/capture.ts';
import { startServer, type TestServer } from './support/server.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

async function trailOf(server: TestServer): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for await (const entry of entriesFrom(server.store, 1, 1e6)) entries.push(entry);
  return entries;
}

async function headOf(server: TestServer): Promise<AuditHead> {
  server.pass(10 * MINUTE_MS);
  await tidy(server.house);
  const { jws } = server.house.ledger.head ?? { jws: '' };
  const key = await importJWK({ ...server.house.keys.signing.publicJwk });
  await compactVerify(jws, key);
  return decodeJwt(jws) as unknown as AuditHead;
}

test('entries stand in one order without a gap, each naming the one before it, many at once too', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  await Promise.all(Array.from({ length: 20 }, () => sergeant.get('/api/register')));
  const entries = await trailOf(server);
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, at) => at + 1));
  expect(entries[0]?.previous).toBe(NO_ENTRY_BEFORE);
  expect(new Set(entries.map(({ previous }) => previous)).size).toBe(entries.length);
});

test('a head is signed every ten minutes, continues the one before it, and so it is after a restart', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const first = await headOf(server);
  expect(first).toMatchObject({ index: 1, size: 2, previous: null });
  for (let look = 0; look < 300; look++) await sergeant.get('/api/register');
  const second = await headOf(server);
  const proof = await server.house.ledger.consistency(first.size, second.size);
  expect(testify(sha256, first, second, proof)).toEqual({ kind: 'continues' });

  const next = await server.again();
  expect(next.house.ledger.size).toBe(302);
  expect(next.failures).toEqual([]);
  await next.house.trail.record({ action: 'viewRegister' }, { name: 'gateway', roles: ['gateway'] });
  const third = await headOf(next);
  expect(third).toMatchObject({ index: 3, size: 303 });
  const further = await next.house.ledger.consistency(second.size, third.size);
  expect(testify(sha256, second, third, further)).toEqual({ kind: 'continues' });
  expect(await trailOf(next)).toHaveLength(303);
}, 120_000);

test('an entry whose write was lost on the way, or stood without our knowing, leaves neither a gap nor a double', async () => {
  let how: 'well' | 'lost' | 'unheard' = 'well';
  const around = (store: Store): Store => ({
    ...store,
    update: async (...given) => {
      if (how === 'lost') throw new StoreUnavailable('lost for the test');
      const answer = await store.update(...given);
      if (how === 'unheard') throw new StoreUnavailable('answer lost for the test');
      return answer;
    }
  });
  const server = await startServer({ around });
  const sergeant = await anAgencyOn(server);
  const statuses: number[] = [];
  for (const next of ['lost', 'well', 'unheard', 'unheard', 'well'] as const) {
    how = next;
    statuses.push((await sergeant.get('/api/register')).status);
  }
  expect(statuses).toEqual([503, 200, 503, 503, 200]);
  const entries = await trailOf(server);
  expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(server.house.ledger.size).toBe(6);
  expect(server.failures).toEqual([]);
});

/** Somebody with the engine's own files: the month's trail is replaced by one with `change` made to its entries. */
async function withChangedTrail(change: (entries: AuditEntry[]) => AuditEntry[]): Promise<TestServer> {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  for (let look = 0; look < 5; look++) await sergeant.get('/api/register');
  await headOf(server);
  const entries = change(await trailOf(server));
  const [month = ''] = await server.store.list('audit-');
  await server.store.drop(month);
  // Without the rules of the trail, as in a file that was edited; they are published again at the next start.
  await server.store.create(month, []);
  for (const entry of entries) await server.store.put(month, { ...entry }, { name: 'somebody', roles: ['system'] });
  return server.again();
}

test.each<[string, (entries: AuditEntry[]) => AuditEntry[]]>([
  ['an entry is taken out', (entries) => entries.filter(({ seq }) => seq !== 4)],
  ['the last entries are cut off', (entries) => entries.slice(0, 4)],
  ['an entry is changed', (entries) => entries.map((e) => (e.seq === 4 ? { ...e, outcome: 'denied' } : e))],
  [
    'an entry is there twice',
    (entries) => [...entries, { ...(entries[3] as AuditEntry), _id: '00000000-0000-4000-8000-0000000000ff' }]
  ]
])('when %s behind the server, it says so at its start and works on in a place of its own', async (_what, change) => {
  const server = await withChangedTrail(change);
  expect(server.failures.map((fault) => (fault as Error).name)).toContain('TrailBroken');
  await server.house.trail.record({ action: 'viewRegister' }, { name: 'gateway', roles: ['gateway'] });
  expect((await trailOf(server)).at(-1)?.seq).toBe(8);
});

test('a trail that nobody touched raises no alarm at the next start', async () => {
  expect((await withChangedTrail((entries) => entries)).failures).toEqual([]);
});

test('a tablet is shown at each contact that the trail it knows is still there, and finds out when it is not', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const tablet = await aTablet(server, sergeant);
  const ask = async (size: number): Promise<{ head: AuditHead; proof: readonly string[] }> => {
    const { jws, proof } = (await tablet.get(`/api/device/audit-head?size=${String(size)}`)).body as WitnessedHead;
    return { head: decodeJwt(jws) as unknown as AuditHead, proof };
  };
  expect((await tablet.get('/api/device/audit-head')).status).toBe(204);
  expect((await tablet.get('/api/device/audit-head?size=-1')).status).toBe(400);
  await headOf(server);
  const known = (await ask(0)).head;
  await sergeant.get('/api/register');
  await headOf(server);
  const { head, proof } = await ask(known.size);
  expect(testify(sha256, known, head, proof)).toEqual({ kind: 'continues' });
  expect(testify(sha256, null, head, [])).toEqual({ kind: 'continues' });
  const broken = (how: string): object => ({ kind: 'broken', how });
  expect(testify(sha256, { ...known, root: head.root }, head, proof)).toEqual(broken('rewritten'));
  expect(testify(sha256, known, head, [])).toEqual(broken('rewritten'));
  expect(testify(sha256, { ...known, size: head.size + 1 }, head, (await ask(head.size + 1)).proof)).toEqual(
    broken('shortened')
  );
  expect(testify(sha256, { ...head, index: head.index + 1 }, head, [])).toEqual(broken('wentBack'));
});

test('a tablet keeps the head it was shown, says once that a later trail does not continue it, and believes no stranger’s', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const tablet = await aTablet(server, sergeant);
  const enrollment = { ...tablet.enrollment, schema: 2, enrolledAt: server.now() } as const;
  const kept = new Map<string, unknown>();
  let shown: ((told: WitnessedHead) => Promise<WitnessedHead> | WitnessedHead) | undefined;
  const asked: string[] = [];
  const witness = (): Witness =>
    new Witness({
      toolbox: {
        kept: (key) => Promise.resolve(kept.get(key)),
        keep: (key, value) => Promise.resolve(void kept.set(key, value))
      },
      monotonicMs: () => Date.parse(server.now()),
      ask: async (_, path) => {
        asked.push(path);
        const { status, body } = await tablet.get(path);
        if (status !== 200) return { kind: 'unreachable' };
        const told = body as WitnessedHead;
        return { kind: 'ok', status, body: (await shown?.(told)) ?? told };
      }
    });
  expect(await witness().ask(enrollment), 'no head is signed yet').toBeNull();
  const first = await headOf(server);
  const ours = witness();
  expect(await ours.ask(enrollment)).toEqual({ kind: 'continues' });
  expect(await ours.ask(enrollment), 'a head is signed every ten minutes').toBeNull();
  await sergeant.get('/api/register');
  await headOf(server);
  expect(await ours.ask(enrollment)).toEqual({ kind: 'continues' });
  expect(asked.at(-1)).toBe(`/api/device/audit-head?size=${String(first.size)}`);

  // A stranger's word is none, and what is known stays.
  const stranger = await startServer();
  shown = async ({ proof }) => ({ jws: await stranger.house.keys.signing.sign(first), proof });
  expect(await witness().ask(enrollment)).toBeNull();
  // A trail that was cut short, and one that was written anew, found after a restart of the tablet too.
  shown = async ({ proof }) => ({ jws: await server.house.keys.signing.sign(first), proof });
  expect(await witness().ask(enrollment)).toEqual({ kind: 'broken', how: 'shortened' });
  shown = undefined;
  await sergeant.get('/api/register');
  await headOf(server);
  expect(await witness().ask(enrollment), 'the new head is the one that is known').toEqual({ kind: 'continues' });
  await sergeant.get('/api/register');
  const third = await headOf(server);
  shown = async ({ proof }) => ({
    jws: await server.house.keys.signing.sign({ ...third, root: first.root }),
    proof
  });
  expect(await witness().ask(enrollment)).toEqual({ kind: 'broken', how: 'rewritten' });
  // Enrolled elsewhere, as another tablet, it has seen nothing yet.
  shown = async ({ proof }) => ({ jws: await server.house.keys.signing.sign(first), proof });
  expect(await witness().ask({ ...enrollment, deviceId: stranger.house.given.newId() })).toEqual({ kind: 'continues' });
});

test('the first head of each day is on the public page, with the key that verifies it and nothing of the trail', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  for (let day = 0; day < 3; day++) {
    await sergeant.get('/api/status');
    await server.house.trail.record({ action: 'publishLog' }, { name: 'gateway', roles: ['gateway'] });
    await headOf(server);
    await headOf(server);
    server.pass(24 * 60 * MINUTE_MS);
  }
  const { key, heads } = (await new Browser(server).get('/api/public/audit-heads')).body as AuditHeadsAnswer;
  expect(heads.map(({ date, size }) => [date, size])).toEqual([
    ['2026-11-24', 5],
    ['2026-11-23', 4],
    ['2026-11-22', 3]
  ]);
  for (const { jws, root } of heads) {
    await compactVerify(jws, await importJWK({ ...key }));
    expect(decodeJwt(jws)).toMatchObject({ root });
  }
});

test('the trail that headquarters exports is verified by the program that shares no code with the server', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  await sergeant.post('/api/devices/codes');
  await headOf(server);
  const { jws } = server.house.ledger.head ?? { jws: '' };
  const operator = await aMemberWith(server, sergeant, 'operator');
  expect((await operator.get('/api/audit/trail')).status).toBe(403);
  const exported = await sergeant.get('/api/audit/trail');
  expect(exported.headers['content-type']).toContain('application/x-ndjson');
  const lines = exported.text.split('\n');
  const verdict = await verifyTrail(lines, [jws]);
  expect(verdict).toMatchObject({ entries: server.house.ledger.size, heads: 2, witnesses: 1, faults: [] });
  const [last] = await server.house.trail.latest(1);
  expect(last).toMatchObject({ action: 'exportAudit', seq: verdict.entries });
  const bent = lines.map((line) => line.replace('issueEnrollmentCode', 'revokeDevice'));
  expect((await verifyTrail(bent, [jws])).faults).toContainEqual(expect.objectContaining({ from: 3, to: 4 }));
});

test('the public export names who looked and why, and gives a reason for each field it withholds', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  await sergeant.post('/api/reads/search', REASON);
  const records = await aMemberWith(server, sergeant, 'records');
  const { text, headers } = await records.get('/api/audit/public.csv');
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  const line = text.split('\r\n').find((written) => written.includes('searchReads')) ?? '';
  expect(line).toContain('Sgt. A. Example');
  expect(line).toContain('ICR 26-1001');
  expect(line.match(/\[withheld: [^\]]+Minn. Stat. [^\]]+\]/g)).toHaveLength(2);
  for (const secret of ['TST042', 'A witness named', server.house.keys.tags.plate('TST042')])
    expect(text).not.toContain(secret);
});
