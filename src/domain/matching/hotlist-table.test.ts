import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldPlate } from '../plate/fold.ts';
import { checkHotlistEntry, ENTRY_FLAGS, HOTLIST_CATEGORIES, type HotlistEntry } from '../records/hotlist.ts';
import { HotlistTable } from './hotlist-table.ts';
import { entryOfLine, packLine, packList } from './packed-line.ts';

const words = fc.option(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ,.é-]{0,20}$/), { nil: undefined });
const anEntry: fc.Arbitrary<HotlistEntry> = fc
  .record({
    ref: fc.stringMatching(/^[A-Za-z0-9-]{1,12}$/),
    plate: fc.stringMatching(/^[A-Z0-9]{1,8}$/),
    jurisdiction: fc.constantFrom('MN', 'WI', 'unknown'),
    category: fc.constantFrom(...HOTLIST_CATEGORIES),
    expiresAt: fc.constantFrom(null, '2026-11-29T06:00:00.000Z'),
    plateType: words,
    caution: words,
    caseNumber: fc.constantFrom(undefined, '26-004412'),
    year: words,
    color: words,
    flags: fc.subarray([...ENTRY_FLAGS]),
    covert: fc.boolean()
  })
  .map(({ plateType, caution, caseNumber, year, color, flags, covert, ...entry }) => ({
    ...entry,
    ...(plateType !== undefined && { plateType }),
    ...(caution !== undefined && { caution }),
    ...(caseNumber !== undefined && { caseNumber }),
    ...((year !== undefined || color !== undefined) && {
      vehicle: { ...(year !== undefined && { year }), ...(color !== undefined && { color }) }
    }),
    ...(flags.length > 0 && { flags }),
    ...(covert && { covert: true as const })
  }));

const tableOf = (entries: readonly HotlistEntry[]) =>
  new HotlistTable(new TextEncoder().encode(packList(entries)), (bytes) => new TextDecoder().decode(bytes));

test('an entry comes back from its line as it was', () => {
  fc.assert(
    fc.property(anEntry, (entry) => {
      expect(checkHotlistEntry(entry)).toBeNull();
      expect(entryOfLine(packLine(entry))).toEqual(entry);
    })
  );
});

test('a table finds exactly the entries whose folded plate is asked for', () => {
  fc.assert(
    fc.property(fc.array(anEntry, { maxLength: 80 }), fc.stringMatching(/^[A-Z0-9]{1,8}$/), (entries, other) => {
      const table = tableOf(entries);
      expect(table.size).toBe(entries.length);
      for (const plate of [...entries.map((one) => one.plate), other]) {
        const there = entries.filter((one) => foldPlate(one.plate) === foldPlate(plate)).map(packLine);
        expect(table.find(foldPlate(plate)).map(packLine).sort()).toEqual(there.sort());
      }
    })
  );
});

test('plates of different lengths are different plates, however they begin', () => {
  const table = tableOf([{ ref: 'V-1', plate: '0TS', jurisdiction: 'MN', category: 'warrant', expiresAt: null }]);
  expect(table.find('0TS')).toHaveLength(1);
  expect(table.find('00TS')).toHaveLength(0);
  expect(table.find('TS')).toHaveLength(0);
});

test('the density of a list is the share of all plates built alike that are on it', () => {
  const digits = Array.from({ length: 50 }, (_, i) => ({
    ref: `V-${i}`,
    plate: String(i).padStart(2, '0'),
    jurisdiction: 'MN',
    category: 'stolenPlate' as const,
    expiresAt: null
  }));
  expect(tableOf(digits).density('77')).toBeCloseTo(0.5, 5);
  expect(tableOf(digits).density('7A')).toBe(0);
  expect(tableOf(digits).density('777')).toBe(0);
});

test('an empty list finds nothing', () => {
  expect(tableOf([]).find('TST042')).toEqual([]);
  expect(tableOf([]).density('TST042')).toBe(0);
});
