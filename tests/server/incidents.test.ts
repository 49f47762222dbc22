import { expect, test } from 'vitest';
import type { Incident } from '#domain/records/incident.ts';
import { instantOf, msOf } from '#domain/time/instant.ts';
import type { DueAnswer, IncidentsAnswer } from '#domain/wire/answers.ts';
import { aMemberWith, anAgencyOn, aTablet } from './support/agency.ts';
import { REASON } from './support/capture.ts';
import { startServer } from './support/server.ts';

const FACTS = 'The tablet was left at a scene and was not there an hour later.';

test('a lost tablet: what is known of it, told within the hour, judged, and closed step by step, each step once', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const auditor = await aMemberWith(server, sergeant, 'auditor');
  const { enrollment } = await aTablet(server, sergeant);
  const lost = {
    what: 'lostTablet',
    deviceId: enrollment.deviceId,
    memberId: null,
    discoveredAt: server.now(),
    facts: FACTS
  };
  expect((await sergeant.post('/api/incidents', { ...lost, deviceId: null })).body).toMatchObject({
    code: 'incidentOfNobody'
  });
  const tomorrow = instantOf(msOf(server.now()) + 86_400_000);
  expect((await sergeant.post('/api/incidents', { ...lost, discoveredAt: tomorrow })).status).toBe(400);
  expect((await auditor.post('/api/incidents', lost)).status).toBe(403);
  const { _id: id } = (await sergeant.post('/api/incidents', lost)).body as Incident;
  const rows = async (): Promise<IncidentsAnswer['incidents']> =>
    ((await auditor.get('/api/incidents')).body as IncidentsAnswer).incidents;
  expect(await rows()).toMatchObject([
    {
      enteredBy: 'Sgt. A. Example',
      duties: [{ what: 'tellSecurity' }, { what: 'assess' }],
      device: { label: 'Tablet 1', revokedAt: null, waiting: 0 }
    }
  ]);
  const due = (await sergeant.get('/api/due')).body as DueAnswer;
  expect(due.items.map(({ what }) => what)).toContain('tellSecurity');

  const step = async (given: object): Promise<unknown> => {
    const { status, body } = await sergeant.post(`/api/incidents/${id}/steps`, given);
    return status === 200 ? 'taken' : (body as { code: string }).code;
  };
  const notices = { step: 'notices', sentOn: '2026-11-22', persons: 3, how: 'By letter; copies on file' };
  expect(await step(notices)).toBe('notABreach');
  expect(await step({ step: 'told', toWhom: 'Chief C. Example' })).toBe('taken');
  expect(await step({ step: 'told', toWhom: 'Somebody else' })).toBe('incidentStands');
  await sergeant.delete(`/api/devices/${enrollment.deviceId}`);
  expect(await step({ step: 'assessment', isBreach: true, statement: 'It was unlocked when it was left.' })).toBe(
    'taken'
  );
  expect((await rows())[0]?.device?.revokedAt).not.toBeNull();
  expect(await step(notices)).toBe('taken');
  expect(
    await step({ step: 'report', dataType: 'Reads of a day', persons: 3, outcome: 'The tablet was not found again.' })
  ).toBe('taken');
  expect(await rows()).toMatchObject([{ duties: [], incident: { notices: { persons: 3 } } }]);
});

test('a look without right: the member’s looks of thirty days are there by their entries in the trail, and no plate', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const investigator = await aMemberWith(server, sergeant, 'investigator');
  await investigator.post('/api/reads/search', REASON);
  await investigator.post('/api/reads/search', {});
  const { _id: memberId } = investigator.member;
  const about = { what: 'unlawfulLook', deviceId: null, memberId, discoveredAt: server.now(), facts: FACTS };
  expect((await sergeant.post('/api/incidents', about)).status).toBe(201);
  const answer = await sergeant.get('/api/incidents');
  const [row] = (answer.body as IncidentsAnswer).incidents;
  expect(row?.member).toMatchObject({ name: 'Ofc. investigator' });
  expect(row?.member?.lookIds).toHaveLength(1);
  expect(answer.text).not.toContain(REASON.plate);
});
