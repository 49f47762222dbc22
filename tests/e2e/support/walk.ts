/** The way through every screen, once; whoever walks it says what to do at each stop. */
import { expect, type Page } from '@playwright/test';
import { AUDIT } from '#lib/ui/words/headquarters.ts';
import { typePlate } from './officer.ts';
import { asTablet, atTheDesk, lookUp, startCanvass, type Demo } from './demo.ts';

/** Called at each screen when it shows what it is for. */
export type Visit = (screen: string) => Promise<void>;

/** Screens that need no account. */
export async function walkInPublic(page: Page, demo: Demo, visit: Visit): Promise<void> {
  await page.goto(`${demo.url}/sign-in`);
  await expect(page.getByRole('button', { name: 'I understand' })).toBeVisible();
  await visit('notice');
  await page.getByRole('button', { name: 'I understand' }).click();
  await visit('sign-in');
  await page.goto(`${demo.fresh.url}/setup?code=${demo.fresh.setupCode ?? ''}`);
  await expect(page.getByRole('heading', { name: 'The written policy' })).toBeVisible();
  await visit('setup');
  await page.goto(`${demo.url}/setup?code=ABCD-EFGH-JKLM`);
  await expect(page.getByText('This server is set up already')).toBeVisible();
  await visit('setup-again');
  await page.goto(`${demo.url}/public`);
  await expect(page.getByRole('heading', { name: 'Locations' })).toBeVisible();
  await visit('public');
}

/** The officer's screens, from enrollment to the summary, before the drawn street of the demonstration. */
export async function walkWithTablet(page: Page, demo: Demo, visit: Visit): Promise<void> {
  await page.goto(`${demo.url}/enroll`);
  await expect(page.getByLabel('One-time code')).toBeVisible();
  await visit('enroll');
  await asTablet(page, demo);
  await expect(page.getByRole('radio', { name: 'Canvass' })).toBeVisible();
  await visit('start');
  await startCanvass(page);
  const alert = page.getByRole('alertdialog');
  const unanswered = page.getByRole('link', { name: /unanswered/ });
  // A lead that sounds takes the screen by itself; one that does not waits in the tray.
  await expect(unanswered.or(alert).first()).toBeVisible({ timeout: 120_000 });
  const recorded = page.getByRole('status').filter({ hasText: 'Not now recorded' });
  // One lead may follow the other: the plain scan screen is seen once none is open and no answer can be taken back.
  await expect(async () => {
    if (await alert.isVisible()) {
      await page.getByRole('button', { name: /^Not now/ }).click();
      await expect(recorded).toBeVisible({ timeout: 1_000 });
    }
    await expect(alert).toBeHidden({ timeout: 100 });
    await expect(recorded).toBeHidden({ timeout: 100 });
  }).toPass({ timeout: 60_000 });
  await visit('scan');
  // A lead may take the screen at any moment; the correction that was begun is there again when it is answered.
  const correction = page.getByRole('heading', { name: 'Which plate is it?' });
  await expect(async () => {
    if (await alert.isVisible()) await page.getByRole('button', { name: /^Not now/ }).click();
    if (!(await correction.isVisible()))
      await page
        .getByRole('button', { name: /^Correct [A-Z0-9]{2,8}$/ })
        .first()
        .click({ timeout: 1_000 });
    await expect(correction).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await visit('correct');
  await typePlate(page, 'TST999');
  await expect(page.getByText('TST999').first()).toBeVisible();
  while (await alert.isVisible()) await page.getByRole('button', { name: /^Not now/ }).click();
  await unanswered.click();
  await visit('tray');
  await page
    .getByRole('button')
    .filter({ has: page.locator('.plate') })
    .first()
    .click();
  await visit('alert');
  await page.getByRole('button', { name: /^Correct read/ }).click();
  await visit('alert-compare');
  for (let question = 1; question <= 4; question++) {
    await expect(alert.getByText(new RegExp(`^${question} of 4`))).toBeVisible();
    await page.getByRole('button', { name: 'Yes', exact: true }).click();
  }
  await visit('alert-verify');
  await page.getByRole('button', { name: /^MNJIS/ }).click();
  await visit('alert-result');
  await page.getByRole('button', { name: /^Confirmed/ }).click();
  await visit('alert-outcome');
  await page.getByRole('button', { name: /^No action/ }).click();
  while (await alert.isVisible()) await page.getByRole('button', { name: /^Not now/ }).click();

  await page.getByRole('button', { name: /^Stop/ }).click();
  await expect(page.getByText('The period is closed')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Headquarters has everything')).toBeVisible({ timeout: 30_000 });
  await visit('period');
  await page.getByRole('link', { name: 'Tablet 7' }).click();
  await expect(page.getByRole('heading', { name: 'This tablet' })).toBeVisible();
  await visit('tablet');
  await page.getByRole('button', { name: 'Lock now' }).click();
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
  await visit('locked');
  for (let tries = 0; tries < 5; tries++) {
    await page.getByLabel('Password').fill('not the pass phrase');
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expect(page.getByRole('button', { name: /^Unlock$|^Release$/ })).toBeEnabled();
  }
  await expect(page.getByRole('heading', { name: 'Locked out' })).toBeVisible();
  await visit('locked-out');
}

// What asks anew who is there after five minutes comes first.
const PLACES = [
  'confidential',
  'devices',
  'hits',
  'holds',
  'locations',
  'releases',
  'people',
  'boxes',
  'hotlists',
  'entries',
  'policy',
  'audit',
  'review',
  'incidents',
  'due',
  'quarantine'
];

/** The desk at headquarters, as the Administration Sergeant sees it. */
export async function walkAtTheDesk(page: Page, demo: Demo, visit: Visit): Promise<void> {
  await atTheDesk(page, demo, 'sergeant');
  await visit('hq');
  await lookUp(page);
  await visit('hq-search');
  await page.locator('tbody tr').first().click();
  await page.getByRole('button', { name: /Show pictures/ }).click();
  await expect(page.getByRole('img', { name: 'Picture of the plate' })).toBeVisible();
  await visit('hq-read');
  for (const place of PLACES) {
    await page.goto(`${demo.url}/hq/${place}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText('One moment')).toHaveCount(0);
    if (place === 'incidents') await writeIncidentDown(page);
    if (place === 'locations') await openPlace(page);
    if (place === 'releases') await page.getByText('Enter a written request').click();
    if (place === 'people') await page.locator('tbody button').first().click();
    if (place === 'devices') await page.getByRole('button', { name: 'Make an enrollment code' }).click();
    await visit(`hq-${place}`);
    if (place !== 'devices') continue;
    await page
      .getByRole('button', { name: /^Revoke/ })
      .first()
      .click();
    await visit('hq-devices-revoke');
    await page.getByRole('button', { name: 'Cancel' }).click();
  }
  await page.goto(`${demo.url}/hq/account`);
  await expect(page.getByRole('heading', { name: 'Second factors', exact: true })).toBeVisible();
  await visit('hq-account');
  await page.getByRole('button', { name: /^Use an authenticator app/ }).click();
  await expect(page.getByRole('img', { name: /authenticator app/ })).toBeVisible();
  await visit('hq-account-app');
  // As the server answers once the last proof is five minutes old.
  await page.route('**/api/audit/public.csv', (route) =>
    route.fulfill({ status: 403, json: { code: 'proveAgain', sentence: '' } })
  );
  await page.goto(`${demo.url}/hq/audit`);
  await page.getByRole('button', { name: AUDIT.exportPublic }).click();
  await expect(page.getByRole('dialog').getByLabel('Password')).toBeVisible();
  await visit('prove');
}

/** Landscape and portrait of a 10-inch tablet. */
const SIZES = [
  { name: 'landscape', width: 1280, height: 800 },
  { name: 'portrait', width: 800, height: 1280 }
] as const;

/** How a screen is looked at: by day and by night, in both sizes. */
export const WAYS_TO_LOOK = (['day', 'night'] as const).flatMap((look) =>
  SIZES.map((size) => ({ name: `${look}-${size.name}`, look, size }))
);

/** Does something with the screen in each way to look at it, and leaves it in landscape by day. The palette follows the system's. */
export async function inEveryLook(page: Page, work: (name: string) => Promise<void>): Promise<void> {
  for (const { name, look, size } of WAYS_TO_LOOK) {
    await page.emulateMedia({ colorScheme: look === 'night' ? 'dark' : 'light' });
    await page.setViewportSize(size);
    await expect(page.locator(`[data-theme='${look}']`).first()).toBeAttached();
    await work(name);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(SIZES[0]);
}

async function openPlace(page: Page): Promise<void> {
  await page.getByText('Enter a place').click();
  await page
    .getByRole('button', { name: /^Change / })
    .first()
    .click();
  await expect(page.getByLabel('Determination')).toBeVisible();
}

async function writeIncidentDown(page: Page): Promise<void> {
  await page.getByText('Write an incident down').click();
  await page.getByLabel('Tablet', { exact: true }).selectOption({ index: 1 });
  await page.getByLabel('What happened').fill('It was left at a scene and was not there an hour later.');
  await page.getByRole('button', { name: 'Write it down' }).click();
  await expect(page.getByRole('heading', { name: 'Tell who answers for security' })).toBeVisible();
}
