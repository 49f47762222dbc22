/**
 * R1: every process of the browser is killed while it saves; what it said was saved arrives at headquarters, once each, and
 * the tablet is back in time. Every eighth time the browser's IndexedDB is gone after the kill. Two controls must lose: one
 * that says "saved" before the vault did, and one whose journal is wiped with IndexedDB.
 */
import { rmSync } from 'node:fs';
import { Chance } from '#tests/simulation/chance.ts';
import { ms, percentile, type Asked, type Rig } from '../rig.ts';
import { accountOf, type Account } from '../support/account.ts';
import { indexedDbFolder, privateFilesFolder } from '../support/profile.ts';
import { canTellProcesses } from '../support/processes.ts';
import { startSite } from '../support/site.ts';
import { TabletUnderTorture } from '../support/tablet.ts';

const BACK_WITHIN_MS = 3_000;
const WIPED_EVERY = 8;
/** So many kills, then all is sent: a tablet is seldom without its server for longer. */
const SENT_EVERY = 20;
/** For so many kills the server is there, or is not. */
const STRETCH = 4;

export const R1: Rig = {
  id: 'R1',
  claim: 'kill -9 of the browser while it saves: saved reads lost 0, there twice 0, back within 3 s',
  rounds: 60,
  cannotRun: () => (canTellProcesses() ? null : 'processes are found by /proc, which this system does not have'),
  async run(asked) {
    const site = await startSite();
    try {
      // The controls first: a rig that could not see a loss need not run for an hour.
      asked.say('control: says "saved" before the vault did');
      const hasty = new TabletUnderTorture(site, 'hasty');
      const early = await tortured({ ...asked, rounds: 4 }, hasty, { group: 'E', saysItEarly: true });
      asked.say('control: the journal is wiped with IndexedDB');
      const wiped = await tortured({ ...asked, rounds: 1 }, new TabletUnderTorture(site, 'wiped'), {
        group: 'W',
        wipesAll: true
      });
      const killed = await tortured(asked, new TabletUnderTorture(site));
      const { account, backAfterMs, wipes, unreported } = killed;
      const faults = [
        ...(account.lost > 0 ? [`${account.lost} reads that were saved never arrived`] : []),
        ...(account.twice > 0 ? [`${account.twice} reads are there twice`] : []),
        ...(killed.drained ? [] : ['something still waits on the tablet at the end']),
        ...(unreported > 0 ? [`${unreported} times a wiped IndexedDB was not reported`] : []),
        ...(early.account.lost === 0
          ? ['the control that says "saved" too early lost nothing: this rig sees nothing']
          : []),
        ...(wiped.account.lost === 0 ? ['the control with everything wiped lost nothing: this rig sees nothing'] : [])
      ];
      return {
        figures: [
          ['kills', String(asked.rounds)],
          ['of them with a wiped IndexedDB', String(wipes)],
          ['reads the tablet said were saved', String(account.told)],
          ['lost', String(account.lost)],
          ['there twice', String(account.twice)],
          ['back after (median, p95, longest)', [0.5, 0.95, 1].map((p) => ms(percentile(backAfterMs, p))).join(', ')],
          ['control, says it early: lost', `${early.account.lost} of ${early.account.told}`],
          ['control, all wiped: lost', `${wiped.account.lost} of ${wiped.account.told}`]
        ],
        faults,
        late: percentile(backAfterMs, 0.95) > BACK_WITHIN_MS ? ['back later than 3 s in more than one of twenty'] : []
      };
    } finally {
      await site.stop();
    }
  }
};

interface Ways {
  readonly group?: string;
  readonly saysItEarly?: boolean;
  readonly wipesAll?: boolean;
}

interface Tortured {
  readonly account: Account;
  readonly backAfterMs: readonly number[];
  readonly wipes: number;
  /** wiped stores of which the tablet said nothing */
  readonly unreported: number;
  readonly drained: boolean;
}

async function tortured(
  { rounds, seed, say }: Asked,
  tablet: TabletUnderTorture,
  { group = 'K', saysItEarly = false, wipesAll = false }: Ways = {}
): Promise<Tortured> {
  const { site } = tablet;
  const chance = new Chance(seed);
  const backAfterMs: number[] = [];
  let [wipes, unreported, drained] = [0, 0, true];
  let isServerThere = true;
  const serverIs = async (there: boolean): Promise<void> => {
    if (there !== isServerThere) await (there ? site.server.restart() : site.server.kill());
    isServerThere = there;
  };
  await tablet.setUp();
  await tablet.beginPeriod();
  for (let round = 1; round <= rounds; round++) {
    // Some kills meet a tablet that sends, some one without a server.
    if (round % STRETCH === 1) await serverIs(chance.happens(0.3));
    await tablet.saveOnAndOn({
      plate: `T${group}${1000 + round}`,
      abreast: saysItEarly ? 8 : 1 + chance.below(3),
      saysItEarly
    });
    await new Promise((resolve) => setTimeout(resolve, 20 + chance.below(600)));
    await tablet.kill();
    const wiped = wipesAll || (round % WIPED_EVERY === 0 && !saysItEarly);
    if (wiped) {
      wipes++;
      rmSync(indexedDbFolder(tablet.profile), { recursive: true });
      if (wipesAll) rmSync(privateFilesFolder(tablet.profile), { recursive: true });
    }
    const start = await tablet.switchOn();
    backAfterMs.push(start.backAfterMs);
    if (start.opening.kind !== 'open') throw new Error(`the vault did not open: ${start.opening.kind}`);
    if (wipesAll) break;
    if (wiped) {
      await serverIs(true);
      if (!(await tablet.status()).damage.includes('toolboxLost')) unreported++;
      // Far from a network too: lease and period come from the second copy.
      if (!tablet.isSignedIn) throw new Error('the officer would have to sign in again');
    }
    if (round % SENT_EVERY === 0) {
      await serverIs(true);
      await tablet.closePeriod();
      drained &&= await tablet.drain();
      await tablet.beginPeriod();
    }
    if (round % 10 === 0) say(`${round} of ${rounds} kills, ${tablet.told.size} reads saved so far`);
  }
  await serverIs(true);
  if (!wipesAll) {
    await tablet.closePeriod();
    drained &&= await tablet.drain();
  }
  await tablet.switchOff();
  return { account: await accountOf(tablet), backAfterMs, wipes, unreported, drained };
}
