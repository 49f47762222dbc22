/** Runs in Chromium: draws the frames of a clip and encodes each as JPEG. */
import { drawStreet, SCENE_HEIGHT, SCENE_WIDTH } from '#lib/capture/demo-scene.ts';
import { loadPlateFace } from '#lib/capture/demo-street.ts';
import type { ClipSize, PanOver } from './make-clip.ts';

const QUALITY = 0.88;

await loadPlateFace();
const pictures = new Map<string, Promise<ImageBitmap>>();

/** One frame of a slow drive past a still picture: `progress` runs from 0 to 1. */
async function pictureFrame({ url, plate }: PanOver, { width, height }: ClipSize, progress: number): Promise<string> {
  const loading = pictures.get(url) ?? fetch(url).then(async (response) => createImageBitmap(await response.blob()));
  pictures.set(url, loading);
  const picture = await loading;
  const { canvas, context } = blank(width, height);
  const fits = Math.min(width / picture.width, height / picture.height);
  const zoom = Math.max(fits, plate.wantedPx / plate.width) * (1 + 0.12 * progress);
  // The plate moves through the middle of the frame, never out of it.
  const x = width / 2 + width * 0.12 * (progress - 0.5) - (plate.x + plate.width / 2) * zoom;
  const y = height * 0.55 + height * 0.06 * (progress - 0.5) - (plate.y + plate.height / 2) * zoom;
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, x, y, picture.width * zoom, picture.height * zoom);
  return jpeg(canvas);
}

/** One frame of the demo street. */
function streetFrame(plates: readonly string[], { width, height }: ClipSize, atMs: number): Promise<string> {
  const { canvas, context } = blank(width, height);
  context.scale(width / SCENE_WIDTH, height / SCENE_HEIGHT);
  drawStreet(context, plates, atMs);
  return jpeg(canvas);
}

/** A dark frame: the last car is gone. */
function emptyFrame({ width, height }: ClipSize): Promise<string> {
  return jpeg(blank(width, height).canvas);
}

function blank(width: number, height: number): { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D } {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('This browser cannot draw a clip.');
  context.fillStyle = '#3c4044';
  context.fillRect(0, 0, width, height);
  return { canvas, context };
}

async function jpeg(canvas: OffscreenCanvas): Promise<string> {
  const bytes = new Uint8Array(
    await (await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY })).arrayBuffer()
  );
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

const clips = { pictureFrame, streetFrame, emptyFrame };
declare global {
  interface Window {
    clips?: typeof clips;
  }
}
window.clips = clips;
