/** The pictures that reading is measured on, with what is known of each. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { boxAround } from '#recognition/quad.ts';
import type { GrayImage } from '#recognition/luma.ts';
import type { Quad } from '#recognition/protocol.ts';

/** Left, top, width, height in pixels. */
export type Area = readonly [number, number, number, number];

/** One picture, and what stands on its plate; `plate` is empty for a picture without one. */
export interface Labeled {
  readonly file: string;
  readonly path: string;
  readonly plate: string;
  /** two-letter code, '' where the set does not say */
  readonly jurisdiction: string;
  /** where the plate is, when the set says so */
  readonly area: Area | undefined;
  /** plates to be painted over before the picture is looked at: of these only places are known, and no text */
  readonly paintOver: readonly Area[];
}

export const GOLDEN = fileURLToPath(new URL('../../golden/plates/', import.meta.url));

/** The folder of real pictures beside the repository; undefined where it is not. */
export function realPictures(): string | undefined {
  const folder = fileURLToPath(new URL('../../../../shared/plates/', import.meta.url));
  return existsSync(join(folder, 'us-scenes/labels.csv')) ? folder : undefined;
}

/** `us-scenes` (whole pictures, the plate's box known) or `us-crops` (jurisdiction known). They write zero for the letter O. */
export function usSet(pictures: string, set: 'us-scenes' | 'us-crops'): readonly Labeled[] {
  return rowsOf(join(pictures, set, 'labels.csv')).map((row) => labeledOf(join(pictures, set), row));
}

/** The repository's own rendered pictures of one kind. */
export function goldenSet(kind: 'scene' | 'closeUp' | 'none'): readonly Labeled[] {
  return rowsOf(join(GOLDEN, 'labels.csv'))
    .filter((row) => row['kind'] === kind)
    .map((row) => labeledOf(GOLDEN, row));
}

/** Road frames with all their plates painted over: whatever is read in them is no plate. */
export function roadFramesWithoutPlates(pictures: string): readonly Labeled[] {
  const folder = join(pictures, 'road-frames/valid');
  const areas = new Map<string, Area[]>();
  for (const row of rowsOf(join(folder, 'boxes.csv'))) {
    const [left, top, right, bottom] = ['xmin', 'ymin', 'xmax', 'ymax'].map((name) => Number(row[name])) as [
      number,
      number,
      number,
      number
    ];
    const file = row['file'] ?? '';
    areas.set(file, [...(areas.get(file) ?? []), [left, top, right - left, bottom - top]]);
  }
  return [...areas].map(([file, paintOver]) => ({
    file,
    path: join(folder, file),
    plate: '',
    jurisdiction: '',
    area: undefined,
    paintOver
  }));
}

function rowsOf(file: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const columns = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, i) => [columns[i] ?? '', value])));
}

function labeledOf(folder: string, row: Record<string, string>): Labeled {
  const [x = NaN, y = NaN, width = NaN, height = NaN] = ['x', 'y', 'width', 'height'].map((name) =>
    row[name] === undefined || row[name] === '' ? NaN : Number(row[name])
  );
  return {
    file: row['file'] ?? '',
    path: join(folder, row['file'] ?? ''),
    plate: row['plate'] ?? '',
    jurisdiction: row['jurisdiction'] ?? '',
    area: Number.isNaN(x) ? undefined : [x, y, width, height],
    paintOver: []
  };
}

/** The area's corners. */
export function quadOf([x, y, width, height]: Area): Quad {
  return [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height }
  ];
}

/** Shared area over covered area of a quadrilateral's box and an area, 0..1. */
export function overlapOf(quad: Quad, area: Area): number {
  const [a, b] = [boxAround(quad), boxAround(quadOf(area))];
  const shared =
    Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
    Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
  const size = (box: typeof a): number => (box.right - box.left) * (box.bottom - box.top);
  return shared / (size(a) + size(b) - shared);
}

/** The picture with each area and a little around it filled by what is left and right of it, row for row, softened. */
export function paintedOver(picture: GrayImage, areas: readonly Area[]): GrayImage {
  const data = Uint8Array.from(picture.data);
  for (const [x, y, width, height] of areas) {
    const margin = 4 + width * 0.08;
    const left = Math.max(1, Math.floor(x - margin));
    const right = Math.min(picture.width - 2, Math.ceil(x + width + margin));
    const top = Math.max(0, Math.floor(y - margin));
    const bottom = Math.min(picture.height - 1, Math.ceil(y + height + margin));
    for (let row = top; row <= bottom; row++) {
      const [from, to] = [sideOf(picture, left - 1, row), sideOf(picture, right + 1, row)];
      for (let column = left; column <= right; column++) {
        const share = (column - left) / Math.max(1, right - left);
        data[row * picture.width + column] = Math.round(from + (to - from) * share);
      }
    }
  }
  return { ...picture, data };
}

/** The mean of a few pixels above and below: one alone would draw a streak. */
function sideOf({ width, height, data }: GrayImage, x: number, y: number): number {
  let [sum, count] = [0, 0];
  for (let dy = -4; dy <= 4; dy++) {
    const row = y + dy;
    if (row < 0 || row >= height) continue;
    sum += data[row * width + x] ?? 0;
    count++;
  }
  return sum / count;
}
