import type { GrayImage } from '../luma.ts';
import { run, type Network } from '../onnx.ts';
import type { Point, Quad } from '../protocol.ts';
import { overlap } from '../quad.ts';
import type { Detection, Detector } from './detect.ts';
import { letterbox, NET_HEIGHT, NET_WIDTH } from './letterbox.ts';

const CELL_PX = 8;
const COLUMNS = NET_WIDTH / CELL_PX;
const ROWS = NET_HEIGHT / CELL_PX;
/** Corners are given in units of this many pixels from the middle of their cell. */
const CORNER_UNIT_PX = 32;

/** Our own corner detector: a heat map whose peaks are plates, and four corners for each cell. */
export class OnnxDetector implements Detector {
  constructor(
    private readonly network: Network,
    private readonly atMost = 4,
    private readonly leastScore = 0.15
  ) {}

  async detect(picture: GrayImage): Promise<readonly Detection[]> {
    const { values, scale } = letterbox(picture);
    const output = await run(this.network, 'frame', values, [1, 1, NET_HEIGHT, NET_WIDTH]);
    const corners = output('corners');
    const found = peaks(output('heat'), this.leastScore).map(({ cell, score }) => ({
      score,
      quad: quadAt(corners, cell, scale)
    }));
    return withoutDoubles(found).slice(0, this.atMost);
  }
}

/** A large plate may peak twice: of boxes that lie on each other, the surest stays. */
export function withoutDoubles(surestFirst: readonly Detection[]): readonly Detection[] {
  return surestFirst.filter((one, i) => !surestFirst.slice(0, i).some((surer) => overlap(surer.quad, one.quad) > 0.3));
}

/** Cells that are the highest of their 5x5 neighborhood, highest first. */
export function peaks(heat: Float32Array, least: number): { cell: number; score: number }[] {
  const found: { cell: number; score: number }[] = [];
  for (let y = 0; y < ROWS; y++) {
    for (let x = 0; x < COLUMNS; x++) {
      const score = heat[y * COLUMNS + x] ?? 0;
      if (score >= least && isHighestAround(heat, x, y, score)) found.push({ cell: y * COLUMNS + x, score });
    }
  }
  return found.sort((a, b) => b.score - a.score);
}

function isHighestAround(heat: Float32Array, x: number, y: number, score: number): boolean {
  for (let ny = Math.max(0, y - 2); ny <= Math.min(ROWS - 1, y + 2); ny++) {
    for (let nx = Math.max(0, x - 2); nx <= Math.min(COLUMNS - 1, x + 2); nx++) {
      if ((heat[ny * COLUMNS + nx] ?? 0) > score) return false;
    }
  }
  return true;
}

function quadAt(corners: Float32Array, cell: number, scale: number): Quad {
  const middleX = ((cell % COLUMNS) + 0.5) * CELL_PX;
  const middleY = (Math.floor(cell / COLUMNS) + 0.5) * CELL_PX;
  const corner = (i: number): Point => ({
    x: (middleX + (corners[2 * i * ROWS * COLUMNS + cell] ?? 0) * CORNER_UNIT_PX) / scale,
    y: (middleY + (corners[(2 * i + 1) * ROWS * COLUMNS + cell] ?? 0) * CORNER_UNIT_PX) / scale
  });
  return [corner(0), corner(1), corner(2), corner(3)];
}
