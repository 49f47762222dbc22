/**
 * R3: the browser's profile lies on a disk of its own (an ext4 image behind a loop device). While the tablet saves, its processes are
 * stopped where they stand and the image is copied: the copy is what a disk holds whose power is cut at that moment, because what was
 * not flushed is in memory alone. Each copy is mounted, its file system repaired by its journal as at a start after a power cut, and the
 * tablet switched on upon it must send every read that it had called saved before. The control flushes neither copy, and must lose.
 *
 * What it does not show: a disk that says "flushed" and lies, and blocks that a dying disk writes in part.
 */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Chance } from '#tests/simulation/chance.ts';
import type { Asked, Rig } from '../rig.ts';
import { accountOf } from '../support/account.ts';
import { Disk, whyNoDisk } from '../support/disk.ts';
import type { Told } from '../support/page-hand.ts';
import { canTellProcesses, whileStopped } from '../support/processes.ts';
import { startSite, type Site } from '../support/site.ts';
import { TabletUnderTorture, type TabletOptions } from '../support/tablet.ts';

const CONTROL_CUTS = 2;

export const R3: Rig = {
  id: 'R3',
  claim: 'power cut: no read that was called saved is lost; the control without flush loses',
  rounds: 10,
  cannotRun: () => (canTellProcesses() ? whyNoDisk() : 'processes are found by /proc, which this system does not have'),
  async run(asked) {
    const site = await startSite();
    try {
      const cuts = await cutPower(asked, site, 'disk');
      asked.say('control: the vault does not flush');
      const withoutFlush = (script: string): string =>
        script.replaceAll('.flush()', '.getSize()').replace(/(durability: *)(["'`])strict\2/gi, '$1$2relaxed$2');
      const control = await cutPower({ ...asked, rounds: CONTROL_CUTS }, site, 'careless', {
        changeVault: withoutFlush
      });
      const sum = (all: readonly Cut[], part: (cut: Cut) => number): number =>
        all.reduce((total, cut) => total + part(cut), 0);
      const [lost, told] = [sum(cuts, (cut) => cut.lost), sum(cuts, (cut) => cut.told)];
      const [controlLost, controlTold] = [sum(control, (cut) => cut.lost), sum(control, (cut) => cut.told)];
      return {
        figures: [
          ['cuts', String(cuts.length)],
          ['reads that had been called saved, over all cuts', String(told)],
          ['lost', String(lost)],
          ['control without flush: lost', `${controlLost} of ${controlTold}`]
        ],
        faults: [
          ...(lost > 0 ? [`${lost} reads that were called saved are lost`] : []),
          ...(told === 0 ? ['nothing had been saved at any cut'] : []),
          ...(controlLost === 0 ? ['the control without flush lost nothing: this rig sees nothing'] : [])
        ]
      };
    } finally {
      await site.stop();
    }
  }
};

interface Cut {
  readonly told: number;
  readonly lost: number;
}

interface Copy {
  readonly disk: Disk;
  readonly told: ReadonlyMap<string, Told>;
}

/** One tablet that saves on and on, and as many copies of its disk; then each copy is switched on, sends, and is counted. */
async function cutPower(
  { rounds, seed, say }: Asked,
  site: Site,
  name: string,
  options: TabletOptions = {}
): Promise<readonly Cut[]> {
  const chance = new Chance(seed);
  const disk = Disk.make(join(site.folder, name));
  const profile = join(disk.mounted, 'profile');
  const tablet = new TabletUnderTorture(site, name, { ...options, profile });
  const copies: Copy[] = [];
  // A changed app comes from the server at each start; the real one is at home on the tablet.
  const needsServer = options.changeVault !== undefined;
  try {
    await tablet.setUp();
    // Signed in before the server's data are copied, so that the session is in every copy.
    await site.readsOf('CUT100');
    // The app itself was installed days ago; what is cut is what the period brings.
    disk.flush();
    await tablet.beginPeriod();
    if (!needsServer) await site.server.kill();
    for (let round = 1; round <= rounds; round++) {
      await tablet.saveOnAndOn({ plate: `CUT${100 + round}`, pauseMs: 50 });
      await new Promise((resolve) => setTimeout(resolve, 300 + chance.below(1_500)));
      // Told before the cut: the rig hears of a save a moment after the tablet has said it.
      copies.push(
        whileStopped(profile, () => ({
          told: new Map(tablet.told),
          disk: disk.copyTo(join(site.folder, `${name}-${round}`))
        }))
      );
      await tablet.stopSaving();
    }
  } finally {
    await tablet.kill();
    await disk.unmount();
  }
  if (needsServer) await site.server.kill();
  const before = `${site.data}.${name}`;
  cpSync(site.data, before, { recursive: true });
  const cuts: Cut[] = [];
  for (const copy of copies) {
    // A server that knows nothing of the other copies.
    rmSync(site.data, { recursive: true });
    cpSync(before, site.data, { recursive: true });
    if (needsServer) await site.server.restart();
    copy.disk.mount();
    const after = new TabletUnderTorture(site, name, { ...options, profile: join(copy.disk.mounted, 'profile') });
    let said = '';
    try {
      const { opening } = await after.switchOn();
      if (!needsServer) await site.server.restart();
      said = opening.kind === 'open' ? (await after.status()).damage.join(', ') : opening.kind;
      if (opening.kind === 'open') await after.drain(120_000);
    } finally {
      await after.kill();
      await copy.disk.unmount();
      copy.disk.remove();
    }
    const { told, lost } = await accountOf({ told: copy.told, site });
    cuts.push({ told, lost });
    say(
      `${name}, cut ${cuts.length} of ${rounds}: lost ${lost} of ${told}; it said: ${said === '' ? 'nothing' : said}`
    );
    await site.server.kill();
  }
  await site.server.restart();
  return cuts;
}
