/**
 * `npm run bench:unlock -- [--rounds 30]`: how long an officer waits at the lock, from the press to the open tablet, by password and by
 * passkey, in the built app in a real Chromium without a link. The password is stretched by Argon2id at the shipped cost.
 */
import { parseArgs } from 'node:util';
import { expect, type Page } from '@playwright/test';
import { build } from '../../../scripts/build.ts';
import { findChromium } from '../../../scripts/find-chromium.ts';
import { VirtualAuthenticator } from '#tests/e2e/support/authenticator.ts';
import { ms, percentile } from '../../torture/rig.ts';
import { startSite } from '../../torture/support/site.ts';
import { TabletUnderTorture } from '../../torture/support/tablet.ts';

const GOAL_MS = 1_500;
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '30' } } });
process.env['CHROMIUM_PATH'] = findChromium();
if (!(await build())) process.exit(1);

const site = await startSite();
const tablet = new TabletUnderTorture(site);
try {
  await tablet.setUp();
  const { page } = tablet;
  await withPasskey(page);
  await site.server.kill();

  const locked = page.getByRole('region', { name: 'Locked' });
  const took: Record<'password' | 'passkey', number[]> = { password: [], passkey: [] };
  for (let round = 0; round < 2 * Number(values.rounds); round++) {
    const way = round % 2 === 0 ? 'password' : 'passkey';
    await page.getByRole('button', { name: 'Lock now' }).click();
    await expect(locked).toBeVisible();
    if (way === 'password') await page.getByLabel('Password').fill(site.agency.operator.password);
    const button = page.getByRole('button', { name: way === 'password' ? /^Unlock$/ : /^Unlock with a passkey/ });
    await expect(button).toBeVisible();
    const pressedAt = performance.now();
    await button.click();
    await locked.waitFor({ state: 'hidden', timeout: 60_000 });
    took[way].push(performance.now() - pressedAt);
  }
  for (const [way, all] of Object.entries(took)) {
    const [p50, p95] = [percentile(all, 0.5), percentile(all, 0.95)];
    console.log(`by ${way}: ${all.length} times, p50 ${ms(p50)}, p95 ${ms(p95)} (goal ${ms(GOAL_MS)})`);
  }
} finally {
  await tablet.switchOff();
  await site.stop();
}

/** The officer makes a passkey and signs in with it; the first time the password opens the own key, and the passkey from then on. */
async function withPasskey(page: Page): Promise<void> {
  await VirtualAuthenticator.at(page);
  await page.goto(`${site.url}/hq/account`);
  await page.getByRole('button', { name: /^Make a passkey/ }).click();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.goto(`${site.url}/sign-in`);
  await page.getByRole('button', { name: 'I understand' }).click();
  await page.getByRole('button', { name: /^Sign in with a passkey/ }).click();
  await expect(page.getByRole('alert')).toContainText('Enter your password once');
  await page.getByLabel('Sign-in name').fill(site.agency.operator.signInName);
  await page.getByLabel('Password').fill(site.agency.operator.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/\/start/);
  await page.getByRole('link', { name: /^Tablet 1/ }).click();
}
