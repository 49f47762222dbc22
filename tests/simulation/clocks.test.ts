import { expect, test } from 'vitest';
import { Chance } from './chance.ts';
import { live, type Fault, type Rule } from './timeline.ts';

const TIMELINES = Number(process.env['CLOCK_TIMELINES'] ?? 5_000);
const FIRST_SEED = Number(process.env['SIMULATION_FIRST_SEED'] ?? 1);

function liveAll(timelines: number, rule?: Rule) {
  const faults: (Fault & { readonly seed: number })[] = [];
  let [collected, destroyed] = [0, 0];
  for (let seed = FIRST_SEED; seed < FIRST_SEED + timelines; seed++) {
    const lived = live(new Chance(seed), rule);
    faults.push(...lived.faults.map((fault) => ({ seed, ...fault })));
    collected += lived.collected;
    destroyed += lived.destroyed;
  }
  return { faults, collected, destroyed };
}

test('in 5,000 timelines with wrong clocks nothing older than its limit is shown or kept, and nothing is destroyed early while the time was known', () => {
  const { faults, collected, destroyed } = liveAll(TIMELINES);
  console.log(`clocks: ${TIMELINES} timelines, ${collected} boxes collected, ${destroyed} destroyed`);
  expect(destroyed).toBeGreaterThan(TIMELINES);
  expect(faults.slice(0, 5)).toEqual([]);
}, 300_000);

test('a sweep that believes the clock on the wall keeps too long and destroys early (control)', () => {
  const { faults } = liveAll(500, (_, { wall }) => wall);
  expect(new Set(faults.map(({ what }) => what))).toEqual(new Set(['shownTooOld', 'keptTooLong', 'destroyedEarly']));
});
