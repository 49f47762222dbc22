/** Runs in Chromium: how long the worker's own modules take for a picture. `?threads=2` runs the networks on two. */
import { engineFiles } from '#recognition/engine-files.ts';
import { Eye } from '#recognition/eye.ts';
import { lumaOf, type GrayImage } from '#recognition/luma.ts';

/** Milliseconds of one look at one picture; `luma` is what getting the gray plane out of a drawn picture took. */
export interface Times {
  readonly luma: number;
  readonly detect: number;
  readonly read: number;
}

const threads = Number(new URLSearchParams(location.search).get('threads') ?? '1');
const eye = await Eye.open(engineFiles(), threads);

async function pictureOf(url: string): Promise<{ picture: GrayImage; luma: number }> {
  const bitmap = await createImageBitmap(await (await fetch(url)).blob());
  const start = performance.now();
  const picture = await lumaOf(bitmap);
  bitmap.close();
  return { picture, luma: performance.now() - start };
}

const bench = {
  isolated: crossOriginIsolated,
  /** Looks at the picture twice and gives the second look's times: code and memory are warm in the field too. */
  async timesOf(url: string): Promise<Times> {
    const { picture, luma } = await pictureOf(url);
    await eye.see(picture);
    const { detectMs, readMs } = await eye.see(picture);
    return { luma, detect: detectMs, read: readMs };
  }
};
export type Bench = typeof bench;
declare global {
  interface Window {
    bench?: Bench;
  }
}
window.bench = bench;
