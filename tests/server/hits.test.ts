import { expect, test } from 'vitest';
import type { Hit } from '#domain/records/hit.ts';
import type { MonthlyFigures } from '#domain/policy/hit-figures.ts';
import { DAY_MS } from '#domain/time/instant.ts';
import type { HitRow, QuarantineRow } from '#domain/wire/answers.ts';
import { aLoadedHotlist, aMemberWith, anAgencyOn, aTablet } from './support/agency.ts';
import { aCapture } from './support/capture.ts';
import { startServer } from './support/server.ts';
import { TabletBox } from './support/tablet.ts';

const checks = { characters: 'yes', state: 'yes', vehicle: 'yes', driver: 'cannotTell' } as const;

async function aScene() {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  const tablet = await aTablet(server, sergeant);
  const list = await aLoadedHotlist(server, sergeant);
  const capture = aCapture(tablet.enrollment, operator.member, list, server.now());
  const stopped = (given: Partial<Hit>): Hit => ({
    ...capture.hit,
    answer: 'correctRead',
    answeredAt: server.now(),
    enforcement: { kind: 'stop' },
    ...given
  });
  return { server, sergeant, tablet, capture, stopped };
}

test('a tablet that tells of a stop without the check, or without comparing, has its hit set aside and its read kept', async () => {
  for (const given of [
    { checks },
    { verification: { method: 'mnjis', at: '2026-11-22T16:00:00.000Z', result: 'confirmed' } }
  ]) {
    const { server, sergeant, tablet, capture, stopped } = await aScene();
    const [period, read] = capture.contents;
    if (period === undefined || read === undefined) throw new Error('A capture has a period and a read.');
    await new TabletBox(server, tablet).send(period, read, { kind: 'hit', hit: stopped(given as Partial<Hit>) });
    expect((await sergeant.get('/api/hits')).body).toEqual([]);
    const rows = (await sergeant.get('/api/quarantine')).body as QuarantineRow[];
    expect(rows.map(({ reason }) => reason.split(':')[0])).toEqual(['notVerified']);
    expect(await server.store.list('reads-')).toHaveLength(1);
  }
});

test('a stop after comparing and the check is kept', async () => {
  const { server, sergeant, tablet, capture, stopped } = await aScene();
  const verification = { method: 'nlets', at: server.now(), result: 'confirmed' } as const;
  const [period, read] = capture.contents;
  if (period === undefined || read === undefined) throw new Error('A capture has a period and a read.');
  await new TabletBox(server, tablet).send(period, read, { kind: 'hit', hit: stopped({ checks, verification }) });
  const [row] = (await sergeant.get('/api/hits')).body as HitRow[];
  expect(row?.hit).toMatchObject({ checks, enforcement: { kind: 'stop' } });
});

test('headquarters hears of a hit at once, without its plate, and a figure stays of it when its read is destroyed', async () => {
  const { server, sergeant, tablet, capture } = await aScene();
  const heard: string[] = [];
  const stop = server.house.hitFeed.listen(({ hit }) => heard.push(hit._id));
  const live = await sergeant.stream('/api/hits/live');
  await new TabletBox(server, tablet).send(...capture.contents);
  stop();
  expect(heard).toEqual([capture.hit._id]);
  const told = await live.until('event: hit');
  expect(told).toContain(capture.hit._id);
  expect(told).not.toContain('TST042');
  live.close();
  const figures = async () => (await sergeant.get('/api/hits/figures')).body as MonthlyFigures[];
  expect(await figures()).toMatchObject([{ month: '2026-11', tray: 1, unanswered: 1 }]);
  server.pass(31 * DAY_MS);
  await server.house.destroyer.run();
  expect(await server.store.list('reads-')).toEqual([]);
  await sergeant.post('/api/session', { signInName: 'sergeant', password: 'a long enough password' });
  expect(await figures()).toMatchObject([{ month: '2026-11', tray: 1 }]);
  expect(JSON.stringify(await server.store.all('figures'))).not.toContain(capture.read._id);
});
