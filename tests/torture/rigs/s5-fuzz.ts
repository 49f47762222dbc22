/** S5: wrong inputs by the thousand for every parser that takes bytes from outside, and hostile requests for every route. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultsOf, fuzz } from '#tests/fuzz/fuzz.ts';
import { improperExamples, QUICK, withCryptography } from '#tests/fuzz/parsers.ts';
import { requestsOf } from '#tests/fuzz/requests.ts';
import { anAgencyOn, aTablet } from '#tests/server/support/agency.ts';
import { Browser } from '#tests/server/support/browser.ts';
import { openTestServer } from '#tests/server/support/server.ts';
import type { Rig } from '../rig.ts';

export const S5: Rig = {
  id: 'S5',
  claim: 'hostile bytes and requests: nothing falls over, hangs beyond 3 s, or is let through that must not be',
  rounds: 100_000,
  async run({ rounds, seed, say }) {
    const folder = mkdtempSync(join(tmpdir(), 'platekeeper-fuzz-'));
    const server = await openTestServer({ folder });
    try {
      const sergeant = await anAgencyOn(server);
      const requests = requestsOf([sergeant, await aTablet(server, sergeant), new Browser(server)]);
      const careless = await fuzz(
        { name: 'careless', attack: (chance) => (chance.happens(0.01) ? 'a field that nobody knows' : null) },
        1_000,
        seed
      );
      const figures: [string, string][] = [];
      const faults = [...improperExamples()];
      if (careless.accepted.length === 0) faults.push('the control lets strange fields through and was not found');
      const parsers = [...QUICK, ...(await withCryptography(join(folder, 'fuzz-sealing.json'))), requests];
      for (const parser of parsers) {
        say(parser.name);
        const found = await fuzz(parser, rounds, seed);
        const { crashes, hangs, accepted } = found;
        figures.push([
          parser.name,
          `${rounds} cases: ${crashes.length} fell over, ${hangs.length} hung, ${accepted.length} let through`
        ]);
        faults.push(...faultsOf(found));
      }
      return { figures, faults };
    } finally {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
};
