/** A fresh server, set up by hand through its own screens: from the printed link to the first enrollment code. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { codeOf } from './support/agency.ts';
import { signIn } from './support/officer.ts';
import { startServer, type RunningServer } from './support/server.ts';

const PASSWORD = 'a long invented pass phrase';
const SERGEANT = { signInName: 'sgt.example', password: PASSWORD };

let data: string;
let server: RunningServer;
let recoveryCode = '';
test.beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'platekeeper-setup-'));
  server = await startServer({ data });
});
test.afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

const setupLink = (code = server.setupCode): string => `${server.url}/setup?code=${code}`;

/** Fills the setup form as the Administration Sergeant has it on paper. */
async function fillSetup(page: Page): Promise<void> {
  await page.getByLabel('Name of the agency').fill('Example City Police Department');
  await page.getByLabel('Time zone').fill('America/Chicago');
  await page.getByLabel('Name', { exact: true }).fill('Sgt. S. Example');
  await page.getByLabel('Sign-in name').fill(SERGEANT.signInName);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Password again').fill(PASSWORD);
  await page.getByLabel('Title').fill('Policy 426, Automated License Plate Readers');
  await page.getByLabel('Version').fill('2026-01');
  await page.getByLabel('Adopted on').fill('2026-01-05');
  await page.getByLabel('Adopted by').fill('Chief C. Example');
  await page.getByLabel('Course').fill('ALPR operator');
  await page.getByLabel('Completed on').fill('2026-01-10');
  await page.getByLabel('Signed by').fill('Chief C. Example');
}

/** What the page says about a field, and that the keyboard stands in it. */
async function expectWrong(page: Page, label: string, sentence: string | RegExp): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  await expect(field).toHaveAccessibleDescription(sentence);
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toBeFocused();
}

/** Nothing is open before a second factor is there; recovery codes are shown once. */
async function addAuthenticator(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Add a second factor' })).toBeVisible();
  await page.getByRole('button', { name: /^Use an authenticator app/ }).click();
  await expect(page.getByRole('img', { name: /authenticator app/ })).toBeVisible();
  const secret = (await page.locator('.key').textContent()) ?? '';
  await page.getByLabel('Code from the app').fill('000000');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expectWrong(page, 'Code from the app', /was not accepted/);
  await page.getByLabel('Code from the app').fill(codeOf(secret));
  await page.getByRole('button', { name: 'Confirm' }).click();
  const codes = page.getByRole('region', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  recoveryCode = (await codes.first().textContent()) ?? '';
  await page.getByRole('button', { name: 'I have kept them' }).click();
}

const submit = (page: Page): Promise<void> => page.getByRole('button', { name: 'Set up' }).click();

test.describe.configure({ mode: 'serial' });

test('before the setup the entrance says how, and each mistake in the form is said beside its field', async ({
  page
}) => {
  await page.goto(server.url);
  await expect(page.getByRole('heading', { name: 'This server is not set up yet' })).toBeVisible();

  await page.goto(setupLink('ABCD-EFGH-JKLM'));
  await fillSetup(page);
  await page.getByLabel('Name of the agency').fill('');
  await submit(page);
  await expectWrong(page, 'Name of the agency', 'Name of the agency is too short.');
  await page.getByLabel('Name of the agency').fill('Example City Police Department');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await submit(page);
  await expectWrong(page, 'Password again', 'The two passwords differ.');
  await page.getByLabel('Password again').fill('short');
  await submit(page);
  await expectWrong(page, 'Password', /^Password is too short\./);
  await fillSetup(page);
  await page.getByLabel('Time zone').fill('America/Nowhere');
  await page.getByLabel('Adopted on').fill('2999-01-05');
  await submit(page);
  await expectWrong(page, 'Adopted on', 'This date lies in the future.');
  await page.getByLabel('Adopted on').fill('2026-01-05');
  await submit(page);
  await expectWrong(page, 'Setup code', 'This code is unknown, used or too old. Ask for a new one.');
  await page.getByLabel('Setup code').fill(server.setupCode ?? '');
  await submit(page);
  await expectWrong(page, 'Time zone', 'The time zone is unknown. Write it like America/Chicago.');
});

test('the printed link makes the first account, once; who signs in then is at headquarters', async ({ page }) => {
  const link = setupLink();
  await page.goto(link);
  await fillSetup(page);
  await submit(page);
  await expect(page.getByRole('heading', { name: 'Platekeeper is set up.' })).toBeVisible();
  // Neither a bookmark nor the history should lead a second person to a link that is used up.
  await expect(page).toHaveURL(`${server.url}/setup`);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'I understand' }).click();
  await page.getByLabel('Sign-in name').fill(SERGEANT.signInName);
  await page.getByLabel('Password').fill('not the pass phrase');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('The name or the password is wrong.');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await addAuthenticator(page);
  await expect(page.getByText('Sgt. S. Example · look-ups are logged')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'People' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Sgt\. S\. Example/ })).toContainText('may capture');

  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'This server is set up already' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Set up' })).toBeHidden();
  const again = await page.request.post(`${server.url}/api/setup`, {
    headers: { origin: server.url },
    data: {
      code: new URL(link).searchParams.get('code'),
      agencyName: 'Another City Police Department',
      timeZone: 'America/Chicago',
      name: 'Somebody Else',
      signInName: 'somebody',
      password: PASSWORD,
      policy: { title: 'Policy 426', version: '1', adoptedOn: '2026-01-05', adoptedBy: 'Somebody Else' },
      trainingCourse: 'ALPR operator',
      trainingCompletedOn: '2026-01-10',
      grantSignedBy: 'Somebody Else'
    }
  });
  expect(again.status()).toBe(409);
});

test('a member is added with training and authorization, and a tablet is enrolled, all by the screens', async ({
  page,
  browser
}) => {
  await page.goto(`${server.url}/sign-in`);
  await page.getByRole('button', { name: 'I understand' }).click();
  await page.getByLabel('Sign-in name').fill(SERGEANT.signInName);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('Code').fill(recoveryCode);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).not.toHaveURL(/sign-in/);
  // Each member would add a factor of their own at the first sign-in; here the agency does without.
  await page.goto(`${server.url}/hq/policy`);
  await page.getByLabel(/second factor is required/).uncheck();
  // Nobody is entitled to the restricted files until somebody says so, and that is kept.
  const entitled = page.getByLabel(/entitled in writing to the restricted NCIC files/);
  await expect(entitled).not.toBeChecked();
  await entitled.check();
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.reload();
  await expect(entitled).toBeChecked();
  await page.getByRole('link', { name: 'People' }).click();
  const adding = page.locator('form').filter({ has: page.getByRole('heading', { name: 'Add a member' }) });
  await adding.getByLabel('Name', { exact: true }).fill('Ofc. A. Example');
  await adding.getByLabel('Sign-in name').fill(SERGEANT.signInName);
  await adding.getByLabel('First password').fill(PASSWORD);
  await adding.getByRole('button', { name: 'Create account' }).click();
  await expectWrong(page, 'Sign-in name', /^This sign-in name is taken\. Choose another one\./);
  await adding.getByLabel('Sign-in name').fill('a.example');
  await adding.getByRole('button', { name: 'Create account' }).click();

  // The new member is opened, and what is missing is asked for, one after the other.
  const member = page.getByRole('region', { name: 'Ofc. A. Example' });
  await expect(member).toContainText('No completed training is on file.');
  await member.getByLabel('Course').fill('ALPR operator');
  await member.getByLabel('Trainer').fill('Sgt. T. Example');
  await member.getByLabel('Completed on').fill('2026-01-10');
  await member.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(member).not.toContainText('No completed training is on file.');
  await expect(member).toContainText('No written authorization by the chief is in force');
  await member.getByLabel('Purpose it names').fill('Duties of the position');
  await member.getByLabel('Signed by').fill('Chief C. Example');
  await member.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(member).toContainText('✓ may capture');
  await expect(page.getByRole('row', { name: /Ofc\. A\. Example/ })).toContainText('may capture');

  await page.getByRole('link', { name: 'Devices' }).click();
  await page.getByRole('button', { name: 'Make an enrollment code' }).click();
  const card = page.getByRole('region', { name: 'Make an enrollment code' });
  await expect(card).toContainText(/Runs out in \d+:\d\d/);
  const code = (await card.locator('.code').textContent())?.trim() ?? '';

  const tablet = await browser.newPage();
  await tablet.goto(`${server.url}/enroll`);
  await tablet.getByLabel('One-time code').fill(code);
  await tablet.getByLabel('Name of this tablet').fill('Tablet 1');
  await tablet.getByRole('button', { name: 'Enroll' }).click();
  await expect(tablet.getByText('This is Tablet 1 now.')).toBeVisible();
  await signIn(tablet, server.url, { signInName: 'a.example', password: PASSWORD });
  await expect(tablet.getByRole('heading', { name: 'What is this use for?' })).toBeVisible();
  await tablet.close();
});
