import type { GrayImage } from '../luma.ts';
import type { Homography } from './homography.ts';

/** OpenCV's cubic, which the reader was trained and measured with. */
const A = -0.75;
/** Weights are looked up at 1/32 of a pixel, as OpenCV does. */
const STEPS = 32;
const CUBIC = cubicTable();

/** Draws a `width` x `height` picture whose points lie in `picture` where the perspective carries them; edges are continued. */
export function sampleCubic(picture: GrayImage, perspective: Homography, width: number, height: number): GrayImage {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 1] = perspective;
  const data = new Uint8Array(width * height);
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < width; u++) {
      const w = 1 / (g * u + h * v + i);
      data[v * width + u] = cubicAt(picture, (a * u + b * v + c) * w, (d * u + e * v + f) * w);
    }
  }
  return { width, height, data };
}

function cubicAt({ width, height, data }: GrayImage, x: number, y: number): number {
  const fineX = Math.round(x * STEPS);
  const fineY = Math.round(y * STEPS);
  const left = Math.floor(fineX / STEPS);
  const top = Math.floor(fineY / STEPS);
  const wx = (fineX - left * STEPS) * 4;
  const wy = (fineY - top * STEPS) * 4;
  let sum = 0;
  for (let dy = 0; dy < 4; dy++) {
    const line = clamp(top - 1 + dy, height) * width;
    let row = 0;
    for (let dx = 0; dx < 4; dx++) row += (data[line + clamp(left - 1 + dx, width)] ?? 0) * (CUBIC[wx + dx] ?? 0);
    sum += row * (CUBIC[wy + dy] ?? 0);
  }
  return sum < 0 ? 0 : sum > 255 ? 255 : Math.round(sum);
}

function clamp(at: number, size: number): number {
  return at < 0 ? 0 : at >= size ? size - 1 : at;
}

function cubicTable(): Float32Array {
  const table = new Float32Array(STEPS * 4);
  for (let step = 0; step < STEPS; step++) {
    const t = step / STEPS;
    const w0 = ((A * (t + 1) - 5 * A) * (t + 1) + 8 * A) * (t + 1) - 4 * A;
    const w1 = ((A + 2) * t - (A + 3)) * t * t + 1;
    const w2 = ((A + 2) * (1 - t) - (A + 3)) * (1 - t) * (1 - t) + 1;
    table.set([w0, w1, w2, 1 - w0 - w1 - w2], step * 4);
  }
  return table;
}
