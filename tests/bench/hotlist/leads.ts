/**
 * Measures leads on real cars: npm run bench:leads -- [--keep] [--looks FILE]
 *   --keep        print only
 *   --looks FILE  keeps what was read there, and takes it from there the next time
 * Scenes of ../shared/plates/us-scenes, panned past the camera, go the way of the tablet: find, read, follow, vote, name the state, ask the
 * second reader. Then lists of 300,000 invented plates with half of the pictured ones are matched, each scene many times with other halves
 * and other lists. Control: the same with the conditions of the sound switched off one by one.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { matchOdds } from '#domain/matching/match-odds.ts';
import { indexHotlist, matchRead, oddsOf, type Match, type Matched } from '#domain/matching/match.ts';
import { foldPlate } from '#domain/plate/fold.ts';
import {
  ALERT_CONDITIONS,
  alertLevel,
  failedConditions,
  type AlertCondition,
  type HitEvidence
} from '#domain/policy/alert.ts';
import type { HotlistEntry, HotlistVersion } from '#domain/records/hotlist.ts';
import type { GrayImage } from '#recognition/luma.ts';
import { worthOf } from '#recognition/keepsake.ts';
import type { Quad } from '#recognition/protocol.ts';
import { WHOLE_PLATE } from '#recognition/read/jurisdiction.ts';
import { straighten } from '#recognition/rectify/rectify.ts';
import { Lookout } from '#recognition/track/lookout.ts';
import { measured } from '#recognition/track/measured-look.ts';
import type { Pass } from '#recognition/track/pass.ts';
import { Chance } from '#tests/simulation/chance.ts';
import { openEngines, type Engines } from '../../../scripts/read/engines.ts';
import { passFrames } from '../../clips/pass-frames.ts';
import { openStill, stillsIn } from '../clips/stills.ts';
import { realPictures } from '../plates/sets.ts';
import { inventedLines } from './invented.ts';

const PAGE = fileURLToPath(new URL('../../../docs/leads.md', import.meta.url));
const SECOND_STRIP = { width: 256, height: 96 };
const INVENTED = 300_000;
const DRAWS = 12;
const NOW = '2026-11-22T12:00:00.000Z';
const ID = '00000000-0000-4000-8000-000000000001';

/** A settled read of a clip, and the plate that the car really bears. */
interface Settled extends Matched {
  readonly truth: string;
  readonly agreeingLooks: number;
}

/** A match of one read with one list. */
interface Told {
  readonly evidence: HitEvidence;
  readonly isRight: boolean;
  /** the odds when it is known that half of these cars are listed */
  readonly oddsHere: number;
}

const after = (name: string): string | undefined =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined;

const pictures = realPictures();
if (pictures === undefined) {
  console.error('\n  NOT MEASURED: ../shared/plates is not here.\n');
  process.exit(1);
}
const scenes = join(pictures, 'us-scenes');
const stills = (stillsIn(scenes) ?? []).filter(({ plate }) => plate !== '');
const kept = after('--looks');
const reads: Settled[] =
  kept !== undefined && existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as Settled[]) : await readAll();
if (kept !== undefined) writeFileSync(kept, JSON.stringify(reads));

const lines: string[] = [];
const say = (line = ''): void => {
  lines.push(line);
  console.log(line);
};
let [listed, sounded, inTray, nowhere, falseAlarms] = [0, 0, 0, 0, 0];
const told: Told[] = [];
const missed = new Map<AlertCondition, number>();
const only = new Map<AlertCondition, { sounded: number; wrong: number }>();
for (let draw = 0; draw < DRAWS; draw++) measureDraw(draw);

const percent = (part: number, whole: number): string => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);
say('| of cars on the list | |');
say('|---|---|');
say(`| passes of cars that are on the list | ${listed} |`);
say(`| alarm sounded | ${sounded} (${percent(sounded, listed)}; goal 75 % or more) |`);
say(`| waited in the tray | ${inTray} (${percent(inTray, listed)}) |`);
say(
  `| not told: misread beyond two look-alikes, or not read at all | ${nowhere} (${percent(nowhere, listed)}; goal 0) |`
);
say(`| false alarms, of ${DRAWS * stills.length} passes | ${falseAlarms} (goal 0) |`);
say();
say('Why a car on the list waited in the tray (a lead may fail several):');
say();
for (const condition of ALERT_CONDITIONS)
  if ((missed.get(condition) ?? 0) > 0) say(`- ${condition}: ${missed.get(condition) ?? 0}`);
say();
say('Each condition left out alone, as a control:');
say();
say('| left out | sounded | of those wrong |');
say('|---|---|---|');
for (const condition of ALERT_CONDITIONS) {
  const { sounded: heard, wrong } = only.get(condition) ?? { sounded: 0, wrong: 0 };
  say(`| ${condition} | ${heard} | ${wrong} |`);
}
say(`| every one of them | ${told.length} | ${told.filter(({ isRight }) => !isRight).length} |`);
say();
say('What the odds are worth, knowing that half of these cars are listed:');
say();
say('| odds from | matches | mean claim | right | off by |');
say('|---|---|---|---|---|');
for (let tenth = 0; tenth < 10; tenth++) {
  const here = told.filter(({ oddsHere }) => Math.min(9, Math.floor(oddsHere * 10)) === tenth);
  if (here.length === 0) continue;
  const claim = here.reduce((sum, { oddsHere }) => sum + oddsHere, 0) / here.length;
  const right = here.filter(({ isRight }) => isRight).length / here.length;
  say(
    `| ${tenth * 10} % | ${here.length} | ${(100 * claim).toFixed(1)} % | ${(100 * right).toFixed(1)} % | ${Math.abs(100 * (claim - right)).toFixed(1)} points |`
  );
}
if (!process.argv.includes('--keep')) await keep();
process.exit(0);

async function readAll(): Promise<Settled[]> {
  const engines = await openEngines(true);
  const found: Settled[] = [];
  for (const [i, still] of stills.entries()) {
    found.push(...(await readClip(engines, still)));
    if (i % 20 === 19) console.error(`  ${i + 1} of ${stills.length} scenes`);
  }
  return found;
}

async function readClip(engines: Engines, still: (typeof stills)[number]): Promise<Settled[]> {
  const lookout = new Lookout();
  const best = new Map<Pass, { worth: number; picture: GrayImage; quad: Quad }>();
  const settled: Settled[] = [];
  const settle = async (pass: Pass): Promise<void> => {
    const from = best.get(pass);
    if (from === undefined) return;
    const whole = straighten(from.picture, from.quad, WHOLE_PLATE.width, WHOLE_PLATE.height);
    const named = whole && (await engines.jurisdiction?.name(whole, pass.vote.plate));
    const jurisdiction = named?.jurisdiction ?? 'unknown';
    if (jurisdiction !== 'unknown') pass.issuedBy(jurisdiction);
    const strip = straighten(from.picture, from.quad, SECOND_STRIP.width, SECOND_STRIP.height);
    const second = strip && (await engines.second?.read(strip));
    const { plate, confidence, characterConfidences, agreeingLooks } = pass.vote;
    const secondReader =
      second == null ? 'unavailable' : foldPlate(second.plate) === foldPlate(plate) ? 'agrees' : 'differs';
    settled.push({
      truth: still.plate,
      plate,
      jurisdiction,
      confidence,
      characterConfidences,
      agreeingLooks,
      secondReader
    });
  };
  let atMs = 0;
  for await (const frame of passFrames(await openStill(scenes, still), 1)) {
    atMs = frame.atMs;
    const { plateLooks } = await engines.eye.see(frame.picture);
    const looks = measured(plateLooks, frame.picture);
    const passes = lookout.see(looks, atMs);
    for (const [i, pass] of passes.entries()) {
      const plateLook = looks[i];
      const probability = plateLook?.candidates[0]?.probability;
      if (plateLook === undefined || probability === undefined || pass.isSettled) continue;
      const { quad, sharpness } = plateLook;
      const worth = worthOf(quad, probability, sharpness);
      if (worth > (best.get(pass)?.worth ?? -1)) best.set(pass, { worth, picture: frame.picture, quad });
    }
    for (const pass of lookout.due(atMs)) await settle(pass);
  }
  for (const pass of lookout.finish()) await settle(pass);
  return settled;
}

function measureDraw(draw: number): void {
  const chance = new Chance(draw + 1);
  const wanted = stills.filter(() => chance.happens(0.5)).map(({ plate }) => plate);
  const onList = new Set(wanted.map(foldPlate));
  const entries: HotlistEntry[] = wanted.map((plate, i) => ({
    ref: `R-${i}`,
    plate,
    jurisdiction: 'unknown',
    category: 'stolenVehicle',
    expiresAt: null
  }));
  const source = { sourceId: ID, kind: 'mnPlateFile', compareName: 'Invented', existencePublic: true } as const;
  const record = { _id: ID, kind: 'hotlistVersion', schema: 1, source, asOf: NOW, loadedAt: NOW } as const;
  const version: HotlistVersion = { ...record, sha256: 'a'.repeat(64), rows: INVENTED };
  const text = inventedLines(INVENTED, 100 + draw, entries)
    .map((line) => line + '\n')
    .join('');
  const decoder = new TextDecoder();
  const indexed = indexHotlist(version, new TextEncoder().encode(text), (bytes) => decoder.decode(bytes));
  if (indexed.kind === 'refused') throw new Error(indexed.reason);
  const best = new Map<string, 'sound' | 'tray'>();
  for (const read of reads) {
    for (const match of matchRead(read, [indexed.index], NOW)) {
      const one = tell(read, match);
      told.push(one);
      const level = alertLevel(one.evidence);
      if (one.isRight && best.get(read.truth) !== 'sound') best.set(read.truth, level === 'sound' ? 'sound' : 'tray');
      if (level === 'sound' && !one.isRight) falseAlarms++;
      const failed = failedConditions(one.evidence);
      for (const condition of ALERT_CONDITIONS) {
        if (failed.some((other) => other !== condition)) continue;
        const count = only.get(condition) ?? { sounded: 0, wrong: 0 };
        only.set(condition, { sounded: count.sounded + 1, wrong: count.wrong + (one.isRight ? 0 : 1) });
      }
      if (one.isRight && level !== 'sound')
        for (const condition of failed) missed.set(condition, (missed.get(condition) ?? 0) + 1);
    }
  }
  for (const { plate } of stills) {
    if (!onList.has(foldPlate(plate))) continue;
    listed++;
    const level = best.get(plate);
    if (level === 'sound') sounded++;
    else if (level === 'tray') inTray++;
    else nowhere++;
  }
}

function tell(read: Settled, match: Match): Told {
  const evidence: HitEvidence = {
    match: match.kind,
    agreeingLooks: read.agreeingLooks,
    secondReader: read.secondReader,
    jurisdictionCheck: match.jurisdictionCheck,
    listAge: 'fresh',
    odds: oddsOf(read, match),
    flags: [],
    informationOnly: false,
    covert: false
  };
  const oddsHere = matchOdds(read, match.entry.plate, { density: match.listed.density, listedShare: 0.5 });
  return { evidence, isRight: foldPlate(match.entry.plate) === foldPlate(read.truth), oddsHere };
}

async function keep(): Promise<void> {
  const text = `# Leads on real cars

Written by \`npm run bench:leads\`: ${stills.length} scenes of ../shared/plates/us-scenes panned past the camera, ${DRAWS} lists of ${INVENTED.toLocaleString('en-US')} invented
plates with half of the pictured ones in each. The list says no state for the pictured ones: the set does not.

${lines.join('\n')}
`;
  const options = await prettier.resolveConfig(PAGE);
  writeFileSync(PAGE, await prettier.format(text, { ...options, parser: 'markdown' }));
}
