import type { GrayImage } from '../luma.ts';
import { resizeArea } from './resize.ts';

export const NET_WIDTH = 640;
export const NET_HEIGHT = 360;
/** The gray that fills what the picture leaves free, and the networks' zero point. */
export const MIDDLE_GRAY = 110;
const SPREAD = 60;

/** A picture as the detector wants it, how much it was scaled, and the picture in that size. */
export interface Letterboxed {
  readonly values: Float32Array<ArrayBuffer>;
  readonly scale: number;
  readonly small: GrayImage;
}

/** Fits the picture into the top left of 640x360, as in training: area resize, the rest middle gray, (gray - 110) / 60. */
export function letterbox(picture: GrayImage): Letterboxed {
  const scale = Math.min(NET_WIDTH / picture.width, NET_HEIGHT / picture.height);
  const small = resizeArea(picture, Math.trunc(picture.width * scale), Math.trunc(picture.height * scale));
  return { values: valuesOf(small, NET_WIDTH, NET_HEIGHT), scale, small };
}

/** The network's input of the given size with the picture in its top left, (gray - 110) / 60. */
export function valuesOf(picture: GrayImage, width: number, height: number): Float32Array<ArrayBuffer> {
  const values = new Float32Array(width * height);
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      values[y * width + x] = ((picture.data[y * picture.width + x] ?? 0) - MIDDLE_GRAY) / SPREAD;
    }
  }
  return values;
}
