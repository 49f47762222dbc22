/**
 * R2: browser and server are killed in turn (`kill -9`) while boxes travel from one to the other; the embedded engine dies with the server.
 * What the tablet called saved arrives at headquarters, once each. For CouchDB there is `npm run torture:couch`. The control is a server that
 * comes back without the day boxes it had acknowledged, and must lose.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Chance } from '#tests/simulation/chance.ts';
import type { Rig } from '../rig.ts';
import { accountOf } from '../support/account.ts';
import { canTellProcesses } from '../support/processes.ts';
import { startSite } from '../support/site.ts';
import { TabletUnderTorture } from '../support/tablet.ts';

const READS_A_PLATE = 400;

export const R2: Rig = {
  id: 'R2',
  claim: 'kill -9 of browser and server in turn while replicating: lost 0, there twice 0',
  rounds: 80,
  cannotRun: () => (canTellProcesses() ? null : 'processes are found by /proc, which this system does not have'),
  async run({ rounds, seed, say }) {
    const chance = new Chance(seed);
    const site = await startSite();
    try {
      const tablet = new TabletUnderTorture(site);
      await tablet.setUp();
      await tablet.beginPeriod();
      let plate = '';
      let [saved, plates, ofServer, ofBrowser, waited] = [0, 0, 0, 0, 0];
      for (let round = 1; round <= rounds; round++) {
        if (plates === 0 || tablet.told.size - saved > READS_A_PLATE - 60) {
          plate = `RPL${100 + plates++}`;
          saved = tablet.told.size;
        }
        // A box is closed, so that it is sent whole, receipted, destroyed and said to be finished: each a moment to die in.
        await tablet.save({ plate, count: 6 + chance.below(20) });
        await tablet.closePeriod();
        await tablet.beginPeriod();
        waited += (await tablet.status()).waitingRecords > 0 ? 1 : 0;
        void tablet.syncNow().catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, chance.below(900)));
        if (round % 2 === 0) {
          ofServer++;
          await site.server.kill();
          await site.server.restart();
        } else {
          ofBrowser++;
          await tablet.kill();
          await tablet.switchOn();
        }
        if (round % 10 === 0) say(`${round} of ${rounds} kills, ${tablet.told.size} reads saved so far`);
      }
      await tablet.closePeriod();
      const drained = await tablet.drain();
      await tablet.switchOff();
      const { told, lost, twice } = await accountOf(tablet);
      await site.server.kill();
      const databases = join(site.data, 'databases');
      for (const file of readdirSync(databases).filter((name) => name.startsWith('reads-')))
        rmSync(join(databases, file));
      await site.server.restart();
      const control = await accountOf(tablet);
      return {
        figures: [
          ['kills of the browser, of the server', `${ofBrowser}, ${ofServer}`],
          ['of them with records still to send', String(waited)],
          ['reads the tablet said were saved', String(told)],
          ['lost', String(lost)],
          ['there twice', String(twice)],
          ['control, a server without its day boxes: lost', `${control.lost} of ${control.told}`]
        ],
        faults: [
          ...(lost > 0 ? [`${lost} reads that were saved never arrived`] : []),
          ...(twice > 0 ? [`${twice} reads are there twice`] : []),
          ...(drained ? [] : ['something still waits on the tablet at the end']),
          ...(control.lost === 0 ? ['the control lost nothing: this rig sees nothing'] : [])
        ]
      };
    } finally {
      await site.stop();
    }
  }
};
