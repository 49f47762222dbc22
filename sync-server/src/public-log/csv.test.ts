import { expect, test } from 'vitest';
import type { PublicLogRow } from '#domain/policy/public-log.ts';
import { logAsCsv } from './csv.ts';

const row: PublicLogRow = {
  _id: 'log:2026-11-22:x',
  kind: 'logRow',
  schema: 1,
  localDate: '2026-11-22',
  periodNumber: 2,
  deployment: 'stationary',
  utcOffsetMinutes: -360,
  times: [{ from: '2026-11-22T16:00:00.000Z', to: '2026-11-22T17:30:00.000Z' }],
  counts: { reads: 12, distinctPlates: 9, stolen: 1, warrant: 0, license: 2, investigative: 0, other: 3 },
  comparedWith: ['Minnesota license plate data file'],
  place: 'Main Street, "east" side',
  generatedAt: '2026-11-22T18:00:00.000Z'
};

test('a row tells times in local time with their offset, and every count of the statute', () => {
  const [, line] = logAsCsv('Example PD', [row]).split('\r\n');
  expect(line).toBe(
    'Example PD,2026-11-22,2,stationary,2026-11-22 10:00:00 -06:00 - 2026-11-22 11:30:00 -06:00,12,9,' +
      'Minnesota license plate data file,1,0,2,0,3,"Main Street, ""east"" side",2026-11-22T18:00:00.000Z'
  );
});

test('a place that looks like a formula is not run by a spreadsheet', () => {
  expect(logAsCsv('Example PD', [{ ...row, place: '=HYPERLINK("x")' }])).toContain(`"'=HYPERLINK(""x"")"`);
});
