import { expect, test } from 'vitest';
import { readHotlistCsv } from './hotlist-csv.ts';

const HEADER = 'plate,jurisdiction,category,year,make,model,color,agency,expires';
const read = (...lines: string[]): ReturnType<typeof readHotlistCsv> => {
  let count = 0;
  return readHotlistCsv([HEADER, ...lines].join('\n'), () => `E-${++count}`);
};

test('a proper line becomes an entry, with the vehicle for the eye', () => {
  expect(read('tst 042,MN,stolen vehicle,2014,Ford,F-150,black,"Example County, SO",2026-12-01')).toEqual({
    kind: 'read',
    refused: [],
    entries: [
      {
        ref: 'E-1',
        plate: 'TST042',
        jurisdiction: 'MN',
        category: 'stolenVehicle',
        vehicle: { year: '2014', make: 'Ford', model: 'F-150', color: 'black' },
        enteringAgency: 'Example County, SO',
        expiresAt: '2026-12-01T23:59:59.999Z'
      }
    ]
  });
});

test('a jurisdiction that a list writes with a zero is the one it means', () => {
  const outcome = read('TST041,0H,warrant,,,,,,');
  expect(outcome.kind === 'read' && outcome.entries[0]?.jurisdiction).toBe('OH');
});

test('a line that is not proper stays out, is told by its number, and its plate is not repeated', () => {
  const outcome = read('TST041,MN,warrant,,,,,,', 'TST0427777,MN,warrant,,,,,,', 'TST043,MN,suspicious,,,,,,');
  if (outcome.kind !== 'read') throw new Error(outcome.kind);
  expect(outcome.entries).toHaveLength(1);
  expect(outcome.refused.map(({ line }) => line)).toEqual([3, 4]);
  expect(JSON.stringify(outcome.refused)).not.toContain('TST');
});

test('a file without its declared columns is refused as a whole', () => {
  expect(readHotlistCsv('plate,state\nTST041,MN', () => 'E-1')).toEqual({
    kind: 'columnMissing',
    column: 'jurisdiction'
  });
  expect(read()).toEqual({ kind: 'empty' });
});
