/** Every screen, by day and by night, landscape and portrait: no fault that axe can find, and 7:1 for all that is read. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { startDemo, type Demo } from './support/demo.ts';
import { inEveryLook, walkAtTheDesk, walkInPublic, walkWithTablet, WAYS_TO_LOOK, type Visit } from './support/walk.ts';

let demo: Demo;
test.beforeAll(async () => {
  demo = await startDemo();
});
test.afterAll(async () => {
  await demo.stop();
});

/** Night is a palette and nothing else (app.css): what it can break is what these rules look at. */
const RULES_OF_COLOR = ['color-contrast', 'color-contrast-enhanced', 'link-in-text-block'] as const;

interface Seen {
  readonly faults: string[];
  looks: number;
}

const examine =
  (page: Page, seen: Seen): Visit =>
  async (screen) => {
    await inEveryLook(page, async (name) => {
      const axe = new AxeBuilder({ page }).options({ rules: { 'color-contrast-enhanced': { enabled: true } } });
      const { violations } = await (name.startsWith('night') ? axe.withRules([...RULES_OF_COLOR]) : axe).analyze();
      seen.looks++;
      for (const { id, nodes } of violations)
        seen.faults.push(`${screen}, ${name}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(' | ')}`);
    });
  };

for (const [where, walk, screens] of [
  ['in public', walkInPublic, 5],
  ['with a tablet', walkWithTablet, 14],
  ['at the desk', walkAtTheDesk, 23]
] as const)
  test(`no screen ${where} has a fault for those who see, hear or press differently, by day or by night`, async ({
    page
  }) => {
    test.setTimeout(600_000);
    const seen: Seen = { faults: [], looks: 0 };
    await walk(page, demo, examine(page, seen));
    expect(seen.faults).toEqual([]);
    expect(seen.looks).toBe(WAYS_TO_LOOK.length * screens);
  });
