/**
 * Measures lists at their size: npm run bench:hotlist -- [--quick] [--keep]
 *   --quick  a tenth of everything, and the page says so
 *   --keep   print only
 * In a worker of this machine's Chromium: how long a list takes to be indexed, and a read to be compared with it, found exactly or looked for
 * among look-alikes. At the server: how long a night's file takes from its first byte to being in force.
 */
import { writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import prettier from 'prettier';
import { anAgencyOn } from '#tests/server/support/agency.ts';
import { openTestServer } from '#tests/server/support/server.ts';
import { Chance } from '#tests/simulation/chance.ts';
import { findChromium, launchChromium } from '../../../scripts/find-chromium.ts';
import { servePages } from '../plates/browser/serve.ts';
import type { Measured } from './browser/worker.ts';
import { inventedRow } from './invented.ts';

const PAGE = fileURLToPath(new URL('../../../docs/hotlist.md', import.meta.url));
const quick = process.argv.includes('--quick');
const ENTRIES = quick ? 100_000 : 1_000_000;
const READS = 5_000;
const lines: string[] = [];
const say = (what: string, goal: string, figure: string): void => {
  lines.push(`| ${what} | ${goal} | ${figure} |`);
  console.log(`${what}: ${figure} (goal ${goal})`);
};

await measureMatching();
await measureImport();
if (!process.argv.includes('--keep')) await keep();
process.exit(0);

async function measureMatching(): Promise<void> {
  findChromium();
  const { url, server } = await servePages(new URL('./browser/', import.meta.url));
  const browser = await chromium.launch({ ...launchChromium(), headless: true });
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => {
      console.error(error.message);
    });
    await page.goto(url);
    await page.waitForFunction(() => window.hotlistBench !== undefined, undefined, { timeout: 120_000 });
    const measured: Measured | undefined = await page.evaluate(
      ([entries, reads]) => window.hotlistBench?.measure(entries ?? 0, reads ?? 0),
      [ENTRIES, READS]
    );
    if (measured === undefined) throw new Error('The page measured nothing.');
    const count = ENTRIES.toLocaleString('en-US');
    say(
      `Indexing ${count} entries (${measured.megabytes.toFixed(0)} MB of lines)`,
      '≤ 1 s',
      `${(measured.build / 1000).toFixed(2)} s`
    );
    say(`A read that is on the list: exact match`, '≤ 1 ms (99 of 100)', bothOf(measured.exact));
    say(`A read that is not: every look-alike looked for`, '≤ 1 ms (99 of 100)', bothOf(measured.lookAlike));
  } finally {
    await browser.close();
    await server.close();
  }
}

async function measureImport(): Promise<void> {
  const server = await openTestServer();
  await anAgencyOn(server);
  const { imports } = server.house;
  const source = {
    sourceId: '00000000-0000-4000-8000-000000000005',
    kind: 'mnPlateFile',
    compareName: 'Minnesota license plate data file',
    existencePublic: true
  } as const;
  const order = { source, asOf: server.now(), format: 'mnNcic', fileName: 'night.txt', isEntitled: false } as const;
  const chance = new Chance(1);
  const chunks: Buffer[] = [];
  for (let at = 0; at < ENTRIES; at += 1_000) {
    let text = '';
    for (let row = at; row < at + 1_000; row++) text += inventedRow(chance, row) + '\n';
    chunks.push(Buffer.from(text));
  }
  const id = await imports.open(order);
  let longestTurn = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    longestTurn = Math.max(longestTurn, performance.now() - last);
    last = performance.now();
  }, 10);
  const start = performance.now();
  const read = await imports.read(id, Readable.from(chunks));
  const released = await imports.release(id, true);
  const seconds = (performance.now() - start) / 1000;
  clearInterval(watch);
  if (read.kind !== 'read' || released.kind !== 'released') throw new Error('The file was not taken.');
  const count = ENTRIES.toLocaleString('en-US');
  say(`Importing a night's file of ${count} rows, looked over and in force`, '≤ 60 s', `${seconds.toFixed(1)} s`);
  say('… longest time that every other request waited meanwhile', '-', `${longestTurn.toFixed(0)} ms`);
}

/** The middle one and the 99th of 100, in milliseconds. */
function bothOf(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(3);
  return `${at(0.99)} ms (half of them within ${at(0.5)} ms)`;
}

async function keep(): Promise<void> {
  const text = `# Hotlists at their size

Written by \`npm run bench:hotlist\`${quick ? ' with --quick: a tenth of everything' : ''}: invented entries, this machine's Chromium, the embedded engine. ${cpus().length} processors, load
${loadavg()[0]?.toFixed(1) ?? ''} while it ran; other work shared them, so that times are upper bounds.

| what | goal | measured |
|---|---|---|
${lines.join('\n')}
`;
  const options = await prettier.resolveConfig(PAGE);
  writeFileSync(PAGE, await prettier.format(text, { ...options, parser: 'markdown' }));
}
