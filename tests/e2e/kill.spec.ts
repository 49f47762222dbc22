/** R1 as every run of the tests has it. With a thousand kills: `npm run torture -- --only R1 --rounds 1000`. */
import { expect, test } from '@playwright/test';
import { R1 } from '#tests/torture/rigs/r1-kill.ts';

const KILLS = 60;

test(`a browser that is killed ${KILLS} times while it saves, and at times loses IndexedDB, loses no read that was called saved and sends none twice`, async () => {
  const reason = R1.cannotRun?.() ?? null;
  test.skip(reason !== null, `the rig cannot run here: ${reason}`);
  test.setTimeout(1_200_000);
  // How soon it is back is for the rig on a quiet machine to judge: `late` is left alone.
  const { figures, faults } = await R1.run({ rounds: KILLS, seed: 426, say: () => undefined });
  for (const [what, figure] of figures) console.log(`R1, ${what}: ${figure}`);
  expect(faults).toEqual([]);
});
