import { expect, test } from 'vitest';
import type { ReviewAnswer } from '#domain/wire/answers.ts';
import { DAY_MS } from '#domain/time/instant.ts';
import { aMemberWith, anAgencyOn, PASSWORD } from './support/agency.ts';
import { REASON } from './support/capture.ts';
import { startServer } from './support/server.ts';

const WARRANT = { kind: 'warrant', number: 'W 26-77', judge: 'J. Invented', until: '2027-01-31T00:00:00.000Z' };
const SIGNED = { week: '2026-11-23', statement: 'Talked to the investigator: a warrant, renewed twice.' };

test('who searches one plate on three days is shown to the reviewer, who is no user and signs the week off, once', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const investigator = await aMemberWith(server, sergeant, 'investigator');
  const auditor = await aMemberWith(server, sergeant, 'auditor');
  for (let day = 0; day < 3; day++) {
    if (day > 0) await investigator.post('/api/session', { signInName: 'somebody-investigator', password: PASSWORD });
    await investigator.post('/api/reads/search', { ...REASON, authority: WARRANT });
    server.pass(DAY_MS);
  }
  for (const [who, signInName] of [
    [auditor, 'somebody-auditor'],
    [sergeant, 'sergeant']
  ] as const)
    await who.post('/api/session', { signInName, password: PASSWORD });
  await sergeant.post('/api/reads/search', REASON);

  const review = (await auditor.get('/api/review')).body as ReviewAnswer;
  expect(review).toMatchObject({
    week: SIGNED.week,
    leads: [{ suspicion: 'samePlateOnSeveralDays', subjectName: 'Ofc. investigator' }],
    signedOff: null,
    signOff: { kind: 'allowed' }
  });
  expect(JSON.stringify(review)).not.toContain('TST042');

  expect(await sergeant.post('/api/review', SIGNED)).toMatchObject({ status: 403, body: { code: 'reviewerIsUser' } });
  expect((await auditor.post('/api/review', { ...SIGNED, week: '2026-11-16' })).status).toBe(409);
  expect((await auditor.post('/api/review', { ...SIGNED, statement: 'ok' })).status).toBe(400);
  expect((await auditor.post('/api/review', SIGNED)).status).toBe(201);
  expect((await auditor.post('/api/review', SIGNED)).status).toBe(409);
  expect(((await sergeant.get('/api/review')).body as ReviewAnswer).signedOff).toMatchObject({
    name: 'Ofc. auditor',
    statement: SIGNED.statement
  });
}, 120_000);
