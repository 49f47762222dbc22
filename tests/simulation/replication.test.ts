import { buildDesigns } from '#designs/build.ts';
import { afterAll, expect, test } from 'vitest';
import type { SessionView } from '#domain/wire/answers.ts';
import { Chance } from './chance.ts';
import { dateOf, SimulatedTablet } from './tablet.ts';
import { World } from './world.ts';

const SEEDS = Number(process.env['SIMULATION_SEEDS'] ?? 3);
const FIRST_SEED = Number(process.env['SIMULATION_FIRST_SEED'] ?? 1);
/** Seeds that once found something stay here by name. */
const BAD_SEEDS: readonly (readonly [number, string])[] = [];

const MINUTE = 60_000;
const designs = await buildDesigns();
let reads = 0;
afterAll(() => {
  console.log(`simulated: ${SEEDS + BAD_SEEDS.length} seeds, ${reads} reads`);
});

/** Some tablets, a bad link, a server that restarts; then quiet, until every queue is drained. */
async function run(seed: number): Promise<void> {
  const chance = new Chance(seed);
  const world = new World(chance, designs, `2026-11-2${chance.below(9)}T${10 + chance.below(13)}:00:00.000Z`);
  try {
    await world.open();
    const cookie = await world.setUp();
    const { member } = await world.must<SessionView>({ method: 'GET', path: '/api/session', cookie });
    const tablets: SimulatedTablet[] = [];
    for (let i = 0; i <= chance.below(3); i++) tablets.push(await SimulatedTablet.enroll(world, cookie, member._id));

    for (let step = 0; step < 60; step++) {
      const tablet = chance.oneOf(tablets);
      world.passes(chance.below(20) * MINUTE);
      if (!tablet.isCapturing) await tablet.beginPeriod();
      else if (chance.happens(0.6)) await tablet.capture();
      else if (chance.happens(0.15)) await tablet.endPeriod();
      else if (chance.happens(0.2)) tablet.restart();
      else if (chance.happens(0.15)) await world.restart();
      else await tablet.replicate({ loss: 0.3 });
    }

    for (const tablet of tablets) await tablet.endPeriod();
    for (let round = 0; round < 100 && !tablets.every((tablet) => tablet.isEmpty); round++) {
      for (const tablet of tablets) await tablet.replicate({ loss: 0.1 });
      await world.server.house.queue.idle();
    }
    await check(world, tablets);
  } finally {
    await world.end();
  }
}

async function check(world: World, tablets: readonly SimulatedTablet[]): Promise<void> {
  const { store } = world.server.house;
  expect(
    tablets.every((tablet) => tablet.isEmpty),
    'every queue drains'
  ).toBe(true);
  const saved = tablets.flatMap((tablet) => tablet.saved);
  reads += saved.length;
  const arrived: { id: string; box: string; plate: unknown }[] = [];
  for (const box of await store.list('reads-')) {
    for (const document of await store.all(box))
      if (document['kind'] === 'read') arrived.push({ id: document._id, box, plate: document['plate'] });
  }
  const byId = (a: { id: string }, b: { id: string }): number => a.id.localeCompare(b.id);
  expect(arrived.sort(byId), 'each saved read is in the box of its date, once').toEqual(
    saved.map((read) => ({ id: read._id, box: `reads-${dateOf(read)}`, plate: read.plate })).sort(byId)
  );
  expect(await store.list('inbox-'), 'no inbox is left').toEqual([]);
  const { rows } = await world.must<{ rows: { counts: { reads: number } }[] }>({
    method: 'GET',
    path: '/api/public/log'
  });
  expect(
    rows.reduce((sum, row) => sum + row.counts.reads, 0),
    'the public log counts every read'
  ).toBe(saved.length);
}

test.each(Array.from({ length: SEEDS }, (_, i) => FIRST_SEED + i))(
  'seed %i: every saved read arrives once over a bad link and a server that restarts',
  run,
  60_000
);

for (const [seed, found] of BAD_SEEDS) test(`seed ${seed} stays good: ${found}`, () => run(seed), 60_000);
