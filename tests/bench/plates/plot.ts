/** The calibration as a picture: how right claims are, and how many plates a precision leaves. Plain SVG, no library. */
import { calibration, coverageAt, type Reading } from './figures.ts';

const SIZE = 320;
const PAD = 44;
const PRECISIONS = [0.9, 0.925, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.995, 0.999];

/** Draws both diagrams beside each other for the sets, each in a color and shape of its own; returns the SVG's text. */
export function plot(sets: readonly { readonly name: string; readonly readings: readonly Reading[] }[]): string {
  const wide = 2 * (SIZE + 2 * PAD);
  const high = SIZE + 2 * PAD + 22 * sets.length;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" font-family="sans-serif" font-size="13">`,
    '<title>Claimed confidence against what was right, and the share of plates at a precision</title>',
    `<rect width="${wide}" height="${high}" fill="#fff"/>`,
    frame(PAD, 'claimed confidence', 'right', [0, 0.5, 1], [0, 0.5, 1]),
    `<line x1="${PAD}" y1="${PAD + SIZE}" x2="${PAD + SIZE}" y2="${PAD}" stroke="#999" stroke-dasharray="4 4"/>`,
    frame(SIZE + 3 * PAD, 'precision kept', 'share of all plates', [0.9, 0.95, 1], [0, 0.5, 1]),
    ...sets.map(({ readings }, i) => claims(readings, i) + coverages(readings, i)),
    ...sets.map(({ name, readings }, i) => legend(name, readings.length, i)),
    '</svg>',
    ''
  ].join('\n');
}

const COLORS = ['#0b5cad', '#b3410e', '#2d7a3a'];
const colorOf = (i: number): string => COLORS[i % COLORS.length] ?? '#000';

/** A dot for each group of claims, its area by how many there are. */
function claims(readings: readonly Reading[], i: number): string {
  return calibration(readings)
    .map(({ claimed, right, count }) => {
      const radius = 2 + 14 * Math.sqrt(count / Math.max(1, readings.length));
      return mark(PAD + claimed * SIZE, PAD + (1 - right) * SIZE, radius, i);
    })
    .join('');
}

function coverages(readings: readonly Reading[], i: number): string {
  const points = PRECISIONS.map((precision) => {
    const x = SIZE + 3 * PAD + ((precision - 0.9) / 0.1) * SIZE;
    return `${x.toFixed(1)},${(PAD + (1 - coverageAt(readings, precision)) * SIZE).toFixed(1)}`;
  });
  const dash = i === 0 ? '' : ` stroke-dasharray="${8 / i} 4"`;
  return `<polyline points="${points.join(' ')}" fill="none" stroke="${colorOf(i)}" stroke-width="2"${dash}/>`;
}

/** The first set's dots are round, the others' square: shape tells them apart where color does not. */
function mark(x: number, y: number, radius: number, i: number): string {
  const style = `fill="${colorOf(i)}" fill-opacity="0.6"`;
  if (i === 0) return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius.toFixed(1)}" ${style}/>`;
  const side = (2 * radius).toFixed(1);
  return `<rect x="${(x - radius).toFixed(1)}" y="${(y - radius).toFixed(1)}" width="${side}" height="${side}" ${style}/>`;
}

function legend(name: string, count: number, i: number): string {
  const y = SIZE + 2 * PAD + 22 * i;
  return `${mark(PAD + 6, y, 6, i)}<text x="${PAD + 22}" y="${y + 5}">${name}, ${count} pictures</text>`;
}

function frame(left: number, across: string, up: string, xs: readonly number[], ys: readonly number[]): string {
  const [low = 0] = xs;
  const high = xs.at(-1) ?? 1;
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  return [
    `<rect x="${left}" y="${PAD}" width="${SIZE}" height="${SIZE}" fill="none" stroke="#333"/>`,
    ...xs.map(
      (x) =>
        `<text x="${left + ((x - low) / (high - low)) * SIZE}" y="${PAD + SIZE + 16}" text-anchor="middle">${percent(x)}</text>`
    ),
    ...ys.map((y) => `<text x="${left - 4}" y="${PAD + (1 - y) * SIZE + 4}" text-anchor="end">${percent(y)}</text>`),
    `<text x="${left + SIZE / 2}" y="${PAD + SIZE + 32}" text-anchor="middle">${across}</text>`,
    `<text x="${left}" y="${PAD - 10}">${up}</text>`
  ].join('');
}
