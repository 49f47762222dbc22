/**
 * A tablet after one visit, with the server killed and the network cut: every screen of the tablet opens and says what is true,
 * a period of use is begun and ended, and all of it arrives when the server is back.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { locationOf } from '#lib/vault/locations.ts';
import { Person, setUpAgency, type Agency } from './support/agency.ts';
import { enroll, kept, signIn, startPatrol, stopPatrol, unlock } from './support/officer.ts';
import { startServer, type RunningServer } from './support/server.ts';

let data: string;
let server: RunningServer;
let agency: Agency;
let tablet: BrowserContext;
let page: Page;
const faults: string[] = [];
let brokenOff = 0;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  data = mkdtempSync(join(tmpdir(), 'platekeeper-offline-'));
  server = await startServer({ data });
  agency = await setUpAgency(server.url, server.setupCode ?? '');
  tablet = await browser.newContext({ permissions: ['camera', 'geolocation'] });
  page = await tablet.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  // The first three tries to fetch the whole app break off at the largest file.
  await tablet.route(/\.onnx$/, async (route) => {
    if (route.request().serviceWorker() === null || brokenOff === 3) return route.fallback();
    brokenOff += 1;
    return route.abort();
  });
  await enroll(page, agency);
  await signIn(page, server.url, agency.operator);
  await expect(page).toHaveURL(/\/start/);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
  expect(brokenOff, 'times the app was not fetched whole').toBe(3);
  await server.kill();
  await tablet.setOffline(true);
});
test.afterAll(async () => {
  await tablet.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

/** Opens an address from nothing, as a cold start does. */
async function open(path: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(server.url + path);
}

/** The same for a screen of the tablet: no key survives a cold start, so the officer signs in by what the tablet holds. */
async function openTablet(path: string): Promise<void> {
  await open(path);
  await unlock(page, agency.operator);
}

test('each screen of the tablet opens without a server and says that there is no link', async () => {
  const nothingWaits = page.getByText('No link · all sent').first();
  for (const [path, at, heading] of [
    ['/', '/start', 'What is this use for?'],
    ['/start', '/start', 'What is this use for?'],
    ['/tray', '/tray', 'Unanswered'],
    ['/period', '/period', 'Summary'],
    ['/tablet', '/tablet', 'This tablet']
  ] as const) {
    await openTablet(path);
    await expect(page.getByRole('heading', { name: heading })).toBeVisible();
    await expect(page).toHaveURL(server.url + at);
    await expect(nothingWaits, path).toBeVisible();
    // Threads of the engines need it, and the service worker must pass the server's headers on.
    expect(await page.evaluate(() => crossOriginIsolated), path).toBe(true);
  }
  await expect(page.getByRole('definition').filter({ hasText: 'Ofc. A. Example' })).toBeVisible();
  await openTablet('/scan');
  await expect(page.getByRole('heading', { name: 'Nothing is being captured' })).toBeVisible();
  await expect(page.getByText('No link. Capture goes on; records wait on this tablet.')).toBeVisible();
});

test('headquarters and the public log say that they need a link, and what to do', async () => {
  for (const path of ['/hq', '/hq/audit', '/hq/people']) {
    await open(path);
    await expect(page.getByRole('heading', { name: 'Headquarters needs a link' })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('link', { name: 'Tablet' }).click();
  await unlock(page, agency.operator);
  await expect(page.getByRole('heading', { name: 'What is this use for?' })).toBeVisible();
  await open('/public');
  await expect(page.getByRole('alert')).toContainText('The server cannot be reached.');
});

test('a period of use begins, survives a cold start and ends without a server; what waits is told everywhere', async () => {
  await startPatrol(page, server.url, agency.operator);
  await expect(page.getByRole('listitem').filter({ hasText: /Camera \d+ fps/ })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/No link: [1-9]\d* waiting, kept on this tablet\./)).toBeVisible();
  await openTablet('/scan');
  await expect(page.getByRole('listitem').filter({ hasText: /Camera \d+ fps/ })).toBeVisible({ timeout: 60_000 });
  await stopPatrol(page);
  await expect(page.getByRole('heading', { name: 'The period is closed' })).toBeVisible();
  await expect(page.getByText(/[1-9]\d* records wait on this tablet until headquarters has them\./)).toBeVisible();
  await expect(page.getByText('Headquarters has everything')).toBeHidden();
  for (const path of ['/start', '/tray', '/period', '/tablet']) {
    await openTablet(path);
    await expect(page.getByText(/No link · [1-9]\d* waiting/).first(), path).toBeVisible();
  }
});

test('no cache holds an answer of the server, and nothing is kept that is not in the list', async () => {
  const cached = await page.evaluate(async () => {
    const found: { readonly cache: string; readonly path: string }[] = [];
    for (const cache of await caches.keys())
      for (const { url } of await (await caches.open(cache)).keys()) found.push({ cache, path: new URL(url).pathname });
    return found;
  });
  expect(cached.length, 'the app itself is kept').toBeGreaterThan(20);
  expect(cached.filter(({ path }) => /^\/(api|db)\b/.test(path))).toEqual([]);
  const left = await kept(page);
  expect(left.files.length, 'the journal of what waits').toBeGreaterThan(0);
  const cookies = await tablet.cookies();
  expect(cookies.map(({ name }) => name)).toContain('__Host-platekeeper');
  const remembered = await page.evaluate(() => Object.entries<string>(sessionStorage));
  const unlisted = [
    ...remembered.map(([name]) => locationOf('sessionStorage', name) ?? name),
    ...cached.map(({ cache }) => locationOf('cacheStorage', cache) ?? cache),
    ...left.files.map((file) => locationOf('privateFiles', file) ?? file),
    ...left.databases.map((name) => locationOf('indexedDB', name) ?? name),
    ...cookies.map(({ name }) => locationOf('cookie', name) ?? name)
  ].filter((found) => typeof found === 'string');
  expect(unlisted).toEqual([]);
  for (const [name, value] of remembered) expect(value, name).toMatch(/^[{}[\]":,\dxy]*$/);
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test('when the server is back everything drains by itself and the period is in the public log', async () => {
  await openTablet('/period');
  await server.restart();
  await tablet.setOffline(false);
  await expect(page.getByText('Headquarters has everything')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Linked · all sent')).toBeVisible();
  await expect.poll(async () => (await kept(page)).files.filter((file) => file.startsWith('journal/'))).toEqual([]);
  const { rows } = await new Person(server.url).ask<{ rows: readonly unknown[] }>('GET', '/api/public/log');
  expect(rows).toHaveLength(1);
  await page.getByRole('link', { name: 'Start another period' }).click();
  await expect(page.getByRole('heading', { name: 'What is this use for?' })).toBeVisible();
  expect(faults).toEqual([]);
});
