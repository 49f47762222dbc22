import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { correctionOf } from '#domain/records/correction.ts';
import type { DataRelease } from '#domain/records/data-release.ts';
import type { Hold } from '#domain/records/hold.ts';
import type { DataReleasesAnswer, ReleasePackageAnswer } from '#domain/wire/answers.ts';
import { SUSPICION, WRITTEN_REQUEST } from '#tests/builders/data-releases.ts';
import { INVESTIGATION } from '#tests/builders/holds.ts';
import { inWords, openRelease } from '../../scripts/verify-release.ts';
import { aLoadedHotlist, aMemberWith, anAgencyOn, aTablet } from './support/agency.ts';
import type { Browser } from './support/browser.ts';
import { aCapture } from './support/capture.ts';
import { startServer } from './support/server.ts';
import { TabletBox } from './support/tablet.ts';

/** A read at headquarters, a hold over it that waits for approval, and a request of another agency on file. */
async function anEnteredRequest() {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const designee = await aMemberWith(server, sergeant, 'designee');
  const records = await aMemberWith(server, sergeant, 'records');
  const operator = await aMemberWith(server, sergeant, 'operator');
  const tablet = await aTablet(server, sergeant);
  const list = await aLoadedHotlist(server, sergeant);
  const capture = aCapture(tablet.enrollment, operator.member, list, server.now());
  const given = { id: randomUUID(), now: server.now() };
  const correction = correctionOf(capture.read, { finding: 'misread', plate: 'TST778' }, given);
  await new TabletBox(server, tablet).send(...capture.contents, { kind: 'correction', correction });
  const placed = await sergeant.post('/api/holds', {
    ground: INVESTIGATION,
    scope: { kind: 'reads', readIds: [capture.read._id] }
  });
  const hold = placed.body as Hold;
  const entered = await records.post('/api/data-releases', { request: WRITTEN_REQUEST });
  const release = `/api/data-releases/${(entered.body as DataRelease)._id}`;
  return { server, sergeant, designee, records, operator, capture, hold, release, entered };
}

const code = async (asked: ReturnType<Browser['post']>): Promise<unknown> =>
  ((await asked).body as { readonly code?: string }).code;

test('reads go to another agency on its written request, approved by a second person, as a signed package that says what binds it', async () => {
  const { server, sergeant, designee, records, capture, hold, release, entered } = await anEnteredRequest();
  expect(entered.status).toBe(201);
  const approval = { reasonableSuspicion: SUSPICION, holdId: hold._id };
  expect(await code(records.post(`${release}/package`))).toBe('releaseNotApproved');
  expect(await code(sergeant.post(`${release}/approval`, approval))).toBe('holdNotInForce');
  await designee.post(`/api/holds/${hold._id}/approval`);
  expect((await sergeant.post(`${release}/approval`, approval)).status).toBe(200);

  const made = await records.post(`${release}/package`);
  expect(made.status).toBe(200);
  const opened = openRelease(made.body);
  expect(opened.faults).toEqual([]);
  expect(opened.content.reads.map(({ read }) => read._id)).toEqual([capture.read._id]);
  expect(inWords(opened), 'whoever acts on it must know').toContain('MISREAD: it is TST778, says the officer');
  expect(Object.keys(opened.content.reads[0]?.pictures ?? {}).sort()).toEqual(['contextImage', 'plateImage']);
  expect(inWords(opened)).toContain('Destroy each read by its date');
  expect(inWords(opened)).toContain(`destroy by ${capture.read.destroyBy}`);

  const [entry] = await server.house.trail.latest(1);
  expect(entry).toMatchObject({ action: 'makeReleasePackage', caseNumber: 'SC 26-2002', response: { count: 1 } });
  const { releases } = (await sergeant.get('/api/data-releases')).body as DataReleasesAnswer;
  expect(releases[0]?.release.packages).toMatchObject([{ by: records.member._id, reads: 1 }]);
  expect(JSON.stringify(releases)).not.toContain(capture.read.plate);
});

test('a package that was changed on its way, or signed with another key, is found out', async () => {
  const { sergeant, designee, records, hold, release } = await anEnteredRequest();
  await designee.post(`/api/holds/${hold._id}/approval`);
  await sergeant.post(`${release}/approval`, { reasonableSuspicion: SUSPICION, holdId: hold._id });
  const { jws, key } = (await records.post(`${release}/package`)).body as ReleasePackageAnswer;
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const text = Buffer.from(payload, 'base64url').toString().replace('TST', 'FAK');
  const changed = [header, Buffer.from(text).toString('base64url'), signature].join('.');
  expect(openRelease({ jws: changed, key }).faults).toEqual(['It was changed after it was signed.']);
  expect(openRelease({ jws, key }, { key: 'another' }).faults).toHaveLength(1);
  expect(openRelease({ jws, key }, { key: key['kid'] ?? '' }).faults).toEqual([]);
});

test('who entered a request does not approve it; who may not release is refused; what is not police goes to Records', async () => {
  const { sergeant, designee, operator, hold } = await anEnteredRequest();
  await designee.post(`/api/holds/${hold._id}/approval`);
  const own = (await sergeant.post('/api/data-releases', { request: WRITTEN_REQUEST })).body as DataRelease;
  const approval = { reasonableSuspicion: SUSPICION, holdId: hold._id };
  expect(await code(sergeant.post(`/api/data-releases/${own._id}/approval`, approval))).toBe('selfApproval');
  expect(await code(operator.post('/api/data-releases', { request: WRITTEN_REQUEST }))).toBe('notAllowed');
  const insurer = { ...WRITTEN_REQUEST, recipient: 'insurer' };
  expect((await sergeant.post('/api/data-releases', { request: insurer })).status).toBe(400);
  expect((await designee.post(`/api/data-releases/${own._id}/decline`, { reason: 'No open case' })).status).toBe(200);
  expect(await code(designee.post(`/api/data-releases/${own._id}/package`))).toBe('releaseNotApproved');
});

test('when the hold has ended nothing is released any more', async () => {
  const { sergeant, designee, records, hold, release } = await anEnteredRequest();
  await designee.post(`/api/holds/${hold._id}/approval`);
  await sergeant.post(`${release}/approval`, { reasonableSuspicion: SUSPICION, holdId: hold._id });
  await designee.post(`/api/holds/${hold._id}/end`, { reason: 'dismissed', afterwards: { kind: 'destroy' } });
  expect(await code(records.post(`${release}/package`))).toBe('nothingToRelease');
});
