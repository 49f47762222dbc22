import type { Quad } from '../protocol.ts';

/** Nine numbers that carry a point of a rectangle to its place in the picture, seen in perspective. */
export type Homography = Float64Array;

/** The perspective that lays a `width` x `height` rectangle onto the quadrilateral; undefined when its corners are in one line. */
export function homographyOnto(quad: Quad, width: number, height: number): Homography | undefined {
  const corners = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height]
  ] as const;
  const rows: number[][] = [];
  corners.forEach(([u, v], i) => {
    const { x, y } = quad[i as 0 | 1 | 2 | 3];
    rows.push([u, v, 1, 0, 0, 0, -u * x, -v * x, x]);
    rows.push([0, 0, 0, u, v, 1, -u * y, -v * y, y]);
  });
  const solved = solve(rows);
  return solved && Float64Array.of(...solved, 1);
}

/** Gaussian elimination with pivots: the unknowns of `rows` (each: coefficients, then the value). */
function solve(rows: number[][]): number[] | undefined {
  const n = rows.length;
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let r = column + 1; r < n; r++)
      if (Math.abs(at(rows, r, column)) > Math.abs(at(rows, pivot, column))) pivot = r;
    if (Math.abs(at(rows, pivot, column)) < 1e-9) return undefined;
    [rows[column], rows[pivot]] = [rows[pivot] ?? [], rows[column] ?? []];
    for (let r = 0; r < n; r++) {
      if (r === column) continue;
      const factor = at(rows, r, column) / at(rows, column, column);
      if (factor === 0) continue;
      const row = rows[r] ?? [];
      for (let c = column; c <= n; c++) row[c] = (row[c] ?? 0) - factor * at(rows, column, c);
    }
  }
  return rows.map((row, i) => (row[n] ?? 0) / (row[i] ?? 1));
}

const at = (rows: number[][], row: number, column: number): number => rows[row]?.[column] ?? 0;
