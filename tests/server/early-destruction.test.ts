import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Hold } from '#domain/records/hold.ts';
import { certificateIn } from '#server/destroyer/certificates.ts';
import { rebuildWithout } from '#server/destroyer/rebuild.ts';
import { loadDesigns } from '#designs/load.ts';
import { verifyCertificates } from '../../scripts/verify-certificates.ts';
import { INVESTIGATION } from '#tests/builders/holds.ts';
import { aLoadedHotlist, aMemberWith, anAgencyOn, aTablet } from './support/agency.ts';
import { aCapture, type Capture } from './support/capture.ts';
import { Browser } from './support/browser.ts';
import { startServer, type TestServer } from './support/server.ts';
import { killedAfter } from './support/killed-store.ts';
import { TabletBox } from './support/tablet.ts';

interface Kept {
  readonly server: TestServer;
  readonly sergeant: Browser;
  readonly designee: Browser;
  readonly goes: Capture;
  readonly stays: Capture;
}

async function twoKeptReads(): Promise<Kept> {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  const designee = await aMemberWith(server, sergeant, 'designee');
  const tablet = await aTablet(server, sergeant);
  const list = await aLoadedHotlist(server, sergeant);
  const [goes, stays] = ['TST555', 'TST556'].map((plate): Capture => {
    const capture = aCapture(tablet.enrollment, operator.member, list, server.now());
    const contents = capture.contents.map((content) =>
      content.kind === 'read' ? { ...content, read: { ...content.read, plate } } : content
    );
    return { ...capture, contents };
  }) as [Capture, Capture];
  for (const { contents } of [goes, stays]) await new TabletBox(server, tablet).send(...contents);
  return { server, sergeant, designee, goes, stays };
}

const filesWith = (folder: string, text: string): string[] =>
  readdirSync(join(folder, 'databases')).filter((file) => readFileSync(join(folder, 'databases', file)).includes(text));

test('reads go before their date by rebuilding their box, and the rest of the day stays', async () => {
  const { server, sergeant, goes, stays } = await twoKeptReads();
  const date = goes.period.localDate;
  expect(filesWith(server.folder, 'TST555')).not.toEqual([]);
  const answer = await sergeant.post('/api/reads/early-destruction', { date, readIds: [goes.read._id] });
  expect(answer.body).toEqual({ reads: 1 });
  expect(filesWith(server.folder, 'TST555')).toEqual([]);
  const left = (await server.store.all(`reads-${date}`)).map(({ _id }) => _id);
  expect(left.sort()).toEqual([stays.read._id, stays.hit._id].sort());
  expect(await server.store.attachment(`reads-${date}`, stays.read._id, 'plate.jpg')).toBeDefined();
  expect(await server.store.list('rebuild-')).toEqual([]);
  // The public sees that a certificate is private, and nothing of what it says.
  const shown = await new Browser(server).get('/api/public/certificates');
  expect(verifyCertificates(shown.body)).toMatchObject({ faults: [], certificates: 1, private: 1, dates: 0 });
  const [certificate] = await server.house.certificates.all();
  expect(certificateIn(certificate?.jws ?? '')).toMatchObject({
    subject: { kind: 'earlyReads', date },
    counts: { reads: 1, hits: 1, pictures: 2 },
    method: 'databaseRebuiltWithout'
  });
  expect(shown.text).not.toContain(certificate?.jws);
  // A second time there is nothing to do.
  expect((await sergeant.post('/api/reads/early-destruction', { date, readIds: [goes.read._id] })).body).toEqual({
    reads: 0
  });
}, 300_000);

test('a read that a hold in force covers does not go before people have decided', async () => {
  const { sergeant, designee, goes } = await twoKeptReads();
  const scope = { kind: 'reads', readIds: [goes.read._id] };
  const hold = (await sergeant.post('/api/holds', { ground: INVESTIGATION, scope })).body as Hold;
  await designee.post(`/api/holds/${hold._id}/approval`);
  const request = { date: goes.period.localDate, readIds: [goes.read._id] };
  expect(await sergeant.post('/api/reads/early-destruction', request)).toMatchObject({
    status: 409,
    body: { code: 'heldRead' }
  });
  expect((await designee.post('/api/reads/early-destruction', request)).status).toBe(403);
}, 300_000);

test('killed after any of its writes, a rebuild is finished by saying it again, and what stays is never lost', async () => {
  const { server, goes, stays } = await twoKeptReads();
  const database = `reads-${goes.period.localDate}`;
  const designs = (await loadDesigns()).reads;
  const gone = new Set([goes.read._id, goes.hit._id]);
  class Killed extends Error {}
  for (let nth = 1; nth <= 9; nth++) {
    const store = killedAfter(
      { ...server.store },
      nth,
      () => {
        throw new Killed();
      },
      true
    );
    await rebuildWithout(store, { database, designs }, ({ _id }) => gone.has(_id)).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
    });
    await rebuildWithout(server.store, { database, designs }, ({ _id }) => gone.has(_id));
    const left = (await server.store.all(database)).map(({ _id }) => _id);
    expect(left.sort()).toEqual([stays.read._id, stays.hit._id].sort());
    expect(filesWith(server.folder, 'TST555')).toEqual([]);
  }
}, 300_000);
