import { createHmac, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { PUBLISHED_TAGS, skeletonOf, tagIn } from '#domain/policy/address-confidentiality.ts';
import { correctionOf } from '#domain/records/correction.ts';
import type { HotlistCategory, HotlistVersion } from '#domain/records/hotlist.ts';
import type { SealedContent } from '#domain/records/sealed.ts';
import { DAY_MS, type Instant } from '#domain/time/instant.ts';
import type { ConfidentialAnswer, DeviceHello, RegisterView, SearchAnswer } from '#domain/wire/answers.ts';
import { INVESTIGATION } from '#tests/builders/holds.ts';
import { aLoadedHotlist, aMemberWith, anAgencyOn, aTablet } from './support/agency.ts';
import { aCapture, REASON, type Capture } from './support/capture.ts';
import { startServer } from './support/server.ts';
import { TabletBox } from './support/tablet.ts';

const PLATE = 'TST042';
const REQUEST = { participantRef: 'SAH 20417', plates: [PLATE] };

async function atHeadquarters() {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  const tablet = await aTablet(server, sergeant);
  const list = await aLoadedHotlist(server, sergeant);
  const capture = (): Capture => aCapture(tablet.enrollment, operator.member, list, server.now());
  const enter = async (): Promise<ConfidentialAnswer['alreadyHere']> =>
    ((await sergeant.post('/api/confidential', { kind: 'add', ...REQUEST })).body as ConfidentialAnswer).alreadyHere;
  const found = async (): Promise<number> =>
    ((await sergeant.post('/api/reads/search', REASON)).body as SearchAnswer).rows.length;
  return { server, sergeant, tablet, list, capture, enter, found };
}

/** The read as a tablet sends it, with what it matched; a license status where nothing is said. */
const withMatch = (
  { contents }: Capture,
  list: HotlistVersion,
  category: HotlistCategory | null
): readonly SealedContent[] =>
  contents
    .filter(({ kind }) => category !== null || kind !== 'hit')
    .map((content) => {
      if (content.kind === 'hit' && category !== null) return { ...content, hit: { ...content.hit, category } };
      if (content.kind !== 'read' || category === null) return content;
      return { ...content, matched: { listVersionId: list._id, category } };
    });

test('a participant’s read is destroyed at its arrival: no record, no count, no hit, no row, and the tablet is told that all is here', async () => {
  const { server, sergeant, tablet, list, capture, enter, found } = await atHeadquarters();
  await enter();
  for (const category of [null, 'licenseSuspended', 'missingPerson'] as const) {
    const box = new TabletBox(server, tablet);
    await box.send(...withMatch(capture(), list, category));
    expect((await box.receipt()).kept).toEqual([[1, category === null ? 3 : 4]]);
    expect((await box.receipt()).quarantined).toEqual([]);
    expect((await box.finish()).status).toBe(200);
  }
  expect(await found()).toBe(0);
  expect((await sergeant.get('/api/hits')).body).toEqual([]);
  expect((await sergeant.get('/api/quarantine')).body).toEqual([]);
  expect(((await sergeant.get('/api/register')).body as RegisterView).boxes).toEqual([]);
  expect(
    ((await sergeant.get('/api/public/log')).body as { rows: { counts: { reads: number } }[] }).rows.map(
      ({ counts }) => counts.reads
    )
  ).toEqual([0, 0, 0]);
});

test('a hit that comes later, in another box, is left out with its read', async () => {
  const { server, sergeant, tablet, list, capture, enter } = await atHeadquarters();
  await enter();
  const [period, read, hit] = withMatch(capture(), list, 'licenseRevoked');
  if (period === undefined || read === undefined || hit === undefined) throw new Error('a capture has all three');
  await new TabletBox(server, tablet).send(period, read);
  const later = new TabletBox(server, tablet);
  await later.send(period, hit);
  expect((await later.receipt()).kept).toEqual([[1, 2]]);
  expect((await sergeant.get('/api/hits')).body).toEqual([]);
  expect((await sergeant.get('/api/quarantine')).body).toEqual([]);
});

/** The officer's word that the plate of a read is another one. */
const typed = ({ read }: Capture, plate: string, now: Instant): SealedContent => ({
  kind: 'correction',
  correction: correctionOf(read, { finding: 'misread', plate }, { id: randomUUID(), now })
});

test('a read that turns out to be a participant’s is destroyed with its hit, and what still comes of it is left out', async () => {
  const { server, sergeant, tablet, list, capture, found } = await atHeadquarters();
  const plate = 'TST088';
  await sergeant.post('/api/confidential', { kind: 'add', ...REQUEST, plates: [plate] });
  const ours = capture();
  const contents = withMatch(ours, list, 'licenseRevoked');
  const box = new TabletBox(server, tablet);
  await box.send(...contents);
  expect(await found(), 'the control: as it was read it is nobody’s').toBe(1);
  await box.send(typed(ours, plate, server.now()));
  expect((await box.receipt()).quarantined).toEqual([]);
  expect(await found()).toBe(0);
  expect((await sergeant.get('/api/hits')).body).toEqual([]);
  const again = new TabletBox(server, tablet);
  await again.send(...contents, typed(ours, 'TST042', server.now()));
  expect((await again.receipt()).quarantined).toEqual([]);
  expect(await found()).toBe(0);
  expect((await sergeant.get('/api/quarantine')).body).toEqual([]);

  // The correction may be here before its read.
  const late = capture();
  const [period, read] = withMatch(late, list, null);
  if (period === undefined || read === undefined) throw new Error('a capture has both');
  const first = new TabletBox(server, tablet);
  await first.send(period, typed(late, plate, server.now()));
  await new TabletBox(server, tablet).send(period, read);
  await first.send(period);
  expect(await found()).toBe(0);
});

test('nobody lets go of a read of another period by saying that it is a participant’s', async () => {
  const { server, sergeant, tablet, list, capture, found } = await atHeadquarters();
  await sergeant.post('/api/confidential', { kind: 'add', ...REQUEST, plates: ['TST088'] });
  const [theirs, ours] = [capture(), capture()];
  await new TabletBox(server, tablet).send(...withMatch(theirs, list, null));
  const [period] = ours.contents;
  if (period === undefined) throw new Error('a capture has a period');
  const word = typed({ ...ours, read: { ...ours.read, _id: theirs.read._id } }, 'TST088', server.now());
  await new TabletBox(server, tablet).send(period, word);
  expect(await found()).toBe(1);
});

test('a corrected read that is active criminal investigative data stays, with its correction', async () => {
  const { server, sergeant, tablet, list, capture, found } = await atHeadquarters();
  await sergeant.post('/api/confidential', { kind: 'add', ...REQUEST, plates: ['TST088'] });
  const ours = capture();
  const box = new TabletBox(server, tablet);
  await box.send(...withMatch(ours, list, 'stolenVehicle'), typed(ours, 'TST088', server.now()));
  expect(await found()).toBe(1);
});

test('a hold on the plate that an officer types covers the read before the word about it is kept: it stays', async () => {
  const { server, sergeant, tablet, list, capture, found } = await atHeadquarters();
  const designee = await aMemberWith(server, sergeant, 'designee');
  await sergeant.post('/api/confidential', { kind: 'add', ...REQUEST, plates: ['TST088'] });
  const scope = { kind: 'plate', plate: 'TST088', from: '2026-11-01', to: '2026-12-01' };
  const hold = (await sergeant.post('/api/holds', { ground: INVESTIGATION, scope })).body as { readonly _id: string };
  expect((await designee.post(`/api/holds/${hold._id}/approval`)).status).toBe(200);
  const ours = capture();
  await new TabletBox(server, tablet).send(...withMatch(ours, list, null), typed(ours, 'TST088', server.now()));
  expect(await found()).toBe(1);
});

test('what was here already of a participant is found by what officers typed, too', async () => {
  const { server, tablet, list, capture, enter, found } = await atHeadquarters();
  const ours = capture();
  const other: Capture = { ...ours, read: { ...ours.read, plate: 'TST091' } };
  const contents = withMatch(ours, list, null).map((content) =>
    content.kind === 'read' ? { ...content, read: other.read } : content
  );
  await new TabletBox(server, tablet).send(...contents, typed(other, PLATE, server.now()));
  expect(await found(), 'found by the plate that was typed').toBe(1);
  expect(await enter()).toEqual({ destroyed: 1, spared: 0 });
  expect(await found()).toBe(0);
});

test('what matches in a criminal category is active investigative data and is kept', async () => {
  const { server, tablet, list, capture, enter, found } = await atHeadquarters();
  await enter();
  await new TabletBox(server, tablet).send(...withMatch(capture(), list, 'stolenVehicle'));
  expect(await found()).toBe(1);
  // A list that was never here makes nothing criminal.
  const stranger = { ...list, _id: '00000000-0000-4000-8000-0000000000ff' };
  await new TabletBox(server, tablet).send(...withMatch(capture(), stranger, 'stolenVehicle'));
  expect(await found()).toBe(1);
});

test('a request destroys what is here already, by look-alikes too, and spares what is criminal or on hold', async () => {
  const { server, tablet, list, capture, enter, found } = await atHeadquarters();
  const ordinary = capture();
  const misread = capture();
  const other = capture();
  const plated = (one: Capture, plate: string): Capture => ({
    ...one,
    contents: one.contents.map((content) =>
      content.kind === 'read' ? { ...content, read: { ...content.read, plate } } : content
    )
  });
  await new TabletBox(server, tablet).send(...withMatch(ordinary, list, null));
  await new TabletBox(server, tablet).send(...withMatch(plated(misread, 'T5TQ42'), list, null));
  await new TabletBox(server, tablet).send(...withMatch(plated(other, 'TST043'), list, null));
  await new TabletBox(server, tablet).send(...withMatch(capture(), list, 'warrant'));
  expect(await enter()).toEqual({ destroyed: 2, spared: 1 });
  expect(await found()).toBe(1);
  const reads = await server.store.view(`reads-${ordinary.period.localDate}`, 'retention', 'reads_by_plate', {});
  expect(reads).toHaveLength(2);
});

test('nobody but the custodian learns that anybody asked: not by role, trail, public page, store or what tablets get', async () => {
  const { server, sergeant, tablet } = await atHeadquarters();
  const hello = async (): Promise<DeviceHello> => (await tablet.get('/api/device/hello')).body as DeviceHello;
  const before = await hello();
  const entries = async (): Promise<number> =>
    ((await sergeant.get('/api/audit')).body as { entries: { action: string }[] }).entries.filter(
      ({ action }) => action === 'keepConfidential'
    ).length;
  await sergeant.post('/api/confidential', { kind: 'look' });
  const looked = await entries();
  const plate = 'TSW941';
  await sergeant.post('/api/confidential', { kind: 'add', ...REQUEST, plates: [plate] });
  expect(await entries()).toBe(looked + 1);
  const { entries: all } = (await sergeant.get('/api/audit')).body as {
    entries: { action: string; _id: string; at: string; seq: number; previous: string }[];
  };
  const told = all
    .filter(({ action }) => action === 'keepConfidential')
    .map(({ _id, at, seq, previous, ...rest }) =>
      JSON.stringify([rest, typeof _id + typeof at + typeof seq + typeof previous])
    );
  expect(new Set(told).size, 'a look and a change leave the same entry').toBe(1);

  const kept = JSON.stringify(await Promise.all((await server.store.list('')).map((name) => server.store.all(name))));
  const everything = `${kept} ${server.logged.join(' ')}`;
  for (const secret of [plate, 'SAH 20417', skeletonOf(plate)]) expect(everything.includes(secret)).toBe(false);
  const asked = server.logged.filter((line) => line.includes('/api/confidential'));
  expect(new Set(asked.map((line) => line.replace(/"(time|ms|id)":[^,}]+/g, ''))).size).toBe(1);
  for (const role of ['auditor', 'chief', 'designee', 'records', 'supervisor', 'investigator', 'operator'] as const) {
    const other = await aMemberWith(server, sergeant, role);
    expect((await other.post('/api/confidential', { kind: 'look' })).status, role).toBe(403);
  }
  expect(await hello(), 'until the next publication').toMatchObject({ confidential: before.confidential });
  server.pass(7 * DAY_MS);
  await server.house.confidential.run();
  const { key, tags } = (await hello()).confidential;
  expect(tags).toHaveLength(PUBLISHED_TAGS);
  expect(tags).toContain(tagIn(createHmac('sha256', Buffer.from(key, 'base64')).update(skeletonOf(plate)).digest()));
  expect(tags.filter((tag) => !before.confidential.tags.includes(tag))).toHaveLength(2);
});

test('a participation that has ended protects no longer, and a restart forgets nothing', async () => {
  const { server, enter } = await atHeadquarters();
  await enter();
  const again = await server.again();
  expect(again.house.confidential.isProtected(PLATE)).toBe(true);
  const [request] = again.house.confidential.requests;
  expect(request).toMatchObject(REQUEST);
  await again.house.confidential.end(request?.id ?? '');
  expect(again.house.confidential.isProtected(PLATE)).toBe(false);
});
