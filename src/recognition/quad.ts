import type { Place } from '#domain/voting/same-car.ts';
import type { Point, Quad } from './protocol.ts';

/** An upright box in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function boxAround(quad: Quad): Box {
  const xs = quad.map((corner) => corner.x);
  const ys = quad.map((corner) => corner.y);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/** Length of the quadrilateral's upper edge in pixels: what counts as the plate's width. */
export function topEdge(quad: Quad): number {
  return Math.hypot(quad[1].x - quad[0].x, quad[1].y - quad[0].y);
}

export function middleOf(quad: Quad): Point {
  return {
    x: quad.reduce((sum, corner) => sum + corner.x, 0) / 4,
    y: quad.reduce((sum, corner) => sum + corner.y, 0) / 4
  };
}

export function placeOf(quad: Quad): Place {
  return { ...middleOf(quad), widthPx: topEdge(quad) };
}

/** The quadrilateral stretched about its middle. */
export function widened(quad: Quad, wide: number, high: number): Quad {
  const middle = middleOf(quad);
  const stretch = ({ x, y }: Point): Point => ({
    x: middle.x + (x - middle.x) * wide,
    y: middle.y + (y - middle.y) * high
  });
  return [stretch(quad[0]), stretch(quad[1]), stretch(quad[2]), stretch(quad[3])];
}

/** How much two quadrilaterals' boxes lie on each other: shared area over covered area, 0..1. */
export function overlap(one: Quad, other: Quad): number {
  const a = boxAround(one);
  const b = boxAround(other);
  const shared =
    Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
    Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
  const covered = area(a) + area(b) - shared;
  return covered > 0 ? shared / covered : 0;
}

/** True when the plate is wholly in the picture; half a plate reads as another, shorter one. */
export function isWhollyIn(quad: Quad, picture: { readonly width: number; readonly height: number }): boolean {
  const slack = topEdge(quad) * 0.04;
  const { left, top, right, bottom } = boxAround(quad);
  return left >= -slack && top >= -slack && right <= picture.width + slack && bottom <= picture.height + slack;
}

const area = (box: Box): number => (box.right - box.left) * (box.bottom - box.top);
