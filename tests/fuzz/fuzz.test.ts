import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { anAgencyOn, aTablet } from '#tests/server/support/agency.ts';
import { Browser } from '#tests/server/support/browser.ts';
import { startServer } from '#tests/server/support/server.ts';
import { faultsOf, fuzz, type Parser } from './fuzz.ts';
import { improperExamples, QUICK, withCryptography } from './parsers.ts';
import { requestsOf } from './requests.ts';

const CASES = 10_000;
/** A seal or a signature takes a millisecond: `npm run torture -- --only S5` attacks these as often as the others. */
const WITH_CRYPTOGRAPHY = 300;
const REQUESTS = 500;
const SEED = 426;

test('what is attacked passes while nobody changes it', () => {
  expect(improperExamples()).toEqual([]);
});

test.each(QUICK.map((parser) => [parser.name, parser] as const))(
  'ten thousand wrong inputs: nothing falls over, hangs or is let through that must not be: %s',
  async (_name, parser) => {
    expect(faultsOf(await fuzz(parser, CASES, SEED))).toEqual([]);
  },
  120_000
);

test('wrong seals and signatures open nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'platekeeper-fuzz-'));
  try {
    for (const parser of await withCryptography(join(folder, 'sealing.json')))
      expect(faultsOf(await fuzz(parser, WITH_CRYPTOGRAPHY, SEED))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 120_000);

test('hostile requests to every route are refused in words, and the server goes on', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const tablet = await aTablet(server, sergeant);
  const attack = requestsOf([sergeant, tablet, new Browser(server)]);
  expect(faultsOf(await fuzz(attack, REQUESTS, SEED))).toEqual([]);
  expect((await sergeant.get('/api/session')).status).toBe(200);
}, 120_000);

test('a parser that falls over, hangs or lets a strange field through is found (control)', async () => {
  const careless: Parser = {
    name: 'careless',
    attack: (chance) => {
      const kind = chance.below(100);
      if (kind === 0) throw new TypeError('undefined is not an object');
      if (kind !== 1) return null;
      return 'a field that nobody knows';
    }
  };
  const found = await fuzz(careless, 1_000, SEED);
  expect(found.crashes.length).toBeGreaterThan(0);
  expect(found.accepted.length).toBeGreaterThan(0);
  let hangs = true;
  const slow: Parser = {
    name: 'slow',
    attack: () => {
      let n = 0;
      for (const startedAt = process.cpuUsage(); hangs && process.cpuUsage(startedAt).user < 60_000;)
        while (n++ % 100_000 > 0);
      hangs = false;
      return null;
    }
  };
  expect((await fuzz(slow, 2, SEED, 50)).hangs).toHaveLength(1);
});
