/**
 * S2: a tablet that captures is left alone. It locks on time, shows nothing, holds nothing readable in the memory of its page, and
 * captures on. The control is the same page before it locks: there the plates and the case number must be found.
 */
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { makeClip } from '#tests/clips/make-clip.ts';
import { streetScene } from '#tests/clips/scenes.ts';
import { stopPatrol, unlock, waitForReads } from '#tests/e2e/support/officer.ts';
import type { Rig } from '../rig.ts';
import { foundIn, heapOf } from '../support/heap.ts';
import { startSite, type Site } from '../support/site.ts';
import { TabletUnderTorture } from '../support/tablet.ts';

// A car that was read is not read again for a while: so many that some are left for behind the lock.
const PLATES = Array.from({ length: 40 }, (_, n) => {
  const letter = (at: number): string => String.fromCharCode(65 + ((n * 7 + at * 5) % 26));
  return `${letter(0)}${letter(1)}${letter(2)}${String(201 + n * 17)}`;
});
/** Saved, and shown again to its officer. */
const SHOWN = 'XWK802';
const CASE_NUMBER = '26-779315';
const LOCKS_AFTER_MS = 60_000;
const LATE_BY_MS = 2_000;

export const S2: Rig = {
  id: 'S2',
  claim: 'locks on time (2 s more or less), nothing readable on the page or in its memory; capture goes on',
  rounds: 1,
  async run({ say }) {
    const site = await startSite();
    try {
      const byHand = await lockByHand(site, say);
      const clip = join(site.folder, 'canaries.mjpeg');
      await makeClip({ scenes: [streetScene(PLATES)], out: clip });
      const tablet = new TabletUnderTorture(site, 'profile', { clip });
      await tablet.setUp();
      const { figures, faults, late = [] } = await watch(tablet, site, say);
      return { figures: [...byHand.figures, ...figures], faults: [...byHand.faults, ...faults], late };
    } finally {
      await site.stop();
    }
  }
};

/** Reads of the own period are on the screen; the officer locks. */
async function lockByHand(site: Site, say: (line: string) => void): ReturnType<Rig['run']> {
  const tablet = new TabletUnderTorture(site, 'by-hand');
  await tablet.setUp();
  const { page } = tablet;
  await page.context().setOffline(true);
  await tablet.beginPeriod();
  await tablet.save({ plate: SHOWN, count: 6, pictureBytes: 4_000 });
  await page.reload();
  await unlock(page, site.agency.operator);
  // Until what lay sealed is opened and shown.
  await page.waitForTimeout(2_000);
  const secrets = { plates: [SHOWN], 'the password': [site.agency.operator.password] };
  const shown = foundIn(await heapOf(page), secrets);
  await page.getByRole('button', { name: 'Lock now' }).click();
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
  const hidden = foundIn(await heapOf(page), secrets);
  await tablet.switchOff();
  const figures = [
    ['in memory, own reads in sight (control)', wordsOf(shown)],
    ['in memory, locked by hand', wordsOf(hidden)]
  ] as const;
  for (const figure of figures) say(figure.join(': '));
  return {
    figures,
    faults: [
      ...((shown.get('plates') ?? 0) === 0
        ? ['a plate on the screen was not found in memory: this rig sees nothing']
        : []),
      ...[...hidden].filter(([, times]) => times > 0).map(([what]) => `locked by hand: ${what} is in memory`)
    ]
  };
}

const wordsOf = (found: ReadonlyMap<string, number>): string =>
  [...found].map(([what, times]) => `${what} ${times}`).join(', ');

async function watch(tablet: TabletUnderTorture, site: Site, say: (line: string) => void): ReturnType<Rig['run']> {
  const { page } = tablet;
  const secrets = {
    plates: PLATES,
    'the case number': [CASE_NUMBER],
    'the password': [site.agency.operator.password]
  };
  const figures: [string, string][] = [];
  const faults: string[] = [];
  const note = (moment: string, found: ReadonlyMap<string, number>, mustBeNone: boolean): void => {
    const words = wordsOf(found);
    figures.push([moment, words]);
    say(`${moment}: ${words}`);
    for (const [what, times] of found) if (mustBeNone && times > 0) faults.push(`${moment}: ${what}, ${times} times`);
  };

  await setToOneMinute(page, site);
  // Without a link, so that what is saved behind the lock can be counted.
  await page.context().setOffline(true);
  await startCanvass(page);
  await waitForReads(page, 4, 240_000);
  const before = foundIn(await heapOf(page), secrets);
  note('before it locks (control)', before, false);
  if ((before.get('plates') ?? 0) === 0 || (before.get('the case number') ?? 0) === 0)
    faults.push('what is on the screen was not found in memory: this rig sees nothing');

  // The last touch of all.
  await page.mouse.move(600, 400);
  const touchedAt = performance.now();
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible({ timeout: 120_000 });
  const lockedAfter = performance.now() - touchedAt;
  figures.push(['locked after', `${(lockedAfter / 1000).toFixed(1)} s, set to 60 s`]);
  const late =
    Math.abs(lockedAfter - LOCKS_AFTER_MS) > LATE_BY_MS ? [`it locked after ${Math.round(lockedAfter)} ms`] : [];

  const shown = await page.content();
  note('on the locked page', foundIn(shown, secrets), true);
  const pictures = await page.locator('video, img, canvas, .plate').count();
  if (pictures > 0) faults.push(`${pictures} pictures or plates are on the locked page`);
  const waiting = (await tablet.status()).waitingRecords;
  await expect.poll(async () => (await tablet.status()).waitingRecords, { timeout: 60_000 }).not.toBe(waiting);
  figures.push(['behind the lock', 'capture goes on']);
  note('in memory, locked and capturing', foundIn(await heapOf(page), secrets), true);

  await unlock(page, site.agency.operator);
  await stopPatrol(page);
  await page.goto(`${site.url}/tablet`);
  await page.getByRole('button', { name: 'I understand' }).click();
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible({ timeout: 60_000 });
  note('in memory, locked after a fresh start', foundIn(await heapOf(page), secrets), true);
  return { figures, faults, late };
}

async function setToOneMinute(page: Page, site: Site): Promise<void> {
  await page.goto(`${site.url}/tablet`);
  await unlock(page, site.agency.operator);
  await page.getByRole('radio', { name: '1 minute', exact: true }).click();
  await page.getByRole('link', { name: 'Platekeeper' }).click();
  await expect(page).toHaveURL(/\/start/);
}

async function startCanvass(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Canvass' }).click();
  await page.getByLabel('Case or ICR number').fill(CASE_NUMBER);
  await page.getByRole('button', { name: /Attest and start/ }).click();
  await expect(page).toHaveURL(/\/scan/);
}
