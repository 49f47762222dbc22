/** Pictures of every screen, by day and by night, landscape and portrait, into test-results/screens: `npm run screens`. */
import { expect, test, type Page } from '@playwright/test';
import { asTablet, atTheDesk, lookUp, showBy, startCanvass, startDemo, type Demo, type Look } from './support/demo.ts';

const LOOKS: readonly Look[] = ['day', 'night'];
const SIZES = [
  { name: 'landscape', width: 1280, height: 800 },
  { name: 'portrait', width: 800, height: 1280 }
] as const;

let demo: Demo;
test.beforeAll(async () => {
  demo = await startDemo();
});
test.afterAll(async () => {
  await demo.server.stop();
});

async function shoot(page: Page, look: Look, name: string): Promise<void> {
  for (const { name: shape, width, height } of SIZES) {
    await page.setViewportSize({ width, height });
    // A drawn frame at the new size.
    await page.waitForTimeout(400);
    await page.screenshot({ path: `test-results/screens/${name}-${look}-${shape}.png` });
  }
  await page.setViewportSize(SIZES[0]);
}

for (const look of LOOKS) {
  test(`screens that need nobody, by ${look}`, async ({ page }) => {
    await showBy(page, look, demo.url);
    await page.goto(`${demo.url}/sign-in`);
    await expect(page.getByRole('button', { name: 'I understand' })).toBeVisible();
    await shoot(page, look, 'notice');
    await page.getByRole('button', { name: 'I understand' }).click();
    await shoot(page, look, 'sign-in');
    await page.goto(`${demo.url}/setup?code=ABCD-EFGH-JKLM`);
    await shoot(page, look, 'setup');
    await page.goto(`${demo.url}/public`);
    await expect(page.getByRole('heading', { name: 'Locations' })).toBeVisible();
    await shoot(page, look, 'public');
  });

  test(`the tablet, by ${look}`, async ({ page }) => {
    test.setTimeout(240_000);
    await showBy(page, look, demo.url);
    await page.goto(`${demo.url}/enroll`);
    await expect(page.getByLabel('One-time code')).toBeVisible();
    await shoot(page, look, 'enroll');
    await asTablet(page, demo);
    await shoot(page, look, 'start');
    await startCanvass(page);
    await expect(page.getByText(/[2-9] reads · /)).toBeVisible({ timeout: 90_000 });
    await shoot(page, look, 'scan');
    const open = page.getByRole('link', { name: /unanswered/ });
    const alert = page.getByRole('alertdialog');
    await expect(open.or(alert).first()).toBeVisible({ timeout: 90_000 });
    if (!(await alert.isVisible())) {
      await open.click();
      await shoot(page, look, 'tray');
      await page
        .getByRole('button')
        .filter({ has: page.locator('.plate') })
        .first()
        .click();
    }
    await shoot(page, look, 'alert');
    await page.getByRole('button', { name: /^Correct read/ }).click();
    await shoot(page, look, 'alert-verify');
    await page.getByRole('button', { name: /^MNJIS/ }).click();
    await page.getByRole('button', { name: /^Confirmed/ }).click();
    await shoot(page, look, 'alert-outcome');
    await page.getByRole('button', { name: /^No action/ }).click();
    while (await alert.isVisible()) await page.getByRole('button', { name: /^Not now/ }).click();
    await page.getByRole('button', { name: /^Stop/ }).click();
    await expect(page.getByText('The period is closed')).toBeVisible({ timeout: 30_000 });
    await shoot(page, look, 'period');
    await page.goto(`${demo.url}/tablet`);
    await expect(page.getByRole('heading', { name: 'This tablet' })).toBeVisible();
    await shoot(page, look, 'tablet');
  });

  test(`headquarters, by ${look}`, async ({ page }) => {
    test.setTimeout(180_000);
    await showBy(page, look, demo.url);
    await atTheDesk(page, demo, 'sergeant');
    await shoot(page, look, 'hq-search-empty');
    await lookUp(page);
    await shoot(page, look, 'hq-search');
    await page.locator('tbody tr').first().click();
    await page.getByRole('button', { name: /Show pictures/ }).click();
    await expect(page.getByRole('img', { name: 'Picture of the plate' })).toBeVisible();
    await shoot(page, look, 'hq-read');
    for (const place of ['hits', 'people', 'devices', 'boxes', 'hotlists', 'policy', 'audit', 'quarantine']) {
      await page.goto(`${demo.url}/hq/${place}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByText('One moment')).toBeHidden();
      if (place === 'people') await page.locator('tbody button').first().click();
      if (place === 'devices') await page.getByRole('button', { name: 'Make an enrollment code' }).click();
      await shoot(page, look, `hq-${place}`);
    }
  });
}
