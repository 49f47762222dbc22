/**
 * R5: the storage fills. At 80 % the officer is warned, at 95 % nothing more is taken, at a full quota the write itself
 * refuses; each time capture resumes when there is room, and nothing that was saved is lost. Then the same with a disk that is
 * full, through a kill and a start on it.
 */
import { join } from 'node:path';
import { STORAGE_STOPS_AT, STORAGE_WARNS_AT } from '#lib/vault/protocol.ts';
import type { Asked, Rig } from '../rig.ts';
import { accountOf } from '../support/account.ts';
import { Disk, whyNoDisk } from '../support/disk.ts';
import { startSite, type Site } from '../support/site.ts';
import { TabletUnderTorture } from '../support/tablet.ts';

const PLATE = 'FUL417';
const DISK_PLATE = 'FUL418';

export const R5: Rig = {
  id: 'R5',
  claim: 'quota and disk full: warns at 80 %, refuses at 95 % before it takes, says so, resumes by itself',
  rounds: 1,
  async run(asked) {
    const site = await startSite();
    const figures: [string, string][] = [];
    const faults: string[] = [];
    const expectThat = (what: string, holds: boolean): void => {
      figures.push([what, holds ? 'yes' : 'NO']);
      if (!holds) faults.push(`not so: ${what}`);
    };
    try {
      await quotas(site, asked, expectThat);
      const reason = whyNoDisk();
      if (reason === null) await fullDisk(site, asked, expectThat);
      else figures.push(['A FULL DISK WAS SKIPPED', reason]);
      return { figures, faults };
    } finally {
      await site.stop();
    }
  }
};

type Expect = (what: string, holds: boolean) => void;

async function quotas(site: Site, { say }: Asked, expectThat: Expect): Promise<void> {
  const tablet = new TabletUnderTorture(site);
  await tablet.setUp();
  await tablet.beginPeriod();
  await site.server.kill();
  await tablet.save({ plate: PLATE, count: 20 });
  await tablet.setQuota(Math.ceil((await usedWhenQuiet(tablet)) / 0.88));
  const warned = await shareOnceAbove(tablet, STORAGE_WARNS_AT);
  say(`at 88 % of the quota it says ${percent(warned)}`);
  expectThat('warns when 88 % of the quota is used', warned >= STORAGE_WARNS_AT && warned < STORAGE_STOPS_AT);
  expectThat('and still saves', (await tablet.save({ plate: PLATE, count: 2 })).saved === 2);

  await tablet.setQuota(Math.ceil((await usedWhenQuiet(tablet)) / 0.97));
  await shareOnceAbove(tablet, STORAGE_STOPS_AT);
  const before = (await tablet.status()).waitingRecords;
  const refused = await tablet.save({ plate: PLATE, count: 3 });
  expectThat(
    'takes nothing when 97 % is used',
    refused.saved === 0 && refused.refused.every(({ kind }) => kind === 'storageFull')
  );
  expectThat('and has refused before it took', (await tablet.status()).waitingRecords === before);

  await tablet.setQuota(await usedWhenQuiet(tablet));
  const full = await tablet.save({ plate: PLATE, count: 3 });
  expectThat('takes nothing when the quota is full', full.saved === 0);
  await tablet.setQuota();
  expectThat('resumes by itself when there is room', await savesAgain(tablet));
  await site.server.restart();
  await arrives(tablet, expectThat);
}

const MEGABYTE = 1_048_576;

/** A disk of the tablet's own, filled by something else while it saves. */
async function fullDisk(site: Site, { say }: Asked, expectThat: Expect): Promise<void> {
  const disk = Disk.make(join(site.folder, 'own-disk'));
  const tablet = new TabletUnderTorture(site, 'small', { profile: join(disk.mounted, 'profile') });
  try {
    await tablet.setUp();
    await tablet.beginPeriod();
    await site.server.kill();
    await tablet.save({ plate: DISK_PLATE, count: 20 });
    disk.fillUpTo(4 * MEGABYTE);
    const until = await tablet.save({ plate: DISK_PLATE, count: 200 });
    say(`with 4 MB left on the disk ${until.saved} were saved and ${until.refused.length} refused`);
    expectThat(
      'a disk that fills: it says so',
      until.refused.some(({ kind }) => kind === 'storageFull')
    );
    expectThat(
      'and nothing else',
      until.refused.every(({ kind }) => kind === 'storageFull')
    );
    disk.fillUpTo(0);
    const full = await tablet.save({ plate: DISK_PLATE, count: 3 });
    expectThat('takes nothing when no byte is left', full.saved === 0);
    await tablet.kill();
    // Whether a browser starts at all on such a disk is its own affair.
    const start = await tablet.switchOn().catch(() => null);
    say(`killed and started on the full disk: ${start === null ? 'the browser does not start' : start.opening.kind}`);
    await tablet.kill();
    disk.makeRoom();
    expectThat('opens when there is room', (await tablet.switchOn()).opening.kind === 'open');
    await site.server.restart();
    expectThat('its officer can go on without signing in again', tablet.isSignedIn);
    expectThat('and saves', await savesAgain(tablet, DISK_PLATE));
    await arrives(tablet, expectThat);
  } finally {
    await tablet.kill();
    await disk.unmount();
  }
}

async function arrives(tablet: TabletUnderTorture, expectThat: Expect): Promise<void> {
  await tablet.closePeriod();
  expectThat('everything drains after that', await tablet.drain());
  const { lost, twice } = await accountOf(tablet);
  expectThat('nothing is lost or there twice', lost === 0 && twice === 0);
  await tablet.switchOff();
}

/** What the browser counts as used, once the records on their way to the outbox have arrived there. */
async function usedWhenQuiet(tablet: TabletUnderTorture): Promise<number> {
  for (let before = -1; ;) {
    const used = await tablet.page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
    if (used === before) return used;
    before = used;
    await new Promise((resolve) => setTimeout(resolve, 3_000));
  }
}

/** The share that the tablet states, once it is above `share`, or after a minute. */
async function shareOnceAbove(tablet: TabletUnderTorture, share: number): Promise<number> {
  for (let tries = 0; ; tries++) {
    const { storage } = await tablet.status();
    if (storage.share >= share || tries === 60) return storage.share;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

async function savesAgain(tablet: TabletUnderTorture, plate = PLATE): Promise<boolean> {
  for (let tries = 0; tries < 60; tries++) {
    if ((await tablet.save({ plate, count: 1 })).saved === 1) return true;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  return false;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
