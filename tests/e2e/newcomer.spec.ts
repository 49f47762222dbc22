/**
 * The demonstration as the README promises it: one person, one browser, from what the server printed to a lead answered, the
 * read at headquarters, the look at it in the audit trail and the period in the public log. Prints the newcomer's clock.
 */
import { expect, test, type Page } from '@playwright/test';
import { asTablet, lookUp, startDemo, type Demo, type DemoRole } from './support/demo.ts';
import { readsSoFar, stopPatrol, unlock, typePlate } from './support/officer.ts';

let demo: Demo;
let readyAtMs: number;
test.beforeAll(async () => {
  demo = await startDemo();
  readyAtMs = performance.now();
});
test.afterAll(async () => {
  await demo.stop();
});

/** The newcomer's clock: seconds since the server said that it is ready. Printed, never asserted. */
const clock: string[] = [];
function note(what: string): void {
  clock.push(`${what} after ${((performance.now() - readyAtMs) / 1000).toFixed(1)} s`);
}

/** The next lead, whether it takes the screen by itself or waits in the tray. */
async function openLead(page: Page): Promise<void> {
  const alert = page.getByRole('alertdialog');
  const tray = page.getByRole('link', { name: /unanswered/ });
  await expect(tray.or(alert).first()).toBeVisible({ timeout: 90_000 });
  if (await alert.isVisible()) return;
  await tray.click();
  await page
    .getByRole('button')
    .filter({ has: page.locator('.plate') })
    .first()
    .click();
  await expect(alert).toBeVisible();
}

/** Correct read, compared by eye, checked with MNJIS, confirmed, no action. */
async function answerAsCorrect(page: Page): Promise<void> {
  const alert = page.getByRole('alertdialog');
  await expect(alert).toContainText('Unverified lead — not grounds for a stop');
  await page.getByRole('button', { name: /^Correct read/ }).click();
  for (let question = 1; question <= 4; question++) {
    await expect(alert.getByText(new RegExp(`^${question} of 4`))).toBeVisible();
    await page.getByRole('button', { name: 'Yes', exact: true }).click();
  }
  await page.getByRole('button', { name: /^MNJIS/ }).click();
  await page.getByRole('button', { name: /^Confirmed/ }).click();
  await expect(alert).toContainText('Checked: MNJIS');
  await page.getByRole('button', { name: /^No action/ }).click();
}

/** Another person sits down at the same desk. */
async function changePlaces(page: Page, role: DemoRole): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signInAs(page, role);
}

async function signInAs(page: Page, role: DemoRole): Promise<void> {
  await page.getByRole('button', { name: 'I understand' }).click();
  const { signInName, password } = demo.account(role);
  await page.getByLabel('Sign-in name').fill(signInName);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('look-ups are logged')).toBeVisible();
}

/** Answers to sign-ins come `delayMs` late from now on; all else is as quick as before. */
async function slowSignIn(page: Page, delayMs: number): Promise<void> {
  await page.route('**/api/session', async (route) => {
    if (route.request().method() === 'POST') await new Promise((resolve) => setTimeout(resolve, delayMs));
    await route.continue();
  });
}

/** Today as the tables write it; the invented days of the demonstration end yesterday. */
const today = (): string =>
  new Intl.DateTimeFormat('en-US', { timeZone: 'America/Chicago', month: 'short', day: 'numeric' }).format();

test('a newcomer sees a plate read, leads answered, the read at headquarters, the look at it and the public log', async ({
  page
}) => {
  test.setTimeout(240_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await asTablet(page, demo);
  note('enrolled and signed in');
  await page.getByLabel(/demonstration street/).check();
  await page.getByRole('radio', { name: 'Routine patrol' }).click();
  await page.getByRole('button', { name: /Attest and start/ }).click();
  // The first car may be on the list; then its lead takes the screen.
  const counted = page.getByText(/[1-9]\d* reads · /);
  await expect(counted.or(page.getByRole('alertdialog')).first()).toBeVisible({ timeout: 90_000 });
  note('first read');

  await openLead(page);
  note('first lead');
  await answerAsCorrect(page);
  await openLead(page);
  await page.getByRole('button', { name: /^Misread/ }).click();
  await expect(page.getByText('Misread recorded')).toBeVisible();
  await page.getByRole('button', { name: /Type the right plate/ }).click();
  await typePlate(page, 'TST999');
  while (await page.getByRole('alertdialog').isVisible()) await page.getByRole('button', { name: /^Not now/ }).click();
  expect(await readsSoFar(page)).toBeGreaterThanOrEqual(2);

  await stopPatrol(page);
  await expect(page.getByText('The period is closed')).toBeVisible();
  await expect(page.getByText('Headquarters has everything')).toBeVisible({ timeout: 30_000 });
  const summary = page.locator('dl > div').filter({ has: page.getByText('Reads', { exact: true }) });
  const reads = Number(await summary.locator('dd').textContent());
  note('everything at headquarters');
  await page.goto(`${demo.url}/tablet`);
  // The server is slow to answer the sign-in behind the unlocking: it is on its way still when the officer leaves the desk.
  await slowSignIn(page, 4_000);
  await unlock(page, demo.account('operator'));
  await page.getByRole('link', { name: 'Headquarters' }).click();
  await expect(page.getByText('Your roles do not include searching reads')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: 'I understand' })).toBeVisible();
  await page.waitForTimeout(4_500);
  await page.unrouteAll({ behavior: 'ignoreErrors' });

  await signInAs(page, 'investigator');
  await page.getByRole('button', { name: 'Look up' }).click();
  await expect(page.getByLabel('Case number')).toHaveAttribute('aria-invalid', 'true');
  await lookUp(page);
  await expect(page.getByRole('row').filter({ hasText: 'TST999 says the officer' })).toHaveCount(1);
  await page.getByRole('row').filter({ hasText: 'Tablet 7' }).filter({ hasText: '1 hit' }).first().click();
  note('the read found at headquarters');
  const read = page.getByRole('complementary', { name: 'Read' });
  await expect(read).toContainText('Tablet 7');
  await read.getByRole('button', { name: /Show pictures/ }).click();
  for (const name of ['Picture of the plate', 'Picture of its surroundings'])
    await expect
      .poll(() => read.getByRole('img', { name }).evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(20);
  await page.getByRole('link', { name: 'Hits' }).click();
  const hits = page.getByRole('row').filter({ hasText: today() });
  await expect(hits.filter({ hasText: 'MNJIS: Confirmed' })).toHaveCount(1);
  await expect(hits.filter({ hasText: 'Misread' })).toHaveCount(1);

  // Who looked, when, why: for the sergeant and for the auditor.
  for (const role of ['sergeant', 'auditor'] as const) {
    await changePlaces(page, role);
    await page.getByRole('link', { name: 'Audit trail' }).click();
    await page.getByLabel('Filter').fill('26-004412');
    for (const what of ['Searched reads', 'Looked at a picture']) {
      const look = page.getByRole('row').filter({ hasText: what }).filter({ hasText: today() }).first();
      for (const words of ['Inv. Ines Invented', 'Criminal investigation', '26-004412'])
        await expect(look).toContainText(words);
    }
    await expect(page.getByRole('row').filter({ hasText: 'Witness saw the vehicle leave' }).first()).toBeVisible();
  }
  note('the look in the audit trail');

  await page.goto(`${demo.url}/public`);
  const day = page.getByRole('table').first();
  await expect(day).toContainText(today());
  const period = day.getByRole('row').filter({ hasText: /\d\d:\d\d–\d\d:\d\d/ });
  await expect(period).toHaveCount(1);
  await expect(period.getByRole('cell').nth(2)).toHaveText(String(reads));
  await expect(day).toContainText('carried');
  note('the period in the public log');
  expect(faults).toEqual([]);
  console.log(`\nThe newcomer's clock, from "ready":\n  ${clock.join('\n  ')}`);
});
