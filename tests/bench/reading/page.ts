/** Runs in Chromium: reads single pictures with the very modules of the recognition worker. */
import { vote } from '#domain/voting/vote.ts';
import { engineFiles } from '#recognition/engine-files.ts';
import { Eye } from '#recognition/eye.ts';
import { lumaOf, type GrayImage } from '#recognition/luma.ts';
import { loadNetwork } from '#recognition/onnx.ts';
import type { Quad } from '#recognition/protocol.ts';
import { boxAround, topEdge } from '#recognition/quad.ts';
import { resizeArea } from '#recognition/detect/resize.ts';
import { OnnxReader } from '#recognition/read/onnx-reader.ts';
import { TesseractReader } from '#recognition/read/tesseract-reader.ts';
import { rectify, straighten, STRIP_HEIGHT, STRIP_WIDTH } from '#recognition/rectify/rectify.ts';

/** The text of one picture, where it was, and how long each step took. */
export interface Reading {
  readonly plate: string;
  readonly confidence: number;
  readonly firstTen: readonly string[];
  readonly box?: readonly [number, number, number, number];
  readonly lumaMs: number;
  readonly detectMs: number;
  readonly readMs: number;
  /** the second reader's text on the same plate, when it was asked */
  readonly second?: string;
}

const files = engineFiles();
const eye = await Eye.open(files);
const reader = new OnnxReader(await loadNetwork(files.readerModel));
const second = await TesseractReader.open(files);

async function pictureOf(url: string): Promise<{ picture: GrayImage; lumaMs: number }> {
  const bitmap = await createImageBitmap(await (await fetch(url)).blob());
  const start = performance.now();
  const picture = await lumaOf(bitmap);
  bitmap.close();
  return { picture, lumaMs: performance.now() - start };
}

/** A whole picture: of the plates found, the one whose detection and reading are surest together. */
async function readScene(url: string, askSecond: boolean): Promise<Reading> {
  const { picture, lumaMs } = await pictureOf(url);
  const { plateLooks, detectMs, readMs } = await eye.see(picture);
  const times = { lumaMs, detectMs, readMs };
  const best = plateLooks
    .filter((plateLook) => plateLook.candidates.length > 0)
    .map((plateLook) => {
      const said = vote([{ atMs: 0, widthPx: topEdge(plateLook.quad), candidates: plateLook.candidates }]);
      return { plateLook, said, worth: plateLook.score * (said.confidence + 0.02) };
    })
    .sort((a, b) => b.worth - a.worth)[0];
  if (best === undefined) return { plate: '', confidence: 0, firstTen: [], ...times };
  const { left, top, right, bottom } = boxAround(best.plateLook.quad);
  const secondText = askSecond ? await secondTextOf(picture, best.plateLook.quad) : undefined;
  return {
    plate: best.said.plate,
    confidence: best.said.confidence,
    firstTen: best.plateLook.candidates.map((candidate) => candidate.text),
    box: [left, top, right, bottom],
    ...times,
    ...(secondText === undefined ? {} : { second: secondText })
  };
}

async function secondTextOf(picture: GrayImage, quad: Quad): Promise<string> {
  const strip = straighten(picture, quad, 256, 96);
  return (strip && (await second?.textOf(strip))) ?? '';
}

/** A picture that is nothing but a plate: read as one strip, and as the quadrilateral of the whole picture with all margins. */
async function readCrop(url: string, askSecond: boolean): Promise<{ strip: Reading; margins: Reading }> {
  const { picture, lumaMs } = await pictureOf(url);
  const [right, bottom] = [picture.width, picture.height];
  const quad: Quad = [
    { x: 0, y: 0 },
    { x: right, y: 0 },
    { x: right, y: bottom },
    { x: 0, y: bottom }
  ];
  const read = async (strips: readonly GrayImage[]): Promise<Reading> => {
    const start = performance.now();
    const candidates = await reader.read(strips);
    const said = vote([{ atMs: 0, widthPx: picture.width, candidates }]);
    const firstTen = candidates.map((candidate) => candidate.text);
    const { plate, confidence } = said;
    return { plate, confidence, firstTen, lumaMs, detectMs: 0, readMs: performance.now() - start };
  };
  const strip = await read([resizeArea(picture, STRIP_WIDTH, STRIP_HEIGHT)]);
  const margins = await read(rectify(picture, quad));
  const secondText = askSecond ? await secondTextOf(picture, quad) : undefined;
  return { strip, margins: secondText === undefined ? margins : { ...margins, second: secondText } };
}

const bench = { readScene, readCrop, hasSecond: second !== undefined };
export type Bench = typeof bench;
declare global {
  interface Window {
    bench?: Bench;
  }
}
window.bench = bench;
