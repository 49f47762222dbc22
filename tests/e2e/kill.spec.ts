/** R1 in short, in every run of the tests: the whole of it, with its figures, is `npm run torture -- --only R1`. */
import { cpSync, rmSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { Chance } from '#tests/simulation/chance.ts';
import { accountOf } from '#tests/torture/support/account.ts';
import { canTellProcesses } from '#tests/torture/support/processes.ts';
import { indexedDbFolder, privateFilesFolder } from '#tests/torture/support/profile.ts';
import { startSite, type Site } from '#tests/torture/support/site.ts';
import { TabletUnderTorture } from '#tests/torture/support/tablet.ts';

const KILLS = 8;
const plates = Array.from({ length: KILLS }, (_, n) => `KLL${100 + n}`);

let site: Site;
test.beforeAll(async () => {
  site = await startSite();
});
test.afterAll(() => site.stop());

test(`a browser that is killed ${KILLS} times while it saves, and then loses IndexedDB, loses no read that was called saved and sends none twice`, async () => {
  test.skip(!canTellProcesses(), 'processes are found by /proc, which this system does not have');
  test.setTimeout(600_000);
  const chance = new Chance(426);
  const tablet = new TabletUnderTorture(site);
  await tablet.setUp();
  await tablet.beginPeriod();
  await site.server.kill();
  for (const [at, plate] of plates.entries()) {
    if (at > 0) await tablet.switchOn();
    await tablet.saveOnAndOn({ plate, abreast: 1 + chance.below(3) });
    await new Promise((resolve) => setTimeout(resolve, chance.below(200)));
    await tablet.kill();
  }
  await site.server.restart();
  const { profile } = tablet;
  cpSync(profile, `${profile}.then`, { recursive: true });

  rmSync(indexedDbFolder(profile), { recursive: true });
  rmSync(privateFilesFolder(profile), { recursive: true });
  await tablet.switchOn();
  await tablet.drain();
  await tablet.kill();
  const wiped = await accountOf(tablet, plates);
  expect(wiped.lost, 'the control, both copies wiped, loses all').toBe(wiped.told);

  rmSync(profile, { recursive: true });
  cpSync(`${profile}.then`, profile, { recursive: true });
  rmSync(indexedDbFolder(profile), { recursive: true });
  await tablet.switchOn();
  expect((await tablet.status()).damage).toContain('toolboxLost');
  expect(tablet.isSignedIn, 'its officer can go on without a link').toBe(true);
  expect(await tablet.drain(), 'everything drains').toBe(true);
  await tablet.switchOff();
  const { told, lost, twice } = await accountOf(tablet, plates);
  console.log(`R1: ${KILLS} kills, ${told} reads called saved, ${lost} lost, ${twice} twice`);
  expect({ lost, twice }).toEqual({ lost: 0, twice: 0 });
  expect(told).toBeGreaterThan(KILLS);
});
