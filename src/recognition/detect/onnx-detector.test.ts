/** The shipped network on a street that the repository draws itself (training/detector), and what is made of its answer. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import type { GrayImage } from '../luma.ts';
import { networkOf, prepareRuntime } from '../onnx.ts';
import type { Point, Quad } from '../protocol.ts';
import { boxAround, overlap } from '../quad.ts';
import { NET_HEIGHT, NET_WIDTH } from './letterbox.ts';
import { OnnxDetector, peaks, withoutDoubles, type Heat } from './onnx-detector.ts';

const COLUMNS = NET_WIDTH / 8;
const fixture = (name: string): URL => new URL(`./fixtures/${name}`, import.meta.url);

function upright(left: number, top: number, width: number, height: number): Quad {
  const at = (x: number, y: number): Point => ({ x: left + x * width, y: top + y * height });
  return [at(0, 0), at(1, 0), at(1, 1), at(0, 1)];
}

function heatWith(...spots: readonly (readonly [column: number, row: number, score: number])[]): Heat {
  const rows = NET_HEIGHT / 8;
  const heat = new Float32Array(COLUMNS * rows);
  for (const [column, row, score] of spots) heat[row * COLUMNS + column] = score;
  return { heat, columns: COLUMNS, rows };
}

describe('peaks', () => {
  test('of two warm cells beside each other only the warmer one is a plate', () => {
    expect(peaks(heatWith([10, 10, 0.5], [12, 11, 0.9]), 0.2)).toEqual([
      { cell: 11 * COLUMNS + 12, score: expect.closeTo(0.9) as number }
    ]);
  });

  test('three cells away is another plate, and the surest comes first', () => {
    const found = peaks(heatWith([10, 10, 0.5], [13, 10, 0.9]), 0.2);
    expect(found.map(({ cell }) => cell % COLUMNS)).toEqual([13, 10]);
  });

  test('a plate in the very corner of the frame is seen, one below the least score is not', () => {
    expect(peaks(heatWith([0, 0, 0.3], [79, 44, 0.1]), 0.2).map(({ cell }) => cell)).toEqual([0]);
  });
});

test('of boxes that lie on each other the surest stays', () => {
  const surest = { quad: upright(100, 100, 80, 40), score: 0.9 };
  const double = { quad: upright(110, 104, 80, 40), score: 0.5 };
  const other = { quad: upright(170, 100, 80, 40), score: 0.4 };
  expect(withoutDoubles([surest, double, other])).toEqual([surest, other]);
});

describe('the shipped network', () => {
  const { plates } = JSON.parse(readFileSync(fixture('street.json'), 'utf8')) as {
    plates: readonly (readonly (readonly [number, number])[])[];
  };
  let detector: OnnxDetector;
  let street: GrayImage;

  beforeAll(async () => {
    prepareRuntime();
    const model = new Uint8Array(
      await readFile(new URL('../../../static/models/plate-detector.onnx', import.meta.url))
    );
    detector = new OnnxDetector(await networkOf(model));
    street = await grayOf('street.jpg');
  });

  async function grayOf(name: string): Promise<GrayImage> {
    const { data, info } = await sharp(readFileSync(fixture(name)))
      .grayscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: new Uint8Array(data) };
  }

  test('finds every plate of a drawn street, each corner within a tenth of its width, and none of its signs', async () => {
    const found = await detector.detect(street);
    expect(found).toHaveLength(plates.length);
    for (const corners of plates) {
      const plate = corners.map(([x, y]) => ({ x, y })) as unknown as Quad;
      const best = found.find(({ quad }) => overlap(quad, plate) > 0.5);
      const { left, right } = boxAround(plate);
      best?.quad.forEach((corner, i) => {
        const asDrawn = plate[i] ?? corner;
        expect(Math.hypot(corner.x - asDrawn.x, corner.y - asDrawn.y)).toBeLessThan(0.1 * (right - left));
      });
      expect(best, JSON.stringify(corners)).toBeDefined();
    }
  });

  test('finds nothing in an even picture', async () => {
    const even = { width: 1280, height: 720, data: new Uint8Array(1280 * 720).fill(110) };
    expect(await detector.detect(even)).toEqual([]);
  });
});
