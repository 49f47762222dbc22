/** A passkey through the whole day: made at headquarters, signing in there and on the tablet, unlocking without a link, proving it anew. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { setUpAgency, type Agency } from './support/agency.ts';
import { VirtualAuthenticator } from './support/authenticator.ts';
import { enroll, signIn } from './support/officer.ts';
import { startServer, type RunningServer } from './support/server.ts';

let data: string;
let server: RunningServer;
let agency: Agency;
let tablet: BrowserContext;
let page: Page;
let key: VirtualAuthenticator;

test.describe.configure({ mode: 'serial', timeout: 120_000 });

test.beforeAll(async ({ browser }) => {
  data = mkdtempSync(join(tmpdir(), 'platekeeper-passkeys-'));
  server = await startServer({ data });
  agency = await setUpAgency(server.url, server.setupCode ?? '');
  tablet = await browser.newContext();
  page = await tablet.newPage();
  key = await VirtualAuthenticator.at(page);
});
test.afterAll(async () => {
  await tablet.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

const locked = (): ReturnType<Page['getByRole']> => page.getByRole('region', { name: 'Locked' });
const withPasskey = (): Promise<void> => page.getByRole('button', { name: /^Unlock with a passkey/ }).click();
async function lock(): Promise<void> {
  await page.getByRole('button', { name: 'Lock now' }).click();
  await expect(locked()).toBeVisible();
}

test('an officer adds a passkey, and signs in with it from then on without typing anything', async () => {
  await signIn(page, agency.url, agency.operator);
  await page.goto(`${agency.url}/hq/account`);
  await page.getByRole('button', { name: /^Make a passkey/ }).click();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Passkey' })).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'I understand' }).click();
  await page.getByLabel('Sign-in name').fill(agency.operator.signInName);
  await page.getByLabel('Password').fill(agency.operator.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('signs in with a passkey');
  await page.getByRole('button', { name: /^Sign in with a passkey/ }).click();
  await expect(page.getByText('Ofc. A. Example')).toBeVisible();
});

test('on a new tablet the passkey signs in and makes the own key: it unlocks with a link and without one', async () => {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await enroll(page, agency);
  await page.goto(`${agency.url}/sign-in`);
  await page.getByRole('button', { name: 'I understand' }).click();
  await page.getByRole('button', { name: /^Sign in with a passkey/ }).click();
  await expect(page.getByRole('heading', { name: 'What is this use for?' })).toBeVisible();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
  await lock();
  await withPasskey();
  await expect(locked()).toBeHidden();
  await tablet.setOffline(true);
  await lock();
  await withPasskey();
  await expect(locked()).toBeHidden();
  await page.reload();
  await page.getByRole('button', { name: 'I understand' }).click();
  await withPasskey();
  await expect(locked()).toBeHidden();
  // A password opens nothing where the officer never signed in with one, and is no wrong try either.
  await lock();
  await page.getByLabel('Password').fill('not the pass phrase');
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Sign in where there is a link');
});

test('a key that was wiped, and another one, unlock nothing', async () => {
  await key.wipe();
  await withPasskey();
  await expect(page.getByRole('alert').filter({ hasText: 'The passkey did not answer' })).toBeVisible();
  await expect(locked()).toBeVisible();
  await tablet.setOffline(false);
});

test('a privileged act asks anew who is there, and then is done by itself', async ({ browser }) => {
  const desk = await browser.newPage();
  await signIn(desk, agency.url, agency.administrator);
  await desk.goto(`${agency.url}/hq/devices`);
  // The server says that the last proof is too old, as it does after five minutes.
  await desk.route('**/api/devices/codes', (route) =>
    route.fulfill({ status: 403, json: { code: 'proveAgain', sentence: 'This needs a fresh proof.' } })
  );
  await desk.getByRole('button', { name: 'Make an enrollment code' }).click();
  const asked = desk.getByRole('dialog', { name: 'Is it still you?' });
  await expect(asked).toBeVisible();
  await asked.getByLabel('Password').fill('not the pass phrase');
  await asked.getByRole('button', { name: 'Continue' }).click();
  await expect(asked.getByLabel('Password')).toHaveAccessibleDescription(/was not accepted/);
  await desk.unroute('**/api/devices/codes');
  await asked.getByLabel('Password').fill(agency.administrator.password);
  await asked.getByRole('button', { name: 'Continue' }).click();
  await expect(asked).toBeHidden();
  await expect(desk.getByText(/Runs out in/)).toBeVisible();
  await desk.close();
});
