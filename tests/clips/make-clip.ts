/**
 * Makes clips for Chromium's fake camera (--use-file-for-fake-video-capture) without ffmpeg: a page draws the frames,
 * and a .mjpeg file is nothing but JPEG pictures one after the other.
 */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findChromium, launchChromium } from '../../scripts/find-chromium.ts';
import { servePages } from '../bench/plates/browser/serve.ts';
import type { Scene } from './scenes.ts';

export interface ClipSize {
  readonly width: number;
  readonly height: number;
}

/** A still picture to drive past, and where its plate is in it. */
export interface PanOver {
  readonly url: string;
  readonly plate: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    /** how wide it should be in the clip at least */
    readonly wantedPx: number;
  };
}

export interface ClipOptions {
  readonly scenes: readonly Scene[];
  /** path of the .mjpeg file; its folder is made */
  readonly out: string;
  readonly width?: number;
  readonly height?: number;
  /** pictures drawn a second, a divisor of 30: each is shown until the next */
  readonly fps?: number;
  readonly secondsPerScene?: number;
}

/** Chromium plays the pictures of a .mjpeg file at this rate, whatever they were made for. */
const CAMERA_FPS = 30;
/** A plate is shown so wide that a single frame suffices. */
const WANTED_PLATE_PX = 130;
/** Between scenes the view is empty for so long that the pass before is over. */
const EMPTY_SECONDS = 1;

/** Writes the clip and gives the plates that a reader should find in it, in order, and how long it runs. */
export async function makeClip(options: ClipOptions): Promise<{ plates: readonly string[]; seconds: number }> {
  const { scenes, out, width = 1280, height = 720, fps = 10, secondsPerScene = 3 } = options;
  findChromium();
  const { url, server } = await servePages(new URL('./', import.meta.url));
  const browser = await chromium.launch({ ...launchChromium(), headless: true });
  mkdirSync(dirname(out), { recursive: true });
  const file = openSync(out, 'w');
  const shownTimes = CAMERA_FPS / fps;
  let frames = 0;
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction(() => window.clips !== undefined);
    for (const scene of scenes) {
      for await (const frame of framesOf(page, scene, { width, height }, fps, secondsPerScene)) {
        const picture = Buffer.from(frame, 'base64');
        for (let shown = 0; shown < shownTimes; shown++) writeSync(file, picture);
        frames++;
      }
    }
  } finally {
    closeSync(file);
    await browser.close();
    await server.close();
  }
  return { plates: scenes.flatMap((scene) => scene.plates), seconds: frames / fps };
}

async function* framesOf(
  page: Page,
  scene: Scene,
  size: ClipSize,
  fps: number,
  seconds: number
): AsyncGenerator<string> {
  if (scene.kind === 'street') {
    for (let atMs = 0; atMs <= scene.lengthMs; atMs += 1000 / fps) {
      yield await drawn(
        page.evaluate(([plates, to, at]) => window.clips?.streetFrame(plates, to, at), [
          scene.plates,
          size,
          atMs
        ] as const)
      );
    }
    return;
  }
  const pan: PanOver = { url: scene.url, plate: { ...scene.plate, wantedPx: WANTED_PLATE_PX } };
  const count = Math.round(seconds * fps);
  for (let i = 0; i < count; i++) {
    yield await drawn(
      page.evaluate(([over, to, progress]) => window.clips?.pictureFrame(over, to, progress), [
        pan,
        size,
        i / count
      ] as const)
    );
  }
  const empty = await drawn(page.evaluate((to) => window.clips?.emptyFrame(to), size));
  for (let i = 0; i < EMPTY_SECONDS * fps; i++) yield empty;
}

async function drawn(frame: Promise<string | undefined>): Promise<string> {
  const jpeg = await frame;
  if (jpeg === undefined) throw new Error('The clip page drew nothing.');
  return jpeg;
}
