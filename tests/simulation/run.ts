/**
 * `npm run simulate -- --seeds 100000 [--first 1]`: seeds of tablets and a server with every fault there is (R10), and what was found.
 * Each seed alone can be run again: `--first SEED --seeds 1`. Exit code 1 when something was found.
 */
import { parseArgs } from 'node:util';
import { buildDesigns } from '#designs/build.ts';
import { found } from './core/headquarters.ts';
import { live } from './core/life.ts';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '2000' }, first: { type: 'string', default: '1' } }
});
const [seeds, first] = [Number(values.seeds), Number(values.first)];
const founded = await found(await buildDesigns());
const startedAt = performance.now();
let [reads, looks, held, destroyed, faults] = [0, 0, 0, 0, 0];
const setAside: Record<string, number> = {};
for (let seed = first; seed < first + seeds; seed++) {
  const lived = await live(seed, founded);
  reads += lived.reads;
  looks += lived.looks;
  held += lived.held;
  destroyed += lived.destroyed;
  for (const [reason, count] of Object.entries(lived.setAside)) setAside[reason] = (setAside[reason] ?? 0) + count;
  for (const fault of lived.faults) console.log(`seed ${seed}: ${fault}`);
  faults += lived.faults.length;
  if ((seed - first + 1) % 1_000 === 0) console.error(`… ${seed - first + 1} of ${seeds} seeds, ${faults} faults`);
}
const seconds = (performance.now() - startedAt) / 1_000;
console.log(
  `${seeds} seeds from ${first} in ${seconds.toFixed(0)} s (${((seconds * 1_000) / seeds).toFixed(1)} ms each): ${reads} records saved, ` +
    `${destroyed} reads destroyed in their time, ${held} copies of reads on hold, ${looks} looks; faults: ${faults}`
);
console.log(`set aside: ${JSON.stringify(setAside)}`);
process.exit(faults === 0 ? 0 : 1);
