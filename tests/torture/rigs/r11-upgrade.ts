/**
 * R11: a tablet with unsent reads, its toolbox still of the first version, gets the app of today and is killed while that takes the stored
 * shapes over: before it has begun, in the middle, after. Switched on again it must have every read, and send them. The control loses
 * both copies during the upgrade, and must lose.
 */
import { cpSync, rmSync } from 'node:fs';
import { readsInJournals } from '#tests/e2e/support/officer.ts';
import { sealedId } from '#domain/records/sealed.ts';
import { Chance } from '#tests/simulation/chance.ts';
import { ms, type Rig } from '../rig.ts';
import { accountOf } from '../support/account.ts';
import { makeToolboxOlder, wasToolboxOlder } from '../support/older-toolbox.ts';
import { canTellProcesses } from '../support/processes.ts';
import { indexedDbFolder, privateFilesFolder } from '../support/profile.ts';
import { startSite } from '../support/site.ts';
import { TabletUnderTorture } from '../support/tablet.ts';

const PLATE = 'UPG417';

export const R11: Rig = {
  id: 'R11',
  claim: 'killed in the middle of an upgrade of what is stored: unsent reads lost 0',
  rounds: 10,
  cannotRun: () => (canTellProcesses() ? null : 'processes are found by /proc, which this system does not have'),
  async run({ rounds, seed, say }) {
    const chance = new Chance(seed);
    const site = await startSite();
    try {
      const tablet = new TabletUnderTorture(site);
      await tablet.setUp();
      await tablet.beginPeriod();
      await site.server.kill();
      await tablet.save({ plate: PLATE, count: 230 });
      await tablet.page.evaluate(() => window.hand.endVault());
      await makeToolboxOlder(tablet.page);
      await tablet.switchOff();
      const ids = [...tablet.told.values()].map(({ boxId, seq }) => sealedId(boxId, seq));
      cpSync(tablet.profile, `${tablet.profile}.then`, { recursive: true });
      const asThen = (): void => {
        rmSync(tablet.profile, { recursive: true });
        cpSync(`${tablet.profile}.then`, tablet.profile, { recursive: true });
      };

      const whole = await tablet.switchOn();
      if (!(await wasToolboxOlder(tablet.page))) throw new Error('the toolbox was not made older');
      await tablet.kill();
      let [lost, before, notOpen] = [0, 0, 0];
      for (let round = 1; round <= rounds; round++) {
        asThen();
        await tablet.beginSwitchOn();
        await new Promise((resolve) => setTimeout(resolve, chance.below(Math.ceil(whole.backAfterMs / 2))));
        await tablet.kill();
        const { opening } = await tablet.switchOn();
        if (opening.kind !== 'open') notOpen++;
        if (await wasToolboxOlder(tablet.page)) before++;
        const there = new Set(await readsInJournals(tablet.page));
        lost += ids.filter((id) => !there.has(id)).length;
        if (round < rounds) await tablet.kill();
        say(`${round} of ${rounds}: ${there.size} of ${ids.length} reads are there`);
      }
      await tablet.kill();
      cpSync(tablet.profile, `${tablet.profile}.upgraded`, { recursive: true });

      await site.server.restart();
      asThen();
      await tablet.beginSwitchOn();
      await tablet.kill();
      rmSync(indexedDbFolder(tablet.profile), { recursive: true });
      rmSync(privateFilesFolder(tablet.profile), { recursive: true });
      await tablet.switchOn();
      await tablet.drain(60_000);
      await tablet.kill();
      const control = await accountOf(tablet);

      rmSync(tablet.profile, { recursive: true });
      cpSync(`${tablet.profile}.upgraded`, tablet.profile, { recursive: true });
      await tablet.switchOn();
      const drained = await tablet.drain();
      await tablet.switchOff();
      const account = await accountOf(tablet);
      return {
        figures: [
          ['kills', String(rounds)],
          ['of them before the new version stood', `${before}; after it: ${rounds - before}`],
          ['an upgrade and start without a kill', ms(whole.backAfterMs)],
          ['unsent reads', String(ids.length)],
          ['missing on the tablet after a kill, over all', String(lost)],
          ['lost at headquarters after the last', String(account.lost)],
          ['there twice', String(account.twice)],
          ['control, both copies gone: lost', `${control.lost} of ${control.told}`]
        ],
        faults: [
          ...(lost + account.lost > 0 ? [`${lost + account.lost} unsent reads are lost`] : []),
          ...(account.twice > 0 ? [`${account.twice} reads are there twice`] : []),
          ...(notOpen > 0 ? [`${notOpen} times the vault did not open after the kill`] : []),
          ...(drained ? [] : ['something still waits']),
          ...(before === 0 ? ['no kill came before the new version stood: this rig sees nothing'] : []),
          ...(control.lost === 0 ? ['the control lost nothing: this rig sees nothing'] : [])
        ]
      };
    } finally {
      await site.stop();
    }
  }
};
