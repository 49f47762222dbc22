import type { GrayImage } from '../luma.ts';
import { resizeArea } from './resize.ts';

export const NET_WIDTH = 640;
export const NET_HEIGHT = 360;
/** The gray that fills what the picture leaves free, and the networks' zero point. */
const MIDDLE_GRAY = 110;
const SPREAD = 60;

/** A picture as the detector wants it, and how much it was scaled. */
export interface Letterboxed {
  readonly values: Float32Array<ArrayBuffer>;
  readonly scale: number;
}

/** Fits the picture into the top left of 640x360, as in training: area resize, the rest middle gray, (gray - 110) / 60. */
export function letterbox(picture: GrayImage): Letterboxed {
  const scale = Math.min(NET_WIDTH / picture.width, NET_HEIGHT / picture.height);
  const small = resizeArea(picture, Math.trunc(picture.width * scale), Math.trunc(picture.height * scale));
  const values = new Float32Array(NET_WIDTH * NET_HEIGHT);
  for (let y = 0; y < small.height; y++) {
    for (let x = 0; x < small.width; x++) {
      values[y * NET_WIDTH + x] = ((small.data[y * small.width + x] ?? 0) - MIDDLE_GRAY) / SPREAD;
    }
  }
  return { values, scale };
}
