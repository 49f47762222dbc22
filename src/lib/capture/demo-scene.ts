/** The demo street's picture: pure drawing, the same for the same moment, so that clips for tests can be made of it too. */
import { drawBackground, HORIZON, polygon, SCENE_WIDTH, type Context } from './demo-background.ts';

export { SCENE_HEIGHT, SCENE_WIDTH } from './demo-background.ts';

/** Plates that nobody has: what the demo's cars wear, and what its hotlist may name. */
export const DEMO_PLATES: readonly string[] = ['TST042', 'FAKE77', 'XYZ123', 'TST815', 'MADEUP', 'PLATE6'];

/** The next car comes after so long, and each is in view for `CAR_MS`: two are in the picture for a moment. */
export const NEXT_CAR_MS = 2600;
const CAR_MS = 3400;
/** The face that plates are drawn in; `loadPlateFace` makes it known. */
export const PLATE_FACE = 'Platekeeper demo plate';

const PAINTS = ['#34506f', '#7a2f33', '#4b5b4a', '#5d5d66', '#2f3440', '#86775a'];

/** How long it takes until the last car is gone and the street begins anew. */
export function loopMs(plates: readonly string[]): number {
  return plates.length * NEXT_CAR_MS + CAR_MS - NEXT_CAR_MS + 1200;
}

/** Draws the street `atMs` after it began, on a canvas of 1280x720. */
export function drawStreet(context: Context, plates: readonly string[], atMs: number): void {
  drawBackground(context);
  for (const { plate, i, x, y, plateWidth } of carsAt(plates, atMs)) {
    drawCar(context, plate, PAINTS[i % PAINTS.length] ?? '#555', x, y, plateWidth);
  }
  drawBanner(context);
}

/** A car on the street: the center of its plate and the plate's width, in pixels. */
interface CarAt {
  readonly plate: string;
  readonly i: number;
  readonly x: number;
  readonly y: number;
  readonly plateWidth: number;
}

/** The cars that are in the picture at that moment, the farthest first. */
export function carsAt(plates: readonly string[], atMs: number): readonly CarAt[] {
  return plates
    .map((plate, i) => ({ plate, i, progress: (atMs - i * NEXT_CAR_MS) / CAR_MS }))
    .filter(({ progress }) => progress > 0 && progress < 1)
    .map(({ plate, i, progress }) => ({ plate, i, ...placeOf(i, progress) }))
    .sort((a, b) => a.plateWidth - b.plateWidth);
}

/** Even cars drive away on the right, odd ones come nearer on the left. */
function placeOf(i: number, progress: number): { x: number; y: number; plateWidth: number } {
  const isLeaving = i % 2 === 0;
  const nearness = isLeaving ? 1 - progress : progress;
  // Perspective: size falls with distance, not with time.
  const plateWidth = 1 / ((1 - nearness) / 105 + nearness / 215);
  const side = isLeaving ? 1 : -1;
  return {
    x: SCENE_WIDTH / 2 + side * (60 + plateWidth * 1.25),
    y: HORIZON + 20 + plateWidth * 1.55,
    plateWidth
  };
}

/** A car seen along the road, its plate's center at x, y; everything is measured in plate widths. */
function drawCar(context: Context, plate: string, paint: string, x: number, y: number, unit: number): void {
  const at = (dx: number, dy: number): [number, number] => [x + dx * unit, y + dy * unit];
  context.fillStyle = 'rgba(20, 22, 25, 0.45)';
  context.beginPath();
  context.ellipse(x, y + 1 * unit, 1.75 * unit, 0.16 * unit, 0, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = '#17181a';
  for (const side of [-1, 1])
    context.fillRect(x + side * 1.4 * unit - 0.16 * unit, y + 0.3 * unit, 0.32 * unit, 0.75 * unit);
  context.fillStyle = paint;
  polygon(
    context,
    at(-1.25, -1.75),
    at(1.25, -1.75),
    at(1.6, -0.9),
    at(1.75, -0.5),
    at(1.75, 0.55),
    at(-1.75, 0.55),
    at(-1.75, -0.5),
    at(-1.6, -0.9)
  );
  context.fillStyle = '#27313a';
  polygon(context, at(-1.1, -1.6), at(1.1, -1.6), at(1.38, -0.92), at(-1.38, -0.92));
  context.fillStyle = '#a33a32';
  for (const side of [-1, 1])
    context.fillRect(x + side * 1.55 * unit - 0.13 * unit, y - 0.6 * unit, 0.26 * unit, 0.62 * unit);
  context.fillStyle = '#232629';
  polygon(context, at(-1.8, 0.38), at(1.8, 0.38), at(1.7, 0.68), at(-1.7, 0.68));
  context.fillStyle = 'rgba(10, 12, 14, 0.55)';
  polygon(context, at(-0.62, -0.36), at(0.62, -0.36), at(0.62, 0.36), at(-0.62, 0.36));
  drawPlate(context, plate, x, y, unit);
}

/** An invented plate of no state: 12 by 6 inches as all US plates. */
function drawPlate(context: Context, plate: string, x: number, y: number, width: number): void {
  const height = width / 2;
  context.save();
  context.translate(x - width / 2, y - height / 2);
  context.fillStyle = '#eef1ee';
  context.beginPath();
  context.roundRect(0, 0, width, height, width * 0.03);
  context.fill();
  context.strokeStyle = '#8b9399';
  context.lineWidth = Math.max(1, width * 0.008);
  context.stroke();
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.fillStyle = '#4c6a86';
  context.font = `${String(height * 0.15)}px "${PLATE_FACE}"`;
  context.fillText('DEMO', width / 2, height * 0.17);
  context.fillText('INVENTED PLATE', width / 2, height * 0.96);
  context.fillStyle = '#1d2c4d';
  context.font = `${String(height * 0.86)}px "${PLATE_FACE}"`;
  context.letterSpacing = `${String(width * 0.012)}px`;
  const wide = context.measureText(plate).width;
  const squeeze = Math.min(1, (width * 0.92) / wide);
  context.translate(width / 2, height * 0.8);
  context.scale(squeeze, 1);
  context.fillText(plate, 0, 0);
  context.restore();
}

function drawBanner(context: Context): void {
  context.fillStyle = '#2f3e4b';
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.font = '20px sans-serif';
  context.fillText('This is a DEMO: the street is drawn, the plates are invented.', 24, 23);
}
