import type { GrayImage } from '../luma.ts';
import { run, type Network } from '../onnx.ts';
import type { Point, Quad } from '../protocol.ts';
import { boxAround, overlap } from '../quad.ts';
import { CLOSE_HEIGHT, CLOSE_PLATE_PX, CLOSE_WIDTH, closeUpOf } from './close-look.ts';
import type { Detection, Detector } from './detect.ts';
import { letterbox, NET_HEIGHT, NET_WIDTH, valuesOf, type Letterboxed } from './letterbox.ts';

const CELL_PX = 8;
/** Corners are given in units of this many pixels from the middle of their cell. */
const CORNER_UNIT_PX = 32;
/** A neighbor of a peak says something of its corners when it is at least so warm, as a share of the peak. */
const LEAST_WARMTH = 0.3;
/** Boxes that share more than this are about the same plate. */
const SAME_PLATE = 0.3;

/** What decides which plates are looked at and which are told of. */
export interface Thresholds {
  /** how many are looked at closely */
  readonly atMost: number;
  /** score of the first look from which a close look is worth its time, about a seventh of the first look */
  readonly leastAtFirst: number;
  /** score of the close look from which it is a plate */
  readonly leastScore: number;
}

/**
 * Chosen on rendered scenes and road frames of the validation set: at 0.4 no plate of the road frames is lost; what is no
 * plate is boxed 0.17 times a rendered scene with plates and 0.47 times one of nothing but signs and badges.
 */
const USUAL: Thresholds = { atMost: 4, leastAtFirst: 0.15, leastScore: 0.4 };

/**
 * Our own corner detector: a heat map whose peaks are plates, and four corners for each cell. Looks at the whole frame
 * first and then, with the same network, closely at what may be a plate there, in the picture's full resolution: that
 * look settles the score and the corners.
 */
export class OnnxDetector implements Detector {
  constructor(
    private readonly network: Network,
    private readonly thresholds: Thresholds = USUAL
  ) {}

  async detect(picture: GrayImage): Promise<readonly Detection[]> {
    const frame = letterbox(picture);
    const candidates = await this.#look(frame.values, NET_WIDTH, NET_HEIGHT, this.thresholds.leastAtFirst);
    const found: Detection[] = [];
    for (const candidate of candidates.slice(0, this.thresholds.atMost)) {
      const close = await this.#lookClosely(picture, frame, candidate);
      if (close !== undefined) found.push(close);
    }
    return withoutDoubles(found.sort((a, b) => b.score - a.score));
  }

  /** Corners are in pixels of the given input. */
  async #look(values: Float32Array, width: number, height: number, least: number): Promise<readonly Detection[]> {
    const output = await run(this.network, 'frame', values, [1, 1, height, width]);
    const said = { heat: output('heat'), corners: output('corners'), columns: width / CELL_PX, rows: height / CELL_PX };
    const found = peaks(said, least).map(({ cell, score }) => ({ score, quad: quadAt(said, cell) }));
    return withoutDoubles(found);
  }

  async #lookClosely(
    picture: GrayImage,
    { scale, small }: Letterboxed,
    first: Detection
  ): Promise<Detection | undefined> {
    const { left, right } = boxAround(first.quad);
    // A plate that is large already in the small picture is cut out of that: less to copy, nothing lost.
    const isLarge = right - left >= CLOSE_PLATE_PX;
    const expected = isLarge ? first.quad : mapped(first.quad, ({ x, y }) => ({ x: x / scale, y: y / scale }));
    const closeUp = closeUpOf(isLarge ? small : picture, expected);
    const values = valuesOf(closeUp.picture, CLOSE_WIDTH, CLOSE_HEIGHT);
    const seen = await this.#look(values, CLOSE_WIDTH, CLOSE_HEIGHT, this.thresholds.leastScore);
    const again = seen
      .map(({ quad, score }) => ({ quad: mapped(quad, closeUp.toWhole), score }))
      .find(({ quad }) => overlap(quad, expected) > SAME_PLATE);
    if (again === undefined || !isLarge) return again;
    return { ...again, quad: mapped(again.quad, ({ x, y }) => ({ x: x / scale, y: y / scale })) };
  }
}

function mapped(quad: Quad, way: (point: Point) => Point): Quad {
  return [way(quad[0]), way(quad[1]), way(quad[2]), way(quad[3])];
}

/** A large plate may peak twice: of boxes that lie on each other, the surest stays. */
export function withoutDoubles(surestFirst: readonly Detection[]): readonly Detection[] {
  return surestFirst.filter(
    (one, i) => !surestFirst.slice(0, i).some((surer) => overlap(surer.quad, one.quad) > SAME_PLATE)
  );
}

/** The network's heat map, row by row. */
export interface Heat {
  readonly heat: Float32Array;
  readonly columns: number;
  readonly rows: number;
}

/** What the network said of a picture: eight maps of corners beside the heat. */
interface Said extends Heat {
  readonly corners: Float32Array;
}

/** Cells that are the highest of their 5x5 neighborhood, highest first. */
export function peaks(map: Heat, least: number): { cell: number; score: number }[] {
  const found: { cell: number; score: number }[] = [];
  for (let cell = 0; cell < map.columns * map.rows; cell++) {
    const score = map.heat[cell] ?? 0;
    if (score >= least && cellsAround(map, cell, 2).every((other) => (map.heat[other] ?? 0) <= score))
      found.push({ cell, score });
  }
  return found.sort((a, b) => b.score - a.score);
}

/** What the cells around a peak say of its corners, each heard as loudly as it is warm: a tenth less error than one cell. */
function quadAt(said: Said, peak: number): Quad {
  const { heat, corners, columns, rows } = said;
  const sums = new Float64Array(8);
  let loudness = 0;
  for (const cell of cellsAround(said, peak, 1)) {
    const warm = heat[cell] ?? 0;
    if (warm < LEAST_WARMTH * (heat[peak] ?? 0)) continue;
    loudness += warm;
    const middle = [((cell % columns) + 0.5) * CELL_PX, (Math.floor(cell / columns) + 0.5) * CELL_PX];
    for (let i = 0; i < 8; i++) {
      const at = (middle[i % 2] ?? 0) + (corners[i * rows * columns + cell] ?? 0) * CORNER_UNIT_PX;
      sums[i] = (sums[i] ?? 0) + warm * at;
    }
  }
  const corner = (i: number): Point => ({ x: (sums[2 * i] ?? 0) / loudness, y: (sums[2 * i + 1] ?? 0) / loudness });
  return [corner(0), corner(1), corner(2), corner(3)];
}

/** The cell and those no more than `reach` columns and rows away, as far as the map goes. */
function cellsAround({ columns, rows }: Heat, cell: number, reach: number): number[] {
  const column = cell % columns;
  const row = Math.floor(cell / columns);
  const cells: number[] = [];
  for (let y = Math.max(0, row - reach); y <= Math.min(rows - 1, row + reach); y++) {
    for (let x = Math.max(0, column - reach); x <= Math.min(columns - 1, column + reach); x++)
      cells.push(y * columns + x);
  }
  return cells;
}
