/** What stands behind the demo street's cars: houses, trees and the road. Nothing of it may look like a plate. */

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

export const SCENE_WIDTH = 1280;
export const SCENE_HEIGHT = 720;
export const HORIZON = 250;

const HOUSES = [
  { x: 30, width: 130, height: 78, wall: '#8b7f70', roof: '#5f5148' },
  { x: 300, width: 150, height: 92, wall: '#7d8790', roof: '#4f5860' },
  { x: 800, width: 140, height: 84, wall: '#8d8674', roof: '#61574a' },
  { x: 1110, width: 150, height: 96, wall: '#867a75', roof: '#574a48' }
] as const;
const TREES = [
  { x: 228, size: 74, green: '#62764f' },
  { x: 520, size: 88, green: '#586d4b' },
  { x: 738, size: 66, green: '#6a7d56' },
  { x: 1020, size: 82, green: '#5d7150' }
] as const;

/** Draws everything that does not move. */
export function drawBackground(context: Context): void {
  const sky = context.createLinearGradient(0, 0, 0, HORIZON);
  sky.addColorStop(0, '#8fa6b8');
  sky.addColorStop(1, '#c3ccd0');
  context.fillStyle = sky;
  context.fillRect(0, 0, SCENE_WIDTH, HORIZON);
  drawWood(context);
  for (const house of HOUSES) drawHouse(context, house);
  for (const tree of TREES) drawTree(context, tree);
  drawHedge(context);
  context.fillStyle = '#7d8a6c';
  context.fillRect(0, HORIZON, SCENE_WIDTH, SCENE_HEIGHT - HORIZON);
  context.fillStyle = '#55585c';
  polygon(context, [560, HORIZON], [720, HORIZON], [1500, SCENE_HEIGHT], [-220, SCENE_HEIGHT]);
  context.fillStyle = '#cfc58a';
  polygon(context, [637, HORIZON], [643, HORIZON], [655, SCENE_HEIGHT], [625, SCENE_HEIGHT]);
}

/**
 * A gabled front without windows: a light front with a row of dark panes is what a detector takes for a plate, and on this
 * street nothing but plates may look like one (demo-street.browser.test.ts).
 */
function drawHouse(context: Context, { x, width, height, wall, roof }: (typeof HOUSES)[number]): void {
  const eaves = HORIZON - height;
  const ridge = eaves - width * 0.42;
  context.fillStyle = wall;
  polygon(context, [x, HORIZON], [x, eaves], [x + width / 2, ridge], [x + width, eaves], [x + width, HORIZON]);
  context.strokeStyle = roof;
  context.lineWidth = 12;
  context.lineJoin = 'round';
  context.beginPath();
  context.moveTo(x - 12, eaves + 8);
  context.lineTo(x + width / 2, ridge);
  context.lineTo(x + width + 12, eaves + 8);
  context.stroke();
}

/** Far trees behind the houses: no patch of bright sky is left between them. */
function drawWood(context: Context): void {
  context.fillStyle = '#7f9184';
  context.beginPath();
  context.moveTo(0, HORIZON);
  for (let x = 0; x <= SCENE_WIDTH; x += 20)
    context.lineTo(x, HORIZON - 78 - 14 * Math.sin(x / 97) - 9 * Math.sin(x / 41));
  context.lineTo(SCENE_WIDTH, HORIZON);
  context.fill();
}

function drawHedge(context: Context): void {
  context.fillStyle = '#66795a';
  context.beginPath();
  for (let x = -10; x <= SCENE_WIDTH + 10; x += 26) {
    if (x > 540 && x < 740) continue;
    context.moveTo(x + 24, HORIZON);
    context.arc(x, HORIZON, 24 + 6 * Math.sin(x), 0, 2 * Math.PI);
  }
  context.fill();
}

function drawTree(context: Context, { x, size, green }: (typeof TREES)[number]): void {
  context.fillStyle = '#5b4c3e';
  context.fillRect(x - size * 0.08, HORIZON - size, size * 0.16, size);
  context.fillStyle = green;
  context.beginPath();
  for (const [dx, dy, r] of [
    [0, -1.35, 0.55],
    [-0.38, -0.95, 0.5],
    [0.4, -1, 0.48]
  ] as const) {
    context.moveTo(x + (dx + r) * size, HORIZON + dy * size);
    context.arc(x + dx * size, HORIZON + dy * size, r * size, 0, 2 * Math.PI);
  }
  context.fill();
}

/** Fills a shape with straight edges. */
export function polygon(context: Context, ...points: readonly (readonly [number, number])[]): void {
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.closePath();
  context.fill();
}
