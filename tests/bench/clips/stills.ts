/** Where the clips come from: folders of still pictures with labels, in the form of ../shared/plates/us-scenes. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPicture } from '../../../scripts/read/pictures.ts';
import type { Still } from '../../clips/pass-frames.ts';

/** One line of a labels.csv; `plate` is empty where the box holds a sign or lettering. */
export interface LabeledStill {
  readonly file: string;
  readonly plate: string;
  readonly box: Still['box'];
}

/** The labels of a folder; undefined when it isn't there. Lines without a box are left out. */
export function stillsIn(folder: string): readonly LabeledStill[] | undefined {
  const labels = join(folder, 'labels.csv');
  if (!existsSync(labels)) return undefined;
  const [head = '', ...lines] = readFileSync(labels, 'utf8').trim().split(/\r?\n/);
  const columns = head.split(',');
  return lines.flatMap((line) => {
    const row = new Map(line.split(',').map((value, i) => [columns[i] ?? '', value]));
    const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => Number.parseFloat(row.get(name) ?? ''));
    if (x === undefined || y === undefined || width === undefined || height === undefined) return [];
    if (![x, y, width, height].every(Number.isFinite)) return [];
    return [{ file: row.get('file') ?? '', plate: row.get('plate') ?? '', box: { x, y, width, height } }];
  });
}

/** The still with its pixels. Rejects with `NoPicture`. */
export async function openStill(folder: string, { file, box }: LabeledStill): Promise<Still> {
  const { gray } = await openPicture(join(folder, file));
  return { name: file, picture: gray, box };
}
