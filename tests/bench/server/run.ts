/**
 * Measures the server: npm run bench:server -- [--quick] [--keep]
 *   --quick  a tenth of everything, and the page says so
 *   --keep   print only
 * Destroying a day box, certificate included; a search by plate over every day box the law lets an agency have; what the entry in the audit
 * trail costs. On the embedded engine. Absolute times depend on the machine and on what else it does; ratios do not.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { loadDesigns } from '#designs/load.ts';
import { DAY_MS, instantOf, msOf } from '#domain/time/instant.ts';
import { inventoryOf } from '#server/destroyer/inventory.ts';
import { verifyGone } from '#server/destroyer/verify.ts';
import type { SearchAnswer } from '#domain/wire/answers.ts';
import { aMemberWith, anAgencyOn } from '#tests/server/support/agency.ts';
import type { Browser } from '#tests/server/support/browser.ts';
import { REASON } from '#tests/server/support/capture.ts';
import { NOON, openTestServer, type TestServer } from '#tests/server/support/server.ts';
import { fillBox, plateOf } from './boxes.ts';

const PAGE = fileURLToPath(new URL('../../../docs/server.md', import.meta.url));
const quick = process.argv.includes('--quick');
const scale = quick ? 10 : 1;
// 59 days is the longest retention: sixty less the day to finish.
const KEPT_DAYS = 59;
const READS_A_DAY = Math.round(300_000 / KEPT_DAYS / scale);
const BOXES = { small: 10_000 / scale, large: 100_000 / scale };
const SEARCHES = quick ? 30 : 200;

/** Milliseconds waited, and milliseconds the processor worked. */
interface Took {
  readonly wall: number;
  readonly cpu: number;
}

const designs = await loadDesigns();
const lines: string[] = [];
const say = (what: string, goal: string, figure: string): void => {
  lines.push(`| ${what} | ${goal} | ${figure} |`);
  console.log(`${what}: ${figure} (goal ${goal})`);
};

await measureDestruction();
await measureSearch();
if (!process.argv.includes('--keep')) await keep();
process.exit(0);

async function measureDestruction(): Promise<void> {
  const small = await destroyBox(BOXES.small);
  const large = await destroyBox(BOXES.large);
  const reads = BOXES.large.toLocaleString('en-US');
  say(`Destroying a day box of ${reads} reads, certificate included`, '≤ 5 s', bothOf(large.total));
  say('… of that, looking through it for the certificate', '-', bothOf(large.inventory));
  say('… of that, taking it out of the engine and looking whether it is gone', '-', bothOf(large.drop));
  say(`… the same of a box of ${BOXES.small.toLocaleString('en-US')} reads`, '-', bothOf(small.drop));
}

async function destroyBox(reads: number): Promise<{ total: Took; inventory: Took; drop: Took }> {
  const server = await openTestServer();
  await anAgencyOn(server);
  const date = NOON.slice(0, 10);
  await fillBox(server.store, designs, { date, reads, keptDays: 30 });
  const inventory = await timed(() => inventoryOf(server.store, `reads-${date}`, '0'.repeat(64)));
  // By itself: the difference of total and inventory would be mostly noise.
  const other = instantOf(msOf(NOON) - DAY_MS).slice(0, 10);
  await fillBox(server.store, designs, { date: other, reads, keptDays: 30 });
  const drop = await timed(async () => {
    await server.store.drop(`reads-${other}`);
    await verifyGone(server.store, `reads-${other}`);
  });
  server.pass(31 * DAY_MS);
  const total = await timed(async () => {
    const destroyed = await server.house.destroyer.run();
    if (destroyed.length !== 1) throw new Error('The box was not destroyed.');
  });
  await end(server);
  return { total, inventory, drop };
}

async function measureSearch(): Promise<void> {
  const server = await openTestServer();
  const sergeant = await anAgencyOn(server);
  await sergeant.put('/api/agency', { retentionDays: KEPT_DAYS, backupDays: 0, suspended: false });
  const investigator = await aMemberWith(server, sergeant, 'investigator');
  const today = msOf(NOON);
  for (let day = 0; day < KEPT_DAYS; day++) {
    const date = instantOf(today - day * DAY_MS).slice(0, 10);
    await fillBox(server.store, designs, { date, reads: READS_A_DAY, keptDays: KEPT_DAYS });
  }
  const times: Took[] = [];
  let rows = 0;
  let inBoxes = 0;
  for (let n = 0; n < SEARCHES; n++)
    times.push(await timed(async () => ([rows, inBoxes] = await searched(investigator, n))));
  const entries: Took[] = [];
  for (let n = 0; n < SEARCHES; n++)
    entries.push(
      await timed(() =>
        server.house.trail.record(
          { action: 'searchReads', caseNumber: 'ICR 26-1001' },
          { name: 'bench', roles: ['auditor'] }
        )
      )
    );
  say(
    `Search by plate over ${KEPT_DAYS} day boxes, ${inBoxes.toLocaleString('en-US')} reads, all ${rows} rows, with its audit entry, p95`,
    '≤ 100 ms',
    spread(times)
  );
  say('The entry in the audit trail, p50', '≤ 5 ms', spread(entries));
  await end(server);
}

async function searched(investigator: Browser, n: number): Promise<[rows: number, inBoxes: number]> {
  const request = { ...REASON, plate: plateOf(n * 7), from: '2026-09-01', to: '2026-12-31' };
  const answer = await investigator.post('/api/reads/search', request);
  if (answer.status !== 200) throw new Error(`The search was refused: ${answer.status}.`);
  const found = answer.body as SearchAnswer;
  if (found.rows.length < KEPT_DAYS) throw new Error('The search did not find what is there.');
  return [found.rows.length, found.readsInBoxes];
}

async function end(server: TestServer): Promise<void> {
  await server.close();
  rmSync(server.folder, { recursive: true, force: true });
}

async function timed(work: () => Promise<unknown>): Promise<Took> {
  const from = performance.now();
  const cpuFrom = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpuFrom);
  return { wall: performance.now() - from, cpu: (user + system) / 1000 };
}

function share(times: readonly number[], part: number): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * part)] ?? NaN;
}

/** What a person waits at the middle and at the slow end, and what the processor worked for it: that holds on a busy machine too. */
function spread(took: readonly Took[]): string {
  const wall = took.map((one) => one.wall);
  const cpu = took.map((one) => one.cpu);
  return `p95 ${ms(share(wall, 0.95))}, p50 ${ms(share(wall, 0.5))}; processor p50 ${ms(share(cpu, 0.5))}`;
}

function bothOf({ wall, cpu }: Took): string {
  return wall < 100
    ? `${ms(wall)}; processor ${ms(cpu)}`
    : `${(wall / 1000).toFixed(2)} s; processor ${(cpu / 1000).toFixed(2)} s`;
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
}

async function keep(): Promise<void> {
  const load = loadavg()[0] ?? 0;
  const text = `# What the server takes

\`npm run bench:server\` writes this page. Embedded engine, reads without pictures${quick ? ', a tenth of the size' : ''}; ${cpus().length} cores, Node ${process.versions.node}, ${load.toFixed(0)} processes
waiting for a core while it ran: times are upper bounds, ratios are what to look at. ${new Date().toISOString().slice(0, 10)}.

| what | goal | measured |
| --- | --- | --- |
${lines.join('\n')}

Taking a box out removes one file: no read is touched, and what is left to grow is the space that the file system gives back. What grows with the
reads is looking through them for the certificate's counts and root. A search counts every box it looked in and writes its entry before it answers; both are in the figure.
`;
  writeFileSync(PAGE, await prettier.format(text, { parser: 'markdown' }));
  console.log('docs/server.md is written.');
}
