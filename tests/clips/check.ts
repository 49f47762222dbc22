/**
 * Makes a clip, plays it as Chromium's camera and has the real worker read it: npx tsx tests/clips/check.ts [--street].
 * Prints what was expected and what was settled; fails when a plate of the clip was not read.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { foldPlate } from '#domain/plate/fold.ts';
import { fakeCameraFlags, launchChromium } from '../../scripts/find-chromium.ts';
import { servePages } from '../bench/plates/browser/serve.ts';
import { makeClip } from './make-clip.ts';
import { scenesForClips, streetScene } from './scenes.ts';

const folder = mkdtempSync(join(tmpdir(), 'clip-'));
const out = join(folder, 'clip.mjpeg');
const scenes = process.argv.includes('--street') ? [streetScene()] : scenesForClips(7);
const { plates, seconds } = await makeClip({ scenes, out });
const { url, server } = await servePages(new URL('./', import.meta.url));
const browser = await chromium.launch({ ...launchChromium(...fakeCameraFlags(out)), headless: true });
try {
  const page = await browser.newPage();
  await page.goto(`${url}watch.html`);
  await page.waitForFunction(() => window.watch !== undefined);
  const watched = await page.evaluate((duration) => window.watch?.(duration), seconds * 1.25);
  if (watched === undefined) throw new Error('The clip was not watched.');
  const { reads, looks, detectMs, readMs } = watched;
  console.log(
    `${seconds} s of clip, ${looks} looks; detect ${detectMs.toFixed(0)} ms, read ${readMs.toFixed(0)} ms a look`
  );
  for (const read of reads) {
    const expected = plates.some((plate) => foldPlate(plate) === foldPlate(read.plate)) ? 'expected' : 'NOT EXPECTED';
    console.log(
      `${read.plate.padEnd(9)} ${expected.padEnd(13)} ${read.confidence.toFixed(2)} ${read.agreeingLooks}/${read.looks} looks, ` +
        `settled after ${(read.lastSeenMs - read.firstSeenMs).toFixed(0)} ms, second ${read.secondReader}, ${read.bytes.join('+')} bytes`
    );
  }
  const missed = plates.filter((plate) => !reads.some((read) => foldPlate(read.plate) === foldPlate(plate)));
  console.log(`${plates.length - missed.length} of ${plates.length} plates of the clip were read`);
  if (missed.length > 0) process.exitCode = 1;
} finally {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true });
}
