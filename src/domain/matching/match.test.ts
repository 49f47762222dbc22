import { expect, test } from 'vitest';
import type { HotlistEntry, HotlistPackage } from '../records/hotlist.ts';
import { indexHotlist, matchRead, type HotlistIndex } from './match.ts';

const NOW = '2026-11-22T12:00:00.000Z';

const entry = (given: Partial<HotlistEntry>): HotlistEntry => ({
  ref: 'V-1',
  plate: 'TST042',
  jurisdiction: 'MN',
  category: 'stolenVehicle',
  expiresAt: null,
  ...given
});

function listOf(entries: HotlistEntry[], asOf = '2026-11-22T06:00:00.000Z'): HotlistPackage {
  return {
    version: {
      _id: '7d0e5a3c-0f7c-4f3b-9c55-0d6c3a0a0001',
      kind: 'hotlistVersion',
      schema: 1,
      source: {
        sourceId: '7d0e5a3c-0f7c-4f3b-9c55-0d6c3a0a0002',
        kind: 'mnPlateFile',
        compareName: 'Minnesota license plate data file',
        existencePublic: true
      },
      asOf,
      loadedAt: asOf,
      sha256: 'a'.repeat(64),
      rows: entries.length
    },
    entries
  };
}

function indexed(list: HotlistPackage): HotlistIndex {
  const outcome = indexHotlist(list);
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  return outcome.index;
}

const matched = (plate: string, entries: HotlistEntry[], jurisdiction = 'unknown', asOf?: string) =>
  matchRead({ plate, jurisdiction }, [indexed(listOf(entries, asOf))], NOW);

test('a read matches an entry that writes zero for the letter O', () => {
  expect(matched('0XY17Z', [entry({ plate: 'OXY17Z' })])?.kind).toBe('exact');
});

test('one look-alike character apart is a confusable match and says so', () => {
  expect(matched('TST842', [entry({ plate: 'TSTB42' })])?.kind).toBe('confusable');
});

test('an exact entry goes before a look-alike one', () => {
  expect(
    matched('TST842', [entry({ ref: 'V-1', plate: 'TSTB42' }), entry({ ref: 'V-2', plate: 'TST842' })])?.entry.ref
  ).toBe('V-2');
});

test('a character is never added or dropped to make a match', () => {
  expect(matched('TST04', [entry({})])).toBeNull();
  expect(matched('TST0422', [entry({})])).toBeNull();
});

test('two look-alike characters apart do not match', () => {
  expect(matched('TZT842', [entry({ plate: 'T2TB42' })])).toBeNull();
});

test('the jurisdiction is compared apart and an unknown one is never taken for a match', () => {
  expect(matched('TST042', [entry({})])?.jurisdictionCheck).toBe('unknown');
  expect(matched('TST042', [entry({})], 'WI')?.jurisdictionCheck).toBe('mismatch');
  expect(matched('TST042', [entry({})], 'MN')?.jurisdictionCheck).toBe('match');
});

test('an expired entry matches nothing', () => {
  expect(matched('TST042', [entry({ expiresAt: '2026-11-22T11:59:59.999Z' })])).toBeNull();
});

test('a list older than 72 hours matches nothing', () => {
  expect(matched('TST042', [entry({})], 'MN', '2026-11-19T12:00:00.000Z')?.kind).toBe('exact');
  expect(matched('TST042', [entry({})], 'MN', '2026-11-19T11:59:59.000Z')).toBeNull();
});

test('an agency list without the case number of its investigation is refused before it is indexed', () => {
  const list = listOf([entry({})]);
  const unlawful = {
    ...list,
    version: { ...list.version, source: { ...list.version.source, kind: 'agencyInvestigative' as const } }
  };
  expect(indexHotlist(unlawful).kind).toBe('refused');
});
