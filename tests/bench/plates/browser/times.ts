/** How long a picture takes in Chromium, on one thread and on two. */
import { chromium, type Browser } from '@playwright/test';
import { findChromium, launchChromium } from '../../../../scripts/find-chromium.ts';
import { servePages } from './serve.ts';
import type { Times } from './page.ts';

/** The times of a run with so many threads. */
export interface ThreadTimes {
  readonly threads: number;
  readonly times: readonly Times[];
}

/** Looks at the pictures (paths below `/pictures/`) once for each number of threads. */
export async function timesInChromium(
  pictures: readonly string[],
  threadCounts: readonly number[]
): Promise<ThreadTimes[]> {
  findChromium();
  const { url, server } = await servePages(new URL('./', import.meta.url));
  const browser = await chromium.launch({ ...launchChromium(), headless: true });
  try {
    const results: ThreadTimes[] = [];
    for (const threads of threadCounts)
      results.push({ threads, times: await timesOf(browser, url, pictures, threads) });
    return results;
  } finally {
    await browser.close();
    await server.close();
  }
}

async function timesOf(browser: Browser, url: string, pictures: readonly string[], threads: number): Promise<Times[]> {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error.message));
  await page.goto(`${url}?threads=${threads}`);
  await page.waitForFunction(() => window.bench !== undefined, undefined, { timeout: 120_000 });
  const isolated = await page.evaluate(() => window.bench?.isolated);
  if (threads > 1 && isolated !== true) throw new Error('The page is not isolated, so it has no threads.');
  const times: Times[] = [];
  for (const picture of pictures) {
    const measured = await page.evaluate((path) => window.bench?.timesOf(`/pictures/${path}`), picture);
    if (measured !== undefined) times.push(measured);
  }
  await page.close();
  return times;
}
