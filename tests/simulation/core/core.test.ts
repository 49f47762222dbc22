/**
 * R10: seeds of tablets and a server with every fault there is. Here as many as fit a run of the tests; more by
 * `npm run simulate -- --seeds 100000`.
 */
import { buildDesigns } from '#designs/build.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { found, type Founded } from './headquarters.ts';
import { live } from './life.ts';
import { PLANTED } from './plants.ts';

const SEEDS = 25;
/** Seeds that once found something stay here by name. */
const BAD_SEEDS: readonly (readonly [number, string])[] = [];
const CONTROL_SEEDS = 100;

let founded: Founded;
let [reads, looks, held] = [0, 0, 0];
beforeAll(async () => {
  founded = await found(await buildDesigns());
});
afterAll(() => {
  console.log(`simulated: ${SEEDS} seeds, ${reads} records saved, ${looks} looks, ${held} copies of reads on hold`);
});

test(`in ${SEEDS} seeds nothing saved is lost or there twice, nothing is past its date, every look has its entry, every queue drains`, async () => {
  const faults: string[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const lived = await live(seed, founded);
    faults.push(...lived.faults.map((fault) => `seed ${seed}: ${fault}`));
    reads += lived.reads;
    looks += lived.looks;
    held += lived.held;
  }
  expect(faults.slice(0, 5)).toEqual([]);
}, 300_000);

test.each(BAD_SEEDS)('seed %i stays good: %s', async (seed) => {
  expect((await live(seed, founded)).faults).toEqual([]);
});

test.each(Object.entries(PLANTED))(
  '%s is found (control)',
  async (_, { plants, found: fault }) => {
    // What the server itself notices, and then does not open, is found too.
    const faultsOf = (seed: number): Promise<readonly string[]> =>
      live(seed, founded, plants).then(
        ({ faults }) => faults,
        (error: unknown) => [String(error)]
      );
    for (let seed = 1; seed <= CONTROL_SEEDS; seed++) if ((await faultsOf(seed)).some((one) => fault.test(one))) return;
    expect.fail(`not found in ${CONTROL_SEEDS} seeds`);
  },
  120_000
);
