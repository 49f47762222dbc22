import type { GrayImage } from '../luma.ts';
import type { Quad } from '../protocol.ts';
import { widened } from '../quad.ts';
import { straighten } from '../rectify/rectify.ts';

/** The size that the second reader's network was trained with (training/tesseract/network.py). */
export const TESSERACT_STRIP = { width: 128, height: 40 } as const;

/**
 * How much of the strip is taken, in width and height. Of 400 rendered strips one cut reads 251, these four together 269;
 * that they disagree tells more of doubt than tesseract's own confidence does.
 */
export const CUTS: readonly (readonly [number, number])[] = [
  [1.0, 1.0],
  [0.95, 0.93],
  [1.08, 1.1],
  [1.04, 1.04]
];

/**
 * The strip as tesseract is fed, once for each cut: gray, as high as its network's input, in a PGM file, which it takes
 * without decoding. No character is cut out, nothing made black and white; the network learned what is no character.
 */
export function tesseractFiles(strip: GrayImage): readonly Uint8Array[] {
  const { width, height } = strip;
  const whole: Quad = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height }
  ];
  return CUTS.flatMap(([wide, high]) => {
    const cut = straighten(strip, widened(whole, wide, high), TESSERACT_STRIP.width, TESSERACT_STRIP.height);
    return cut === undefined ? [] : [pgm(cut)];
  });
}

function pgm({ width, height, data }: GrayImage): Uint8Array {
  const head = new TextEncoder().encode(`P5\n${String(width)} ${String(height)}\n255\n`);
  const file = new Uint8Array(head.length + data.length);
  file.set(head);
  file.set(data, head.length);
  return file;
}
