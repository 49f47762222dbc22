import type { GrayImage } from '../luma.ts';

/** Free space around the row, as tesseract expects around a line of print. */
const PADDING = 12;

/**
 * The row of plate characters alone, black on white, cut out of a straight strip: no frame, state name, slogan or bolts.
 * Undefined when no row of like characters stands out. tesseract reads nothing on a whole plate but this it does.
 */
export function characterRow(strip: GrayImage): GrayImage | undefined {
  const dark = Uint8Array.from(strip.data, (value, i) => (value < localThreshold(strip, i) ? 1 : 0));
  const light = dark.map((one) => 1 - one);
  const rows = [dark, light].map((ink) => alike(glyphs(ink, strip), strip));
  const row = (rows[0]?.length ?? 0) >= (rows[1]?.length ?? 0) ? rows[0] : rows[1];
  return row === undefined || row.length < 2 ? undefined : print(row, strip.width);
}

/** A connected patch of ink. */
interface Glyph {
  readonly pixels: readonly number[];
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const thresholds = new WeakMap<GrayImage, Uint8Array>();

/** The brightness that parts ink from ground around a pixel: one for each third of the strip, by Otsu, so that a shadow does no harm. */
function localThreshold(strip: GrayImage, i: number): number {
  let table = thresholds.get(strip);
  if (table === undefined) {
    table = columnThresholds(strip);
    thresholds.set(strip, table);
  }
  return table[i % strip.width] ?? 128;
}

function columnThresholds({ width, height, data }: GrayImage): Uint8Array {
  const parts = [0, 1, 2].map((part) => {
    const histogram = new Float64Array(256);
    const [from, to] = [Math.floor((part * width) / 3), Math.floor(((part + 1) * width) / 3)];
    for (let y = Math.floor(height * 0.15); y < height * 0.85; y++) {
      for (let x = from; x < to; x++) {
        const value = data[y * width + x] ?? 0;
        histogram[value] = (histogram[value] ?? 0) + 1;
      }
    }
    return otsu(histogram);
  });
  // Blended from part to part, so that no edge appears between them.
  return Uint8Array.from({ length: width }, (_, x) => {
    const at = Math.min(2, Math.max(0, (x / width) * 3 - 0.5));
    const [low, high] = [parts[Math.floor(at)] ?? 128, parts[Math.ceil(at)] ?? 128];
    return low + (high - low) * (at - Math.floor(at));
  });
}

/** Otsu's threshold: the value that parts a histogram into two groups as different as can be. */
function otsu(histogram: Float64Array): number {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  const mean = histogram.reduce((sum, count, value) => sum + count * value, 0) / total;
  let [below, sumBelow, best, threshold] = [0, 0, -1, 128];
  for (let value = 0; value < 255; value++) {
    below += histogram[value] ?? 0;
    sumBelow += (histogram[value] ?? 0) * value;
    const between = (mean * below - sumBelow) ** 2 / (below * (total - below) || 1);
    if (between > best) [best, threshold] = [between, value + 1];
  }
  return threshold;
}

function glyphs(ink: Uint8Array, { width, height }: GrayImage): Glyph[] {
  const seen = new Uint8Array(ink.length);
  const found: Glyph[] = [];
  for (let start = 0; start < ink.length; start++) {
    if (ink[start] === 0 || seen[start] === 1) continue;
    seen[start] = 1;
    const pixels = [start];
    let [left, top, right, bottom] = [width, height, 0, 0];
    for (let next = 0; next < pixels.length; next++) {
      const at = pixels[next] ?? 0;
      const [x, y] = [at % width, Math.floor(at / width)];
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      for (const to of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
        if (to >= 0 && to < ink.length && ink[to] === 1 && seen[to] === 0) {
          seen[to] = 1;
          pixels.push(to);
        }
      }
    }
    found.push({ pixels, left, top, right, bottom });
  }
  return found;
}

/** Those glyphs that stand in one row and are of one height, as plate characters are. */
function alike(found: readonly Glyph[], { width, height }: GrayImage): Glyph[] {
  const tall = found.filter((glyph) => {
    const [wide, high] = [glyph.right - glyph.left + 1, glyph.bottom - glyph.top + 1];
    return high > height * 0.3 && high < height * 0.92 && wide < width * 0.22 && wide > 3;
  });
  let best: Glyph[] = [];
  for (const model of tall) {
    const high = model.bottom - model.top + 1;
    const row = tall.filter(
      (one) =>
        Math.abs(one.bottom - one.top - (model.bottom - model.top)) < high * 0.18 &&
        Math.abs(one.bottom + one.top - model.bottom - model.top) < high * 0.4
    );
    if (row.length > best.length) best = row;
  }
  return best;
}

function print(row: readonly Glyph[], stripWidth: number): GrayImage {
  const left = Math.min(...row.map((glyph) => glyph.left));
  const top = Math.min(...row.map((glyph) => glyph.top));
  const width = Math.max(...row.map((glyph) => glyph.right)) - left + 1 + 2 * PADDING;
  const height = Math.max(...row.map((glyph) => glyph.bottom)) - top + 1 + 2 * PADDING;
  const data = new Uint8Array(width * height).fill(255);
  for (const at of row.flatMap((glyph) => glyph.pixels)) {
    const x = (at % stripWidth) - left + PADDING;
    const y = Math.floor(at / stripWidth) - top + PADDING;
    data[y * width + x] = 0;
  }
  return { width, height, data };
}
