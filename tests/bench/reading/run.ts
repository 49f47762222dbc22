/**
 * Measures plate reading on real pictures, in Chromium, with the recognition's own modules: npm run bench:reading.
 * Writes results.md beside it. Without ../shared/plates it says so and measures nothing. --quick leaves the second reader out and writes
 * nothing; --errors lists what was not read right.
 */
import { writeFileSync } from 'node:fs';
import { chromium, type Page } from '@playwright/test';
import { foldPlate } from '#domain/plate/fold.ts';
import { findChromium, launchChromium } from '../../../scripts/find-chromium.ts';
import { labelsOf, type Labeled } from './labels.ts';
import type { Reading } from './page.ts';
import { realPictures, servePages } from './serve.ts';
import { report, type Measured } from './report.ts';

const pictures = realPictures();
if (pictures === undefined) {
  console.error('\n  SKIPPED: ../shared/plates is not here, so plate reading was NOT measured.\n');
  process.exit(0);
}

const askSecond = !process.argv.includes('--quick');
findChromium();
const { url, server } = await servePages(new URL('./', import.meta.url));
const browser = await chromium.launch({ ...launchChromium(), headless: true });
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error.message));
  await page.goto(url);
  await page.waitForFunction(() => window.bench !== undefined, undefined, { timeout: 120_000 });

  const scenes = await readScenes(page, labelsOf(pictures, 'us-scenes'));
  const crops = await readCrops(page, labelsOf(pictures, 'us-crops'));
  const text = report({ scenes, crops: crops.margins, strips: crops.strips, askSecond });
  console.log(text);
  if (askSecond) writeFileSync(new URL('results.md', import.meta.url), text);
  if (process.argv.includes('--errors')) {
    for (const { labeled, reading } of [...scenes, ...crops.margins]) {
      if (foldPlate(reading.plate) !== foldPlate(labeled.plate))
        console.log(labeled.file, labeled.plate, reading.plate, reading.confidence.toFixed(2));
    }
  }
} finally {
  await browser.close();
  await server.close();
}

async function readScenes(page: Page, labels: readonly Labeled[]): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const labeled of labels) {
    const reading: Reading | undefined = await page.evaluate(
      ([file, second]) => window.bench?.readScene(`/pictures/us-scenes/${file}`, second),
      [labeled.file, askSecond] as const
    );
    if (reading !== undefined) measured.push({ labeled, reading });
  }
  return measured;
}

async function readCrops(page: Page, labels: readonly Labeled[]): Promise<{ strips: Measured[]; margins: Measured[] }> {
  const strips: Measured[] = [];
  const margins: Measured[] = [];
  for (const labeled of labels) {
    const both = await page.evaluate(([file, second]) => window.bench?.readCrop(`/pictures/us-crops/${file}`, second), [
      labeled.file,
      askSecond
    ] as const);
    if (both === undefined) continue;
    strips.push({ labeled, reading: both.strip });
    margins.push({ labeled, reading: both.margins });
  }
  return { strips, margins };
}
