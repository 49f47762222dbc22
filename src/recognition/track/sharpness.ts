import type { GrayImage } from '../luma.ts';
import type { Quad } from '../protocol.ts';
import { straighten } from '../rectify/rectify.ts';

/** Enough to tell a sharp look from a blurred one, and a quarter of what reading takes. */
const WIDTH = 96;
const HEIGHT = 36;

/**
 * How sharp a look at a plate is: the energy of its gradient from left to right over the variance of its tones, measured
 * on the straightened plate. Gradient energy because blur of any kind takes the steep edges first; left to right because
 * most strokes of characters are upright and most motion is level; over the variance so that a faded plate or poor light
 * is not taken for blur. Between 0 and 4, about 0.05 when blurred beyond reading and 0.4 when crisp; 0 when the corners
 * span nothing or the plate is one even tone. A small plate is stretched to the same size, so it measures as less sharp.
 */
export function sharpnessOf(picture: GrayImage, quad: Quad): number {
  const strip = straighten(picture, quad, WIDTH, HEIGHT);
  return strip === undefined ? 0 : gradientOverVariance(strip);
}

/** Energy of the steps from left to right over the variance of the tones. */
export function gradientOverVariance({ width, height, data }: GrayImage): number {
  let [sum, squares, steps] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = data[y * width + x] ?? 0;
      sum += value;
      squares += value * value;
      if (x > 0) steps += (value - (data[y * width + x - 1] ?? 0)) ** 2;
    }
  }
  const count = width * height;
  const variance = squares / count - (sum / count) ** 2;
  // Less than one tone of spread is noise on an even surface.
  return variance < 1 ? 0 : steps / (height * (width - 1)) / variance;
}
