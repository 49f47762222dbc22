import { expect, test } from 'vitest';
import { playDemo } from '#server/demo/play.ts';
import { DEMO_PEOPLE } from '#server/demo/people.ts';
import type { PublicLogAnswer, RegisterView } from '#domain/wire/answers.ts';
import { Browser } from './support/browser.ts';
import { TabletKey } from './support/tablet-key.ts';
import { startServer } from './support/server.ts';

test('the demo is an agency at work: accounts that sign in, a week of reads by the real way in, a public log, a tablet code', async () => {
  const server = await startServer({ demo: true });
  const told: string[] = [];
  const printed = await playDemo(server.house, (line) => told.push(line));
  expect(told.length).toBeGreaterThan(5);
  for (const { signInName, name } of DEMO_PEOPLE) {
    const password = new RegExp(`^  ${signInName} +(\\S+) `, 'm').exec(printed)?.[1];
    const browser = new Browser(server);
    const view = await browser.post('/api/session', { signInName, password });
    expect(view).toMatchObject({ status: 201, body: { member: { name } } });
    if (signInName !== 'sergeant') continue;
    const register = (await browser.get('/api/register')).body as RegisterView;
    expect(register.boxes.map(({ reads }) => reads)).toEqual([24, 24, 24, 24, 24, 24, 24]);
    expect((await browser.get('/api/quarantine')).body).toEqual([]);
    expect((await browser.get('/api/hits')).body).not.toEqual([]);
  }
  const log = (await new Browser(server).get('/api/public/log')).body as PublicLogAnswer;
  expect(log).toMatchObject({ demo: true });
  expect(log.rows).toHaveLength(14);
  expect(log.locations.length).toBeGreaterThan(0);

  const code = /^ {2}([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})$/m.exec(printed)?.[1];
  for (const label of ['Tablet A', 'Tablet B']) {
    const { publicHalf: deviceKey } = await TabletKey.make();
    expect((await new Browser(server).post('/api/enrollment', { code, label, deviceKey })).status).toBe(201);
  }
  expect(server.failures).toEqual([]);
});
