import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anId } from '#tests/builders/records.ts';
import { differences } from '../plate/confusable.ts';
import { foldPlate } from '../plate/fold.ts';
import type { HotlistEntry, HotlistSource, HotlistVersion } from '../records/hotlist.ts';
import { indexHotlist, matchRead, MOST_LOOK_ALIKES, oddsOf, type HotlistIndex, type Matched } from './match.ts';
import { packList } from './packed-line.ts';

const NOW = '2026-11-22T12:00:00.000Z';
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const FILE: HotlistSource = {
  sourceId: anId(5),
  kind: 'mnPlateFile',
  compareName: 'Minnesota license plate data file',
  existencePublic: true
};

const entry = (given: Partial<HotlistEntry>): HotlistEntry => ({
  ref: 'V-1',
  plate: 'TST042',
  jurisdiction: 'MN',
  category: 'stolenVehicle',
  expiresAt: null,
  ...given
});

function versionOf(asOf: string, source: HotlistSource, rows: number): HotlistVersion {
  return {
    _id: anId(6),
    kind: 'hotlistVersion',
    schema: 1,
    source,
    asOf,
    loadedAt: asOf,
    sha256: 'a'.repeat(64),
    rows
  };
}

function indexed(entries: readonly HotlistEntry[], asOf = '2026-11-22T06:00:00.000Z', source = FILE): HotlistIndex {
  const lines = new TextEncoder().encode(packList(entries));
  const outcome = indexHotlist(versionOf(asOf, source, entries.length), lines, decode);
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  return outcome.index;
}

function aRead(plate: string, given: Partial<Matched> = {}): Matched {
  const characterConfidences = [...plate].map(() => 0.99);
  return { plate, jurisdiction: 'unknown', confidence: 0.95, characterConfidences, secondReader: 'notAsked', ...given };
}

const matched = (plate: string, entries: HotlistEntry[], jurisdiction = 'unknown', asOf?: string) =>
  matchRead(aRead(plate, { jurisdiction }), [indexed(entries, asOf)], NOW)[0];

test('a read matches an entry that writes zero for the letter O', () => {
  expect(matched('0XY17Z', [entry({ plate: 'OXY17Z' })])?.kind).toBe('exact');
});

test('one or two look-alike characters apart is a look-alike match and says so; three are none', () => {
  expect(matched('TST842', [entry({ plate: 'TSTB42' })])?.kind).toBe('confusable');
  expect(matched('TZT842', [entry({ plate: 'T2TB42' })])?.kind).toBe('confusable');
  expect(matched('TZT8A2', [entry({ plate: 'T2TB42' })])).toBeUndefined();
});

test('an exact entry goes before a look-alike one', () => {
  const entries = [entry({ ref: 'V-1', plate: 'TSTB42' }), entry({ ref: 'V-2', plate: 'TST842' })];
  expect(matched('TST842', entries)?.entry.ref).toBe('V-2');
});

test('a character is never added or dropped to make a match', () => {
  expect(matched('TST04', [entry({})])).toBeUndefined();
  expect(matched('TST0422', [entry({})])).toBeUndefined();
});

test('what matches differs from the read by look-alikes alone, two at most, and everything so near is found', () => {
  const plate = fc.stringMatching(/^[A-Z0-9]{2,8}$/);
  fc.assert(
    fc.property(plate, fc.array(plate, { minLength: 1, maxLength: 60 }), (read, plates) => {
      const index = indexed(plates.map((text, i) => entry({ ref: `V-${i}`, plate: text })));
      const near = plates.filter((text) => {
        const found = differences(foldPlate(read), foldPlate(text));
        return found !== undefined && found.length <= MOST_LOOK_ALIKES && found.every(({ lookAlike }) => lookAlike);
      });
      const [match] = matchRead(aRead(read), [index], NOW);
      if (match === undefined) expect(near).toEqual([]);
      else expect(near).toContain(match.entry.plate);
    })
  );
});

test('the jurisdiction is compared apart and an unknown one is never taken for a match', () => {
  expect(matched('TST042', [entry({})])?.jurisdictionCheck).toBe('unknown');
  expect(matched('TST042', [entry({})], 'WI')?.jurisdictionCheck).toBe('mismatch');
  expect(matched('TST042', [entry({})], 'MN')?.jurisdictionCheck).toBe('match');
});

test('of two entries with one plate the one whose state agrees is told', () => {
  const entries = [entry({ ref: 'V-1', jurisdiction: 'WI' }), entry({ ref: 'V-2', jurisdiction: 'MN' })];
  expect(matched('TST042', entries, 'MN')?.entry.ref).toBe('V-2');
  expect(matched('TST042', entries, 'WI')?.entry.ref).toBe('V-1');
});

test('an expired entry matches nothing', () => {
  expect(matched('TST042', [entry({ expiresAt: '2026-11-22T11:59:59.999Z' })])).toBeUndefined();
  expect(matched('TST042', [entry({ expiresAt: NOW })])).toBeUndefined();
});

test('a list older than 72 hours matches nothing', () => {
  expect(matched('TST042', [entry({})], 'MN', '2026-11-19T12:00:00.000Z')?.kind).toBe('exact');
  expect(matched('TST042', [entry({})], 'MN', '2026-11-19T11:59:59.000Z')).toBeUndefined();
});

test('a covert entry is told apart, and does not hide an open one of the same plate', () => {
  const covert = entry({ ref: 'C-1', covert: true });
  const both = matchRead(aRead('TST042'), [indexed([covert, entry({})])], NOW);
  expect(both.map((match) => match.entry.ref)).toEqual(['V-1', 'C-1']);
  expect(matchRead(aRead('TST042'), [indexed([covert])], NOW).map((match) => match.entry.covert)).toEqual([true]);
});

test('a list of another kind of source is refused before it is indexed', () => {
  const source = { ...FILE, kind: 'socialMedia' } as unknown as HotlistSource;
  expect(indexHotlist(versionOf(NOW, source, 0), new Uint8Array(), decode).kind).toBe('refused');
});

test('an own entry without its case, approved by its author, or too long, matches nothing on the tablet either', () => {
  const source: HotlistSource = { ...FILE, kind: 'agencyInvestigative' };
  const lawful = entry({
    category: 'agencyInvestigative',
    caseNumber: '26-004412',
    approval: { author: anId(7), approver: anId(8), at: '2026-11-22T06:00:00.000Z' },
    expiresAt: '2026-11-29T06:00:00.000Z'
  });
  const own = (given: Partial<HotlistEntry>) =>
    matchRead(aRead('TST042'), [indexed([{ ...lawful, ...given }], undefined, source)], NOW);
  expect(own({})).toHaveLength(1);
  const { caseNumber: _, ...noCase } = lawful;
  expect(matchRead(aRead('TST042'), [indexed([noCase], undefined, source)], NOW)).toEqual([]);
  expect(own({ approval: { author: anId(7), approver: anId(7), at: '2026-11-22T06:00:00.000Z' } })).toEqual([]);
  expect(own({ expiresAt: '2026-12-31T06:00:00.000Z' })).toEqual([]);
  expect(own({ expiresAt: '2026-11-22T11:59:59.000Z' })).toEqual([]);
});

test('the odds of an exact match follow the reader, the second reader and how dense the list is', () => {
  const [match] = matchRead(aRead('TST042'), [indexed([entry({})])], NOW);
  if (match === undefined) throw new Error('Nothing matched.');
  const odds = (given: Partial<Matched>, density = 0.01) =>
    oddsOf(aRead('TST042', given), { ...match, listed: { density, listedShare: 0.01 } });
  expect(odds({})).toBeCloseTo(0.95, 5);
  expect(odds({ secondReader: 'agrees' })).toBeGreaterThan(0.98);
  expect(odds({ secondReader: 'differs' })).toBeLessThan(0.85);
  expect(odds({}, 0.5)).toBeLessThan(0.3);
  expect(odds({}, 0.0001)).toBeGreaterThan(0.99);
});

test('the odds of a look-alike are what the doubtful characters leave', () => {
  const [match] = matchRead(aRead('TST842'), [indexed([entry({ plate: 'TSTB42' })])], NOW);
  if (match === undefined) throw new Error('Nothing matched.');
  const listed = { density: 0.01, listedShare: 0.01 };
  const odds = (sure: number) =>
    oddsOf(
      aRead('TST842', { confidence: 0.99 * sure, characterConfidences: [0.999, 0.999, 0.999, sure, 0.999, 0.999] }),
      { ...match, listed }
    );
  expect(odds(0.99)).toBeLessThan(0.05);
  expect(odds(0.5)).toBeGreaterThan(odds(0.9));
});
