const CELLS_PER_DEGREE = 100;

/**
 * The coarse cell of a position: a hundredth of a degree each way, about 1.1 km by 0.8 km in Minnesota. Reads of a place are found by
 * the cell and its eight neighbors.
 */
export function coarseCellOf(lat: number, lon: number): readonly [number, number] {
  return [Math.floor(lat * CELLS_PER_DEGREE), Math.floor(lon * CELLS_PER_DEGREE)];
}
