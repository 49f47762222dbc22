import type { GrayImage } from '../luma.ts';

/**
 * Resizes by area, as OpenCV's INTER_AREA does and as the networks were trained with: each new pixel is the mean of what
 * it covers. Enlarging, where nothing is averaged, interpolates between neighbors.
 */
export function resizeArea(picture: GrayImage, width: number, height: number): GrayImage {
  if (width === picture.width && height === picture.height) return picture;
  const times = picture.width / width;
  if (Number.isInteger(times) && picture.height === height * times) return meansOfBlocks(picture, width, height, times);
  const columns = taps(picture.width, width);
  const rows = taps(picture.height, height);
  return { width, height, data: apply(picture, columns, rows) };
}

/** A whole number of times smaller, as camera frames of 1280x720 and 1920x1080 become 640x360: sums of whole pixels. */
function meansOfBlocks(picture: GrayImage, width: number, height: number, times: number): GrayImage {
  const data = new Uint8Array(width * height);
  const share = 1 / (times * times);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let row = y * times; row < (y + 1) * times; row++) {
        const first = row * picture.width + x * times;
        for (let at = first; at < first + times; at++) sum += picture.data[at] ?? 0;
      }
      data[y * width + x] = Math.round(sum * share);
    }
  }
  return { width, height, data };
}

/** For each new pixel: the first old pixel it draws on and the weights from there. */
interface Taps {
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  readonly weights: Float32Array;
  readonly most: number;
}

function taps(from: number, to: number): Taps {
  const ratio = from / to;
  const most = Math.max(2, Math.ceil(ratio) + 2);
  const starts = new Int32Array(to);
  const counts = new Int32Array(to);
  const weights = new Float32Array(to * most);
  for (let i = 0; i < to; i++) {
    const { start, shares } = ratio >= 1 ? covered(i, ratio, from) : between(i, ratio, from);
    starts[i] = start;
    counts[i] = shares.length;
    weights.set(shares, i * most);
  }
  return { starts, counts, weights, most };
}

function covered(i: number, ratio: number, from: number): { start: number; shares: number[] } {
  const left = i * ratio;
  const right = Math.min(from, left + ratio);
  const start = Math.floor(left + 1e-6);
  const shares: number[] = [];
  for (let at = start; at < right - 1e-6; at++) shares.push(Math.min(at + 1, right) - Math.max(at, left));
  const sum = shares.reduce((a, b) => a + b, 0);
  return { start, shares: shares.map((share) => share / sum) };
}

function between(i: number, ratio: number, from: number): { start: number; shares: number[] } {
  // OpenCV's enlarging form of INTER_AREA: the blend begins only where the new pixel crosses into the next old one.
  const start = Math.min(from - 1, Math.floor(i * ratio));
  const into = i + 1 - (start + 1) / ratio;
  const share = into <= 0 ? 0 : into - Math.floor(into);
  return share === 0 || start + 1 >= from ? { start, shares: [1] } : { start, shares: [1 - share, share] };
}

/**
 * Rows first, then columns: old pixels are visited once, in order, and only one line of sums is held. Takes two thirds of
 * the time of columns first (1024x640 to 576x360: 3.4 ms against 5.1 ms under Node).
 */
function apply(picture: GrayImage, columns: Taps, rows: Taps): Uint8Array {
  const [width, height] = [columns.starts.length, rows.starts.length];
  const out = new Uint8Array(width * height);
  const sums = new Float32Array(picture.width);
  for (let y = 0; y < height; y++) {
    sumRows(picture, rows, y, sums);
    for (let x = 0; x < width; x++) {
      const first = columns.starts[x] ?? 0;
      const weightsAt = x * columns.most;
      const count = columns.counts[x] ?? 0;
      let sum = 0;
      for (let c = 0; c < count; c++) sum += (sums[first + c] ?? 0) * (columns.weights[weightsAt + c] ?? 0);
      out[y * width + x] = Math.round(sum);
    }
  }
  return out;
}

function sumRows(picture: GrayImage, rows: Taps, y: number, sums: Float32Array): void {
  sums.fill(0);
  for (let r = 0; r < (rows.counts[y] ?? 0); r++) {
    const line = ((rows.starts[y] ?? 0) + r) * picture.width;
    const weight = rows.weights[y * rows.most + r] ?? 0;
    for (let x = 0; x < picture.width; x++) sums[x] = (sums[x] ?? 0) + (picture.data[line + x] ?? 0) * weight;
  }
}
