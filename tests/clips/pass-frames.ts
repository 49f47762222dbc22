/**
 * A still picture turned into the frames of a pass: the camera moves past the plate, nearer or farther, a little turned,
 * while blur, light and noise change from frame to frame as they do on a real drive. Seeded: the same name gives the same
 * frames. What it does not have: a change of viewpoint, rain, rolling shutter.
 */
import sharp, { type Sharp } from 'sharp';
import type { GrayImage } from '#recognition/luma.ts';
import { Chance } from '#tests/simulation/chance.ts';

/** A still picture and where in it the plate is, in pixels. */
export interface Still {
  readonly name: string;
  readonly picture: GrayImage;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

export interface PassFrame {
  readonly atMs: number;
  readonly picture: GrayImage;
  /** where the plate's middle is in this frame, and its width in pixels */
  readonly plateAt: { readonly x: number; readonly y: number; readonly widthPx: number };
}

/** Ten frames a second, as a tablet looks; a little more than a second of drive. */
const FRAMES = 12;
const EVERY_MS = 100;
/** A plate narrower than this is no plate that anybody would read. */
const LEAST_WIDTH_PX = 45;
const MOST_FRAME_WIDTH = 1280;

/** The frames of one pass, in order. */
export async function* passFrames(still: Still, seed: number): AsyncGenerator<PassFrame> {
  const chance = new Chance(hash(still.name) ^ seed);
  const { picture, box } = still;
  const size = { width: Math.min(picture.width, MOST_FRAME_WIDTH), height: Math.min(picture.height, 720) };
  const nearest = 1 + 0.3 * chance.next();
  const farthest = Math.max(LEAST_WIDTH_PX / box.width, nearest * (0.65 + 0.25 * chance.next()));
  const approaches = chance.happens(0.5);
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const margin = box.width * nearest;
  const start = { x: within(middle.x, margin, size.width - margin), y: within(middle.y, margin, size.height - margin) };
  const way = { x: (chance.next() - 0.5) * 0.5 * size.width, y: (chance.next() - 0.5) * 0.15 * size.height };
  const [turn, turnsBy] = [(chance.next() - 0.5) * 0.08, (chance.next() - 0.5) * 0.06];
  const drift = { blur: drifting(chance, 0.5), streak: drifting(chance, 0.6), light: drifting(chance, 0.8) };
  const noise = 2 + 5 * chance.next();

  for (let i = 0; i < FRAMES; i++) {
    const progress = i / (FRAMES - 1);
    const zoom = farthest + (nearest - farthest) * (approaches ? progress : 1 - progress);
    const at = {
      x: within(start.x + way.x * (progress - 0.5), margin, size.width - margin),
      y: within(start.y + way.y * (progress - 0.5), margin, size.height - margin)
    };
    const moved = seenThrough(picture, size, { middle, at, zoom, angle: turn + turnsBy * progress });
    const frame = await photographed(moved, {
      blur: 0.3 + 0.6 * Math.abs(drift.blur()),
      streak: 2 * Math.abs(drift.streak()),
      gain: Math.min(1.35, Math.max(0.4, 0.95 + 0.25 * drift.light())),
      noise,
      chance
    });
    yield { atMs: i * EVERY_MS, picture: frame, plateAt: { ...at, widthPx: box.width * zoom } };
  }
}

/** The same still looked at for long from a tripod: only light, noise and a trembling camera change. */
export async function* parkedFrames(
  still: Still,
  seconds: number,
  everyMs: number,
  seed: number
): AsyncGenerator<PassFrame> {
  const chance = new Chance(hash(still.name) ^ seed);
  const { picture, box } = still;
  const size = { width: Math.min(picture.width, MOST_FRAME_WIDTH), height: Math.min(picture.height, 720) };
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const place = {
    x: within(middle.x, box.width, size.width - box.width),
    y: within(middle.y, box.width, size.height - box.width)
  };
  const light = drifting(chance, 0.97);
  for (let atMs = 0; atMs <= seconds * 1000; atMs += everyMs) {
    const at = { x: place.x + 3 * (chance.next() - 0.5), y: place.y + 3 * (chance.next() - 0.5) };
    const moved = seenThrough(picture, size, { middle, at, zoom: 1, angle: 0 });
    const blur = chance.happens(0.1) ? 2.2 : 0.4;
    const gain = Math.min(1.35, Math.max(0.4, 0.95 + 0.25 * light()));
    const frame = await photographed(moved, { blur, streak: 0, gain, noise: 5, chance });
    yield { atMs, picture: frame, plateAt: { ...at, widthPx: box.width } };
  }
}

interface View {
  /** the point of the still that is seen at `at` in the frame */
  readonly middle: { readonly x: number; readonly y: number };
  readonly at: { readonly x: number; readonly y: number };
  readonly zoom: number;
  /** radians */
  readonly angle: number;
}

/** The still through a moved camera; beyond its edges the last line of pixels goes on. */
function seenThrough(picture: GrayImage, size: { width: number; height: number }, view: View): GrayImage {
  const { width, height } = size;
  const data = new Uint8Array(width * height);
  const cos = Math.cos(view.angle) / view.zoom;
  const sin = Math.sin(view.angle) / view.zoom;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - view.at.x, y - view.at.y];
      const sx = Math.min(picture.width - 1.001, Math.max(0, view.middle.x + cos * dx + sin * dy));
      const sy = Math.min(picture.height - 1.001, Math.max(0, view.middle.y - sin * dx + cos * dy));
      const [left, top] = [Math.floor(sx), Math.floor(sy)];
      const [fx, fy] = [sx - left, sy - top];
      const from = top * picture.width + left;
      const upper = (picture.data[from] ?? 0) * (1 - fx) + (picture.data[from + 1] ?? 0) * fx;
      const below = from + picture.width;
      const lower = (picture.data[below] ?? 0) * (1 - fx) + (picture.data[below + 1] ?? 0) * fx;
      data[y * width + x] = upper * (1 - fy) + lower * fy + 0.5;
    }
  }
  return { width, height, data };
}

interface Look {
  /** deviation of the blur, and length of the streak that motion draws, in pixels */
  readonly blur: number;
  readonly streak: number;
  readonly gain: number;
  /** deviation in tones */
  readonly noise: number;
  readonly chance: Chance;
}

/** What the lens, the exposure, the sensor and the camera's JPEG make of it. */
async function photographed({ width, height, data }: GrayImage, look: Look): Promise<GrayImage> {
  const raw = { raw: { width, height, channels: 1 as const } };
  let picture = sharp(data, raw).blur(Math.max(0.3, look.blur));
  const streak = 2 * Math.round(look.streak / 2) + 1;
  if (streak >= 3) {
    const kernel = Array.from({ length: streak * 3 }, (_, i) => (Math.floor(i / streak) === 1 ? 1 : 0));
    picture = sharp(await gray(picture), raw).convolve({ width: streak, height: 3, kernel });
  }
  const seen = await gray(picture);
  const noisy = Buffer.alloc(seen.length);
  for (let i = 0; i < seen.length; i++) {
    // The sum of two even chances is near enough to a sensor's noise.
    const noise = (look.chance.next() + look.chance.next() - 1) * 2.45 * look.noise;
    noisy[i] = Math.max(0, Math.min(255, (seen[i] ?? 0) * look.gain + noise));
  }
  const jpeg = await sharp(noisy, raw).jpeg({ quality: 70 }).toBuffer();
  return { width, height, data: new Uint8Array(await gray(sharp(jpeg))) };
}

function gray(picture: Sharp): Promise<Buffer> {
  return picture.toColorspace('b-w').raw({ depth: 'uchar' }).toBuffer();
}

/** A value that wanders about 0 with a spread of 1; `memory` is how much of the last one it keeps. */
function drifting(chance: Chance, memory: number): () => number {
  const step = (): number => (chance.next() + chance.next() + chance.next() - 1.5) * 2;
  let value = step();
  return () => {
    value = memory * value + Math.sqrt(1 - memory * memory) * step();
    return value;
  };
}

function within(value: number, least: number, most: number): number {
  return least > most ? (least + most) / 2 : Math.min(most, Math.max(least, value));
}

/** A number from a name, so that every still has a course of its own (FNV-1a). */
function hash(name: string): number {
  let value = 0x811c9dc5;
  for (const character of name) value = Math.imul(value ^ character.charCodeAt(0), 0x01000193);
  return value >>> 0;
}
