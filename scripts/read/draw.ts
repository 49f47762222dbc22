/** Draws what was read onto the picture it was read from. */
import { mkdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import sharp from 'sharp';
import { topEdge } from '#recognition/quad.ts';
import type { Told } from './lines.ts';
import type { Picture } from './pictures.ts';

/** A folder that drawn pictures go to. */
export class Drawings {
  readonly #taken = new Set<string>();

  constructor(private readonly folder: string) {}

  /**
   * Writes the upright picture with corners and text of each plate as JPEG under the file's own name, and gives its
   * path. Pictures of the same name from different folders do not overwrite each other.
   */
  async draw(file: string, { bytes, gray }: Picture, reads: readonly Told[]): Promise<string> {
    await mkdir(this.folder, { recursive: true });
    const path = join(this.folder, this.#freeName(basename(file, extname(file))));
    await sharp(bytes, { pages: 1 })
      .autoOrient()
      .toColorspace('srgb')
      .composite([{ input: Buffer.from(overlay(gray.width, gray.height, reads)) }])
      .jpeg({ quality: 88 })
      .toFile(path);
    return path;
  }

  #freeName(stem: string): string {
    let name = `${stem}.jpg`;
    for (let i = 2; this.#taken.has(name); i++) name = `${stem}-${i}.jpg`;
    this.#taken.add(name);
    return name;
  }
}

/** Corners and texts as a transparent picture; texts are A-Z and 0-9 only, so nothing in them needs escaping. */
function overlay(width: number, height: number, reads: readonly Told[]): string {
  const marks = reads.map(({ quad, plate, confidence, certain }) => {
    const px = Math.min(64, Math.max(14, topEdge(quad) * 0.22));
    const color = certain ? '#18e05c' : '#ffb000';
    const left = Math.min(...quad.map(({ x }) => x));
    const above = Math.min(...quad.map(({ y }) => y)) - px * 0.35;
    const baseline = above > px ? above : Math.max(...quad.map(({ y }) => y)) + px * 1.1;
    const text = `${plate} ${(100 * confidence).toFixed(0)} %`;
    return `
      <polygon points="${quad.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}"
        fill="none" stroke="${color}" stroke-width="${Math.max(1.5, px / 9).toFixed(1)}"/>
      <text x="${Math.max(2, left).toFixed(1)}" y="${Math.min(height - 4, baseline).toFixed(1)}"
        font-family="sans-serif" font-weight="bold" font-size="${px.toFixed(0)}"
        fill="${color}" stroke="black" stroke-width="${(px / 5).toFixed(1)}" paint-order="stroke">${text}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${marks.join('')}</svg>`;
}
