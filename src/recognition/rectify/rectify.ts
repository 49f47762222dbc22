import type { GrayImage } from '../luma.ts';
import type { Quad } from '../protocol.ts';
import { topEdge, widened } from '../quad.ts';
import { homographyOnto } from './homography.ts';
import { sampleCubic } from './sample.ts';

/** A straightened plate, as the readers want it. */
export const STRIP_WIDTH = 160;
export const STRIP_HEIGHT = 48;

/**
 * How much around the quadrilateral is taken along, in width and height. A detected box is a little too tight or too
 * wide; four cuts that vote gain 3 to 5 plates in a hundred over one.
 */
export const MARGINS: readonly (readonly [number, number])[] = [
  [1.0, 1.0],
  [1.08, 1.12],
  [1.16, 1.25],
  [0.96, 0.95]
];

/**
 * The plate in the quadrilateral, straightened to the strip's size once for each margin, each cut only when it is asked
 * for: most plates are read by the first. Nothing when the corners span nothing.
 */
export function* rectify(
  picture: GrayImage,
  quad: Quad,
  { width, height } = { width: STRIP_WIDTH, height: STRIP_HEIGHT }
): Generator<GrayImage> {
  for (const [wide, high] of MARGINS) {
    const strip = straighten(picture, widened(quad, wide, high), width, height);
    if (strip !== undefined) yield strip;
  }
}

/**
 * The quadrilateral laid straight at `width` x `height`. A large plate is sampled at a multiple of that size and averaged
 * down, so that fine strokes neither vanish nor flicker.
 */
export function straighten(picture: GrayImage, quad: Quad, width: number, height: number): GrayImage | undefined {
  const finer = Math.min(8, Math.max(1, Math.ceil(topEdge(quad) / width)));
  const perspective = homographyOnto(quad, width * finer, height * finer);
  if (perspective === undefined) return undefined;
  const fine = sampleCubic(picture, perspective, width * finer, height * finer);
  return finer === 1 ? fine : averageDown(fine, finer);
}

function averageDown(fine: GrayImage, by: number): GrayImage {
  const [width, height] = [fine.width / by, fine.height / by];
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let dy = 0; dy < by; dy++) {
        const line = (y * by + dy) * fine.width + x * by;
        for (let dx = 0; dx < by; dx++) sum += fine.data[line + dx] ?? 0;
      }
      data[y * width + x] = Math.round(sum / (by * by));
    }
  }
  return { width, height, data };
}
