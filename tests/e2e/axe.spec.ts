/** Every screen, by day and by night, landscape and portrait: no fault that axe can find, and 7:1 for all that is read. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { showBy, startDemo, type Demo, type Look } from './support/demo.ts';
import { inBothSizes, walkAtTheDesk, walkInPublic, walkWithTablet, type Visit } from './support/walk.ts';

let demo: Demo;
test.beforeAll(async () => {
  demo = await startDemo();
});
test.afterAll(async () => {
  await demo.stop();
});

interface Seen {
  readonly faults: string[];
  screens: number;
}

const examine =
  (page: Page, look: Look, seen: Seen): Visit =>
  async (screen) => {
    await inBothSizes(page, async ({ name }) => {
      const { violations } = await new AxeBuilder({ page })
        .options({ rules: { 'color-contrast-enhanced': { enabled: true } } })
        .analyze();
      seen.screens++;
      for (const { id, nodes } of violations)
        seen.faults.push(
          `${screen}, ${look}, ${name}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(' | ')}`
        );
    });
  };

for (const look of ['day', 'night'] as const) {
  for (const [where, walk, screens] of [
    ['in public', walkInPublic, 5],
    ['with a tablet', walkWithTablet, 12],
    ['at the desk', walkAtTheDesk, 17]
  ] as const)
    test(`no screen ${where} has a fault for those who see, hear or press differently, by ${look}`, async ({
      page
    }) => {
      test.setTimeout(300_000);
      const seen: Seen = { faults: [], screens: 0 };
      await showBy(page, look, demo.url);
      await walk(page, demo, examine(page, look, seen));
      expect(seen.faults).toEqual([]);
      expect(seen.screens).toBe(2 * screens);
    });
}
