import { sizeOf, type Frame, type GrayImage } from './luma.ts';
import type { Quad } from './protocol.ts';
import { boxAround, topEdge, widened, type Box } from './quad.ts';
import { WHOLE_PLATE } from './read/jurisdiction.ts';
import { straighten } from './rectify/rectify.ts';

const PLATE_IMAGE_WIDTH = 320;
const CONTEXT_IMAGE_WIDTH = 960;
/** What one picture of a read may weigh; a shift of reads must fit the tablet and the rural line. */
export const LARGEST_IMAGE_BYTES = 60_000;
const QUALITIES = [0.82, 0.7, 0.55, 0.4, 0.25];

/** The strip the second reader gets: twice as fine as ours, its characters some 50 px high. */
const SECOND_STRIP = { width: 256, height: 96 };

/** The two pictures of a read, as JPEG without metadata. */
export interface Pictures {
  readonly plateImage: ArrayBuffer;
  readonly contextImage: ArrayBuffer;
}

interface KeptFrame {
  readonly frameId: number;
  readonly frame: Frame;
}

/**
 * What is kept of the best look of a pass until it is settled: the plate, its surroundings, a strip for the second reader,
 * and the straight plate for naming its jurisdiction. One a pass, in memory, drawn over when a better look comes; never a whole frame.
 */
export class Keepsake {
  readonly #plate = new OffscreenCanvas(1, 1);
  readonly #context = new OffscreenCanvas(1, 1);
  #strip: GrayImage | undefined;
  #wholePlate: GrayImage | undefined;
  #worth = 0;
  #frameId = 0;

  /** The frame the pictures are of. */
  get frameId(): number {
    return this.#frameId;
  }
  /** The straight plate for the second reader; undefined when its corners span nothing. */
  get strip(): GrayImage | undefined {
    return this.#strip;
  }
  /** The straight plate that its jurisdiction is named by; undefined when its corners span nothing. */
  get wholePlate(): GrayImage | undefined {
    return this.#wholePlate;
  }

  /** Keeps this look instead if it is clearly better; drawing costs more than reading, so small gains are let go. */
  keepIfBetter(worth: number, { frameId, frame }: KeptFrame, picture: GrayImage, quad: Quad): void {
    if (worth < this.#worth * 1.15 || worth === 0) return;
    this.#worth = worth;
    this.#frameId = frameId;
    const { width, height } = sizeOf(frame);
    draw(frame, this.#context, { left: 0, top: 0, right: width, bottom: height }, CONTEXT_IMAGE_WIDTH);
    draw(frame, this.#plate, within(boxAround(widened(quad, 1.3, 1.6)), width, height), PLATE_IMAGE_WIDTH);
    this.#strip = straighten(picture, quad, SECOND_STRIP.width, SECOND_STRIP.height);
    this.#wholePlate = straighten(picture, quad, WHOLE_PLATE.width, WHOLE_PLATE.height);
  }

  /** Encodes both pictures, each at most `LARGEST_IMAGE_BYTES`. */
  async pictures(): Promise<Pictures> {
    const [plateImage, contextImage] = await Promise.all([encode(this.#plate), encode(this.#context)]);
    return { plateImage, contextImage };
  }
}

/** From this sharpness on a picture of a plate is crisp to people. */
const CRISP = 0.3;

/** How good a look is for people and for the second reader: sure of its text, large, and sharp. */
export function worthOf(quad: Quad, probability: number, sharpness: number): number {
  return probability * Math.min(1, topEdge(quad) / 160) * (0.5 + 0.5 * Math.min(1, sharpness / CRISP));
}

function within(box: Box, width: number, height: number): Box {
  const left = Math.max(0, Math.min(width - 2, Math.floor(box.left)));
  const top = Math.max(0, Math.min(height - 2, Math.floor(box.top)));
  return {
    left,
    top,
    right: Math.max(left + 2, Math.min(width, Math.ceil(box.right))),
    bottom: Math.max(top + 2, Math.min(height, Math.ceil(box.bottom)))
  };
}

function draw(frame: CanvasImageSource, onto: OffscreenCanvas, box: Box, atMostWide: number): void {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const scale = Math.min(1, atMostWide / width);
  onto.width = Math.max(1, Math.round(width * scale));
  onto.height = Math.max(1, Math.round(height * scale));
  const context = onto.getContext('2d', { alpha: false });
  if (context === null) throw new TypeError('This browser cannot draw a picture.');
  context.imageSmoothingQuality = 'medium';
  context.drawImage(frame, box.left, box.top, width, height, 0, 0, onto.width, onto.height);
}

async function encode(canvas: OffscreenCanvas): Promise<ArrayBuffer> {
  for (const quality of QUALITIES) {
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (blob.size <= LARGEST_IMAGE_BYTES) return blob.arrayBuffer();
  }
  // Only noise is so large: half the size holds all there is to see.
  const half = new OffscreenCanvas(1, 1);
  draw(canvas, half, { left: 0, top: 0, right: canvas.width, bottom: canvas.height }, Math.ceil(canvas.width / 2));
  return encode(half);
}
