/** From pixels of a camera frame to pixels of the view it is drawn in. */
import type { Quad } from '#recognition/protocol.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How a frame lies in a view that shows all of it: scaled, and centered with bars left and right or above and below. */
export interface Fit {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

export function fitOf(frame: Size, view: Size): Fit {
  if (frame.width <= 0 || frame.height <= 0) return { scale: 0, left: 0, top: 0 };
  const scale = Math.min(view.width / frame.width, view.height / frame.height);
  return {
    scale,
    left: (view.width - frame.width * scale) / 2,
    top: (view.height - frame.height * scale) / 2
  };
}

/** The corners of a plate in the view, as an SVG polygon wants them. */
export function cornersInView(quad: Quad, fit: Fit): string {
  return quad
    .map(({ x, y }) => `${(fit.left + x * fit.scale).toFixed(1)},${(fit.top + y * fit.scale).toFixed(1)}`)
    .join(' ');
}

/** Where the words of a plate stand: above its box, or below it when the top edge of the view is near. */
export function labelPlace(quad: Quad, fit: Fit, labelHeight: number): { readonly left: number; readonly top: number } {
  const xs = quad.map(({ x }) => x);
  const ys = quad.map(({ y }) => y);
  const above = fit.top + Math.min(...ys) * fit.scale - labelHeight - 8;
  const below = fit.top + Math.max(...ys) * fit.scale + 8;
  return { left: Math.max(4, fit.left + Math.min(...xs) * fit.scale), top: above >= 4 ? above : below };
}
