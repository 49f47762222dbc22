/** R9: three days without a server: the tablet captures on, saving stays quick to the last read, and then all of it drains. */
import { ms, percentile, type Rig } from '../rig.ts';
import { accountOf } from '../support/account.ts';
import { startSite } from '../support/site.ts';
import { TabletUnderTorture } from '../support/tablet.ts';

const SAVED_WITHIN_MS = 150;
/** Headquarters shows no more than 500 reads of one plate at once. */
const READS_A_PLATE = 250;
const LAST = 500;

export const R9: Rig = {
  id: 'R9',
  claim:
    'the server is down while 5,000 reads queue: a save takes 150 ms at most (p95) at the end, and all of it drains',
  rounds: 5_000,
  async run({ rounds, say }) {
    const site = await startSite();
    try {
      const tablet = new TabletUnderTorture(site);
      await tablet.setUp();
      await tablet.beginPeriod();
      await site.server.kill();
      const tookMs: number[] = [];
      let plates = 0;
      for (let saved = 0; saved < rounds; saved += READS_A_PLATE) {
        const plate = `DWN${1000 + plates++}`;
        const count = Math.min(READS_A_PLATE, rounds - saved);
        tookMs.push(...(await tablet.save({ plate, count, abreast: 1 })).tookMs);
        if (plates % 4 === 0) say(`${tablet.told.size} of ${rounds} reads saved`);
      }
      const { waitingRecords, boxes } = await tablet.status();
      const atTheEnd = percentile(tookMs.slice(-LAST), 0.95);
      await site.server.restart();
      await tablet.closePeriod();
      const startedAt = performance.now();
      const drained = await tablet.drain(1_800_000);
      const seconds = Math.round((performance.now() - startedAt) / 1000);
      await tablet.switchOff();
      const { told, lost, twice } = await accountOf(tablet);
      return {
        figures: [
          ['reads saved without a server', `${told}, in ${boxes} boxes with ${waitingRecords} records`],
          [
            'a save among the first 500 (median, p95)',
            `${ms(percentile(tookMs.slice(0, LAST), 0.5))}, ${ms(percentile(tookMs.slice(0, LAST), 0.95))}`
          ],
          ['a save among the last 500 (median, p95)', `${ms(percentile(tookMs.slice(-LAST), 0.5))}, ${ms(atTheEnd)}`],
          ['drained in', drained ? `${seconds} s` : 'not to the end'],
          ['lost', String(lost)],
          ['there twice', String(twice)]
        ],
        faults: [
          ...(told < rounds ? [`only ${told} of ${rounds} reads were saved`] : []),
          ...(drained ? [] : ['something still waits']),
          ...(lost > 0 ? [`${lost} reads are lost`] : []),
          ...(twice > 0 ? [`${twice} reads are there twice`] : [])
        ],
        late: atTheEnd > SAVED_WITHIN_MS ? [`a save took ${ms(atTheEnd)} at the end (p95)`] : []
      };
    } finally {
      await site.stop();
    }
  }
};
