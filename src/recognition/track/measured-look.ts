import type { PlateLook } from '../seen.ts';
import type { GrayImage } from '../luma.ts';
import type { Point, Quad } from '../protocol.ts';
import { sharpnessOf } from './sharpness.ts';

/** A look with how sharp it is, for its weight in the vote. */
export interface MeasuredLook extends PlateLook {
  readonly sharpness: number;
}

/** The looks of one picture with their sharpness; what could not be read has no say, so it is not measured. */
export function measured(plateLooks: readonly PlateLook[], picture: GrayImage): readonly MeasuredLook[] {
  return plateLooks.map((one) => ({
    ...one,
    sharpness: one.candidates.length > 0 ? sharpnessOf(picture, one.quad) : 0
  }));
}

/** Width over height of a quadrilateral, each the mean of two opposite sides: about 2 for a US plate seen from before. */
export function aspectOf([topLeft, topRight, bottomRight, bottomLeft]: Quad): number {
  const height = distance(topLeft, bottomLeft) + distance(topRight, bottomRight);
  return (distance(topLeft, topRight) + distance(bottomLeft, bottomRight)) / Math.max(1e-6, height);
}

const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y);
