/** What has gone wrong elsewhere, case by case (LAW section 8): each ends without an alarm, or with the failed check shown. */
import { expect, test } from 'vitest';
import { aHit } from '#tests/builders/records.ts';
import { HotlistTable } from '../matching/hotlist-table.ts';
import { matchRead, oddsOf, type HotlistIndex, type Match, type Matched } from '../matching/match.ts';
import { packList } from '../matching/packed-line.ts';
import type { EyeChecks, Hit, Verification } from '../records/hit.ts';
import type { HotlistEntry } from '../records/hotlist.ts';
import { alertLevel, failedConditions, type HitEvidence } from './alert.ts';
import { leadSound } from './alert-sound.ts';
import { listAge } from './list-age.ts';
import { mayRecordEnforcement } from './verification.ts';

const NOW = '2026-11-22T12:00:00.000Z';
const AT_SIX = '2026-11-22T06:00:00.000Z';
const STOP = { kind: 'stop' } as const;
const CONFIRMED: Verification = { method: 'nlets', at: NOW, result: 'confirmed' };
const ALIKE: EyeChecks = { characters: 'yes', state: 'yes', vehicle: 'yes', driver: 'cannotTell' };

function aList(entries: readonly Partial<HotlistEntry>[], asOf = AT_SIX): HotlistIndex {
  const proper = entries.map((given, i) => ({
    ref: `V-${i}`,
    plate: 'TST042',
    jurisdiction: 'MN',
    category: 'stolenVehicle' as const,
    expiresAt: null,
    ...given
  }));
  const id = '7d0e5a3c-0f7c-4f3b-9c55-0d6c3a0a0001';
  const source = { sourceId: id, kind: 'mnPlateFile', compareName: 'The file', existencePublic: true } as const;
  const version = { _id: id, kind: 'hotlistVersion', schema: 1, source, asOf, loadedAt: asOf } as const;
  return {
    version: { ...version, sha256: 'a'.repeat(64), rows: entries.length },
    table: new HotlistTable(new TextEncoder().encode(packList(proper)), (bytes) => new TextDecoder().decode(bytes))
  };
}

/** Two good looks, both readers of one mind, sure of every character: the reader at its best. */
function aRead(plate: string, given: Partial<Matched> = {}): Matched {
  const characterConfidences = [...plate].map(() => 0.999);
  return { plate, jurisdiction: 'unknown', confidence: 0.995, characterConfidences, secondReader: 'agrees', ...given };
}

function evidenceOf(read: Matched, match: Match, given: Partial<HitEvidence> = {}): HitEvidence {
  return {
    match: match.kind,
    agreeingLooks: 3,
    secondReader: read.secondReader,
    jurisdictionCheck: match.jurisdictionCheck,
    listAge: listAge(match.version.asOf, NOW),
    odds: oddsOf(read, match),
    flags: match.entry.flags ?? [],
    informationOnly: match.entry.informationOnly === true,
    covert: false,
    ...given
  };
}

function theMatch(read: Matched, list: HotlistIndex): Match {
  const [match] = matchRead(read, [list], NOW);
  if (match === undefined) throw new Error('Nothing matched.');
  return match;
}

const mayStop = (checks: EyeChecks | null, given: Partial<Hit> = {}, verification: Verification | null = CONFIRMED) =>
  mayRecordEnforcement({ ...aHit({ answer: 'correctRead', ...given }), checks }, verification, STOP);

test('Green v. San Francisco: 5SOW350 read as 5SOW750 on a blurred picture sounds no alarm, and a Lexus is not the stolen truck', () => {
  const list = aList([{ plate: '5SOW750', jurisdiction: 'CA' }]);
  // As the car's plate really reads, nothing matches: 3 and 7 are no look-alikes.
  expect(matchRead(aRead('5SOW350'), [list], NOW)).toEqual([]);
  const blurred = aRead('5SOW750', {
    confidence: 0.55,
    characterConfidences: [0.99, 0.99, 0.99, 0.99, 0.56, 0.99, 0.99],
    secondReader: 'differs'
  });
  const evidence = evidenceOf(blurred, theMatch(blurred, list), { agreeingLooks: 1 });
  expect(alertLevel(evidence)).toBe('tray');
  expect(failedConditions(evidence)).toEqual(['twoLooksAgree', 'bothReadersAgree', 'oddsAreHigh']);
  // Nobody could read the plate, and the vehicle differs: both end it, whatever a radio says.
  expect(mayStop({ ...ALIKE, characters: 'cannotTell' })).toMatchObject({ code: 'notCompared' });
  expect(mayStop({ ...ALIKE, vehicle: 'no' })).toMatchObject({ code: 'differs' });
  expect(mayStop(ALIKE, {}, null)).toMatchObject({ code: 'notVerified' });
});

test('Gilliam, Aurora: a Colorado car with the number of a Montana motorcycle sounds no alarm once its state is read, and its state is asked in any case', () => {
  const list = aList([{ plate: 'TST042', jurisdiction: 'MT', vehicle: { style: 'motorcycle' } }]);
  const colorado = aRead('TST042', { jurisdiction: 'CO' });
  const evidence = evidenceOf(colorado, theMatch(colorado, list));
  expect(alertLevel(evidence)).toBe('tray');
  expect(failedConditions(evidence)).toEqual(['stateDoesNotDiffer']);
  const unread = theMatch(aRead('TST042'), list);
  expect(unread.jurisdictionCheck).toBe('unknown');
  expect(mayStop({ ...ALIKE, state: 'no' })).toMatchObject({ code: 'differs' });
  expect(mayStop({ ...ALIKE, vehicle: 'no' })).toMatchObject({ code: 'differs' });
});

test('Molner, Prairie Village: 7 read as 2 in traffic sounds no alarm, and "unable to compare" does not open a stop', () => {
  const list = aList([{ plate: 'TST042', vehicle: { make: 'Oldsmobile' } }]);
  expect(matchRead(aRead('TST047'), [list], NOW)).toEqual([]);
  const misread = aRead('TST042', {
    confidence: 0.7,
    characterConfidences: [1, 1, 1, 1, 1, 0.7],
    secondReader: 'differs'
  });
  expect(alertLevel(evidenceOf(misread, theMatch(misread, list)))).toBe('tray');
  expect(mayStop({ ...ALIKE, characters: 'cannotTell' })).toMatchObject({ code: 'notCompared' });
  expect(mayStop({ ...ALIKE, vehicle: 'no' })).toMatchObject({ code: 'differs' });
});

test('Española: a 2 for a 7 is no match, and a look-alike never sounds', () => {
  expect(matchRead(aRead('TST247'), [aList([{ plate: 'TST277' }])], NOW)).toEqual([]);
  const read = aRead('TSTB42');
  const evidence = evidenceOf(read, theMatch(read, aList([{ plate: 'TST842' }])));
  expect(failedConditions(evidence)).toContain('exactMatch');
  expect(alertLevel(evidence)).toBe('tray');
});

test('Hofer, Contra Costa: a rental whose theft was cleared ends at the live check, and a list of yesterday sounds no alarm', () => {
  const read = aRead('TST042');
  const stale = theMatch(read, aList([{}], '2026-11-21T06:00:00.000Z'));
  expect(failedConditions(evidenceOf(read, stale))).toEqual(['listIsFresh']);
  expect(mayStop(ALIKE, {}, { method: 'mnjis', at: NOW, result: 'notOnFile' })).toMatchObject({ code: 'notConfirmed' });
});

test('Hinshaw: a record that asks for no action ("impounded") sounds no alarm', () => {
  const read = aRead('TST042');
  const evidence = evidenceOf(read, theMatch(read, aList([{ informationOnly: true }])));
  expect(alertLevel(evidence)).toBe('tray');
  expect(failedConditions(evidence)).toEqual(['asksForAction']);
});

test('an owner’s suspended license says nothing of who drives: a driver who is not the owner is not stopped for it', () => {
  expect(mayStop({ ...ALIKE, driver: 'no' }, { category: 'licenseSuspended' })).toMatchObject({ code: 'differs' });
});

test('Colorado: a list that holds both spellings of a plate sounds no alarm for either', () => {
  const read = aRead('TST0O1');
  const evidence = evidenceOf(read, theMatch(read, aList([{ plate: 'TSTO01', flags: ['twin'] }])));
  expect(failedConditions(evidence)).toEqual(['entryIsSound']);
});

test('one impounded car that passes 58 times is told once', () => {
  let lastSoundedMs: number | undefined;
  let told = 0;
  for (let pass = 0; pass < 58; pass++) {
    const nowMs = pass * 5_000;
    const sound = leadSound({ level: 'sound', category: 'stolenVehicle' }, { nowMs, lastSoundedMs, muteNormal: false });
    if (sound.kind !== 'sound') continue;
    told++;
    lastSoundedMs = nowMs;
  }
  expect(told).toBe(1);
});

test('a Harvest Church sign: a word that matches a short entry by chance has no odds', () => {
  // A list with every second plate of two characters: whatever is read there matches something.
  const letters = Array.from('ABCDEFGHJKLMNPQRSTUVWXYZ');
  const short = letters.flatMap((letter) => [1, 3, 5, 7, 9].map((digit) => ({ plate: `${letter}${digit}` })));
  const read = aRead('H7', { confidence: 0.9, characterConfidences: [0.95, 0.95] });
  const evidence = evidenceOf(read, theMatch(read, aList(short)));
  expect(evidence.odds).toBeLessThan(0.5);
  expect(alertLevel(evidence)).toBe('tray');
});
