import { expect, test } from 'vitest';
import { coarseCellOf } from './coarse-cell.ts';

test('two places a few steps apart share a cell', () => {
  expect(coarseCellOf(45.8852, -95.3775)).toEqual([4588, -9538]);
  expect(coarseCellOf(45.8859, -95.3771)).toEqual([4588, -9538]);
});

test('west and south of zero a cell is as large as anywhere', () => {
  expect(coarseCellOf(-0.001, -0.001)).toEqual([-1, -1]);
  expect(coarseCellOf(0.001, 0.001)).toEqual([0, 0]);
});
