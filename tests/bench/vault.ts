/**
 * `npm run bench:vault`: what saving costs. Reads with two pictures of 15 KB are saved through the built app's own vault in a real
 * browser, one after the other with a pause as between cars. Bars: 5 ms of the page's time a read, 25 ms to "saved" in the middle.
 */
import { cpus, loadavg } from 'node:os';
import { build } from '../../scripts/build.ts';
import { findChromium } from '../../scripts/find-chromium.ts';
import { percentile } from '../torture/rig.ts';
import { startSite } from '../torture/support/site.ts';
import { TabletUnderTorture } from '../torture/support/tablet.ts';

const READS = 200;
const PAGE_MS = 5;
const SAVED_MS = 25;

process.env['CHROMIUM_PATH'] = findChromium();
if (!(await build())) process.exit(1);
const site = await startSite();
try {
  const tablet = new TabletUnderTorture(site);
  await tablet.setUp();
  await tablet.beginPeriod();
  await tablet.save({ plate: 'BNC417', count: 20, abreast: 1 });
  const { tookMs, heldPageMs } = await tablet.save({ plate: 'BNC418', count: READS, abreast: 1, pauseMs: 50 });
  await tablet.switchOff();
  const line = (what: string, values: readonly number[], part: number, bar: number): string =>
    `${what}: median ${percentile(values, 0.5).toFixed(1)} ms, p95 ${percentile(values, 0.95).toFixed(1)} ms ` +
    `(bar ${bar} ms: ${percentile(values, part) <= bar ? 'reached' : 'NOT REACHED'})`;
  console.log(
    `${READS} reads with two pictures of 15 KB; load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} processors`
  );
  console.log(line('time of the page itself a read', heldPageMs, 0.5, PAGE_MS));
  console.log(line('from asking to "saved"', tookMs, 0.5, SAVED_MS));
} finally {
  await site.stop();
}
