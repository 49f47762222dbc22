import { expect, test } from 'vitest';
import { rowsOf } from '#tests/builders/compiled-design.ts';
import { aCorrection, aHit, anId, aRead } from '#tests/builders/records.ts';

const at = aRead().collectedAt;

test('reads are found by plate with O folded to zero, and by time', async () => {
  expect(await rowsOf('reads', 'reads_by_plate', aRead({ plate: 'TSTO42' }))).toEqual([[['TST042', at], null]]);
  expect(await rowsOf('reads', 'reads_by_time', aRead())).toEqual([[at, null]]);
});

test('reads are found by place, unless they have none', async () => {
  expect(await rowsOf('reads', 'reads_by_place', aRead({ lat: 45.8852, lon: -95.3775 }))).toEqual([
    [[4588, -9538, at], null]
  ]);
  expect(await rowsOf('reads', 'reads_by_place', aRead({ lat: null, lon: null, fix: 'none' }))).toEqual([]);
});

test('reads and hits are found by their period, a hit by its read', async () => {
  expect(await rowsOf('reads', 'reads_by_period', aRead())).toEqual([[[anId(4), at], null]]);
  expect(await rowsOf('reads', 'hits_by_period', aHit())).toEqual([[[anId(4), at], null]]);
  expect(await rowsOf('reads', 'hits_by_read', aHit())).toEqual([[anId(100), null]]);
  expect(await rowsOf('reads', 'corrections_by_read', aCorrection())).toEqual([[anId(100), null]]);
  expect(await rowsOf('reads', 'corrections_by_read', aRead())).toEqual([]);
  const typed = aCorrection({ finding: 'misread', plate: 'TSTO43' });
  expect(await rowsOf('reads', 'corrections_by_plate', typed)).toEqual([[['TST043', typed.collectedAt], typed.readId]]);
  expect(await rowsOf('reads', 'corrections_by_plate', aCorrection())).toEqual([]);
  expect(await rowsOf('reads', 'corrections_by_plate', aRead())).toEqual([]);
  for (const view of ['reads_by_plate', 'reads_by_time', 'reads_by_place', 'reads_by_period'])
    expect(await rowsOf('reads', view, aHit())).toEqual([]);
  for (const view of ['hits_by_period', 'hits_by_read']) expect(await rowsOf('reads', view, aRead())).toEqual([]);
});

test('everything in the box is listed by its destroy date', async () => {
  expect(await rowsOf('reads', 'due_by_destroy_date', aRead())).toEqual([[aRead().destroyBy, null]]);
  expect(await rowsOf('reads', 'due_by_destroy_date', aHit())).toEqual([[aHit().destroyBy, null]]);
});
