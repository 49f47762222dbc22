import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One real picture with what stands on its plate; `box` where the plate is, when the set says so. */
export interface Labeled {
  readonly file: string;
  readonly plate: string;
  readonly box?: readonly [number, number, number, number];
}

/** The labels of `us-scenes` (with boxes) or `us-crops`. They write zero for the letter O. */
export function labelsOf(pictures: string, set: 'us-scenes' | 'us-crops'): readonly Labeled[] {
  const [head = '', ...lines] = readFileSync(join(pictures, set, 'labels.csv'), 'utf8')
    .trim()
    .split(/\r?\n/);
  const columns = head.split(',');
  return lines.map((line) => {
    const row = Object.fromEntries(line.split(',').map((value, i) => [columns[i] ?? '', value]));
    const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => Number(row[name]));
    const labeled = { file: row['file'] ?? '', plate: row['plate'] ?? '' };
    if (x === undefined || y === undefined || width === undefined || height === undefined || Number.isNaN(x))
      return labeled;
    return { ...labeled, box: [x, y, x + width, y + height] };
  });
}
