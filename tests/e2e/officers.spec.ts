/** Keys and people on one tablet: the lock, sign-in without a link, wrong tries and their release, two officers, revocation. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import type { MemberRow, RegisterView } from '#domain/wire/answers.ts';
import { Person, setUpAgency, type Agency } from './support/agency.ts';
import { enroll, signIn, startPatrol, unlock } from './support/officer.ts';
import { startServer, type RunningServer } from './support/server.ts';

let data: string;
let server: RunningServer;
let agency: Agency;
let tablet: BrowserContext;
let page: Page;

test.describe.configure({ mode: 'serial', timeout: 240_000 });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  data = mkdtempSync(join(tmpdir(), 'platekeeper-officers-'));
  server = await startServer({ data });
  agency = await setUpAgency(server.url, server.setupCode ?? '');
  tablet = await browser.newContext({ permissions: ['camera', 'geolocation'] });
  page = await tablet.newPage();
  await enroll(page, agency);
  await signIn(page, server.url, agency.operator);
  await expect(page).toHaveURL(/\/start/);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
});
test.afterAll(async () => {
  await tablet.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

const capturing = (): Promise<void> =>
  expect(page.getByText('Capture goes on behind the lock.')).toBeVisible({ timeout: 60_000 });

test('nobody touches the tablet: it locks, shows nothing that was captured, and capture goes on', async () => {
  await page.getByRole('link', { name: 'Tablet 1' }).click();
  await page.getByRole('radio', { name: '1 minute', exact: true }).click();
  await page.getByRole('link', { name: 'Platekeeper' }).click();
  // Arrived before anything else is opened: a page that is loaded anew is locked.
  await expect(page).toHaveURL(/\/start/);
  await startPatrol(page, server.url);
  await expect(page.getByRole('listitem').filter({ hasText: /Camera (slow|\d+ fps)/ })).toBeVisible({
    timeout: 60_000
  });
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible({ timeout: 90_000 });
  await capturing();
  expect(await page.locator('video, img, canvas, .plate').count()).toBe(0);
  await expect(page.getByText('It locked because nobody touched it.')).toBeVisible();
  await unlock(page, agency.operator);
  await expect(page.getByRole('listitem').filter({ hasText: /Camera (slow|\d+ fps)/ })).toBeVisible({
    timeout: 60_000
  });
});

test('five wrong passwords without a link lock the officer out, a reload forgives none, and headquarters releases by a code', async () => {
  await tablet.setOffline(true);
  await page.reload();
  await page.getByRole('button', { name: 'I understand' }).click();
  // The period lies sealed for its officer: after a restart it waits for them.
  await expect(page.getByText('Nothing is being captured.')).toBeVisible({ timeout: 60_000 });
  for (let left = 4; left >= 1; left--) {
    await page.getByLabel('Password').fill('not the pass phrase');
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expect(page.getByRole('alert')).toContainText(
      left === 1 ? 'One more wrong try' : `${left} more wrong tries`,
      {
        timeout: 30_000
      }
    );
  }
  await page.reload();
  await page.getByRole('button', { name: 'I understand' }).click();
  await page.getByLabel('Password').fill('not the pass phrase');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('heading', { name: 'Locked out' })).toBeVisible({ timeout: 30_000 });

  const sergeant = await new Person(server.url).signIn(agency.administrator);
  const { devices } = await sergeant.ask<RegisterView>('GET', '/api/register');
  const { code } = await sergeant.ask<{ code: string }>('POST', `/api/devices/${devices[0]?._id ?? ''}/releases`, {
    signInName: agency.operator.signInName
  });
  await page.getByLabel('One-time code').fill(code);
  await page.getByRole('button', { name: 'Release', exact: true }).click();
  await unlock(page, agency.operator);
  await tablet.setOffline(false);
  await expect(page.getByRole('button', { name: /^Stop/ })).toBeEnabled({ timeout: 60_000 });
});

test('officer B sees nothing of officer A’s period on the same tablet', async () => {
  await page.getByRole('link', { name: /Ofc\. A\. Example/ }).click();
  await page.getByRole('button', { name: 'Lock now' }).click();
  await page.getByRole('button', { name: /^Another officer/ }).click();
  await page.getByRole('button', { name: 'I understand' }).click();
  await page.getByLabel('Sign-in name').fill(agency.investigator.signInName);
  await page.getByLabel('Password').fill(agency.investigator.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('definition').filter({ hasText: 'Inv. B. Example' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Ofc. A. Example')).toHaveCount(0);
  await page.getByRole('link', { name: 'Platekeeper' }).click();
  // No period of A to go on with, no read, no lead, no summary.
  await expect(page.getByRole('heading', { name: 'What is this use for?' })).toBeVisible();
  for (const [path, words] of [
    ['/tray', 'No leads in this period.'],
    ['/period', 'No period has been closed since the app started.'],
    ['/scan', 'Nothing is being captured']
  ] as const) {
    await page.goto(server.url + path);
    await unlock(page, agency.investigator);
    await expect(page.getByText(words)).toBeVisible();
    await expect(page.locator('.plate')).toHaveCount(0);
  }
});

/** A page that is loaded anew before a stopped period is closed for good offers that period again. */
async function stopWhatWasUnderWay(): Promise<void> {
  const stop = page.getByRole('button', { name: 'Stop it' });
  await expect(stop.or(page.getByRole('radio', { name: /Routine patrol/ }))).toBeVisible();
  if (!(await stop.isVisible())) return;
  await stop.click();
  await expect(page).toHaveURL(/\/period/);
}

const WITHDRAWN = 'This tablet may not capture now';

/**
 * Captures as the operator, changes something at headquarters, and sees capture stop with the sentence: at the next contact, which is
 * within a minute, or when a lost link is back.
 */
async function stopsWith(
  change: (sergeant: Person) => Promise<unknown>,
  sentence: RegExp,
  contact: 'next' | 'linkIsBack' = 'linkIsBack'
): Promise<void> {
  const sergeant = await new Person(server.url).signIn(agency.administrator);
  await signIn(page, server.url, agency.operator);
  await stopWhatWasUnderWay();
  await startPatrol(page, server.url);
  await expect(page.getByRole('listitem').filter({ hasText: /Camera (slow|\d+ fps)/ })).toBeVisible({
    timeout: 60_000
  });
  if (contact === 'linkIsBack') await tablet.setOffline(true);
  await change(sergeant);
  if (contact === 'linkIsBack') await tablet.setOffline(false);
  await expect(page.getByText(WITHDRAWN)).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('alert')).toContainText(sentence);
  await expect(page.locator('video, .plate')).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('alert')).toContainText(sentence);
}

test('a suspension reaches a tablet that captures at its next contact, with what to do', async () => {
  test.setTimeout(240_000);
  const settings = { retentionDays: 30, backupDays: 0 };
  await stopsWith(
    (sergeant) => sergeant.ask('PUT', '/api/agency', { ...settings, suspended: true }),
    /All use is suspended/,
    'next'
  );
  const sergeant = await new Person(server.url).signIn(agency.administrator);
  await sergeant.ask('PUT', '/api/agency', { ...settings, suspended: false });
});

test('a member without training and authorization captures nothing, and is told what comes first', async () => {
  const sergeant = await new Person(server.url).signIn(agency.administrator);
  const account = { signInName: 'n.example', password: agency.operator.password };
  await sergeant.ask('POST', '/api/members', { name: 'Ofc. N. Example', ...account, roles: ['operator'] });
  await signIn(page, server.url, account);
  await expect(page.getByText('Training comes before the first use (policy 426.3(d)).')).toBeVisible();
  await expect(page.getByText(/No written authorization by the chief is in force/)).toBeVisible();
  await expect(page.getByRole('button', { name: /Attest and start/ })).toHaveCount(0);
});

test('a member who is disabled stops capturing when the link is back', async () => {
  test.setTimeout(240_000);
  await stopsWith(async (sergeant) => {
    const rows = await sergeant.ask<readonly MemberRow[]>('GET', '/api/members');
    const operator = rows.find(({ member }) => member.signInName === agency.operator.signInName)?.member;
    await sergeant.ask('PATCH', `/api/members/${operator?._id ?? ''}`, { disabled: true });
  }, /This account is disabled/);
});

test('a tablet that is revoked captures nothing more once its link is back', async () => {
  test.setTimeout(240_000);
  const sergeant = await new Person(server.url).signIn(agency.administrator);
  const rows = await sergeant.ask<readonly MemberRow[]>('GET', '/api/members');
  const operator = rows.find(({ member }) => member.signInName === agency.operator.signInName)?.member;
  await sergeant.ask('PATCH', `/api/members/${operator?._id ?? ''}`, { disabled: false });
  await stopsWith(async (person) => {
    const { devices } = await person.ask<RegisterView>('GET', '/api/register');
    await person.ask('DELETE', `/api/devices/${devices[0]?._id ?? ''}`);
  }, /Headquarters no longer accepts this tablet/);
});
