/**
 * `npm run torture -- --only R1 [--rounds 1000] [--seed 7]`: tortures the built app in a real browser and prints figures. Without
 * --only it runs every rig. Exit code 1 when a rig found something, or a control did not.
 */
import { parseArgs } from 'node:util';
import { build } from '../../scripts/build.ts';
import { findChromium } from '../../scripts/find-chromium.ts';
import { RIGS } from './rigs.ts';

const { values } = parseArgs({
  options: { only: { type: 'string' }, rounds: { type: 'string' }, seed: { type: 'string', default: '426' } }
});
const wanted = values.only?.split(',').map((id) => id.trim().toUpperCase());
const unknown = wanted?.filter((id) => !RIGS.some((rig) => rig.id === id)) ?? [];
const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
if (unknown.length > 0 || (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))) {
  console.error(`Usage: npm run torture -- [--only ${RIGS.map((rig) => rig.id).join(',')}] [--rounds N] [--seed N]`);
  process.exit(2);
}

process.env['CHROMIUM_PATH'] = findChromium();
if (!(await build())) process.exit(1);

let failed = false;
for (const rig of RIGS) {
  if (wanted !== undefined && !wanted.includes(rig.id)) continue;
  console.log(`\n${rig.id}: ${rig.claim}`);
  const reason = rig.cannotRun?.() ?? null;
  if (reason !== null) {
    console.log(`  ${rig.id} WAS SKIPPED: ${reason}.`);
    continue;
  }
  const startedAt = performance.now();
  const {
    figures,
    faults,
    late = []
  } = await rig.run({
    rounds: rounds ?? rig.rounds,
    seed: Number(values.seed),
    say: (line) => {
      console.log(`  … ${line}`);
    }
  });
  for (const [what, figure] of figures) console.log(`  ${what}: ${figure}`);
  for (const fault of [...faults, ...late]) console.log(`  FAULT: ${fault}`);
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  console.log(
    `  ${rig.id} ${faults.length + late.length === 0 ? 'passed' : 'FAILED'} in ${minutes} min, seed ${values.seed}`
  );
  failed ||= faults.length + late.length > 0;
}
process.exit(failed ? 1 : 0);
