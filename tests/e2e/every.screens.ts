/** Pictures of every screen, by day and by night, landscape and portrait, into test-results/screens: `npm run screens`. */
import { join } from 'node:path';
import { test, type Page } from '@playwright/test';
import { startDemo, type Demo } from './support/demo.ts';
import { inEveryLook, walkAtTheDesk, walkInPublic, walkWithTablet, type Visit } from './support/walk.ts';

let demo: Demo;
test.beforeAll(async () => {
  demo = await startDemo();
});
test.afterAll(async () => {
  await demo.stop();
});

const shoot =
  (page: Page): Visit =>
  async (screen) => {
    await inEveryLook(page, async (name) => {
      // A camera frame drawn at the new size.
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(test.info().project.outputDir, 'screens', `${screen}-${name}.png`) });
    });
  };

for (const [where, walk] of [
  ['in public', walkInPublic],
  ['with a tablet', walkWithTablet],
  ['at the desk', walkAtTheDesk]
] as const)
  test(where, async ({ page }) => {
    test.setTimeout(300_000);
    await walk(page, demo, shoot(page));
  });
