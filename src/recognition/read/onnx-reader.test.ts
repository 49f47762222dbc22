import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openPicture } from '../../../scripts/read/pictures.ts';
import { resizeArea } from '../detect/resize.ts';
import type { GrayImage } from '../luma.ts';
import { networkOf, prepareRuntime } from '../onnx.ts';
import type { Quad } from '../protocol.ts';
import { MARGINS, rectify } from '../rectify/rectify.ts';
import { OnnxReader } from './onnx-reader.ts';

prepareRuntime();
const file = new URL('../../../static/models/plate-reader.onnx', import.meta.url);
const reader = new OnnxReader(await networkOf(new Uint8Array(readFileSync(file))));

/** The picture's strips, and how many of them were asked for. */
function counted(picture: GrayImage): { readonly strips: Iterable<GrayImage>; readonly asked: () => number } {
  const { width, height } = picture;
  const whole: Quad = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height }
  ];
  let asked = 0;
  function* strips(): Generator<GrayImage> {
    for (const strip of rectify(picture, whole)) {
      asked++;
      yield strip;
    }
  }
  return { strips: strips(), asked: () => asked };
}

const golden = async (name: string): Promise<GrayImage> =>
  (await openPicture(new URL(`../../../tests/golden/plates/${name}`, import.meta.url).pathname)).gray;

test('a plate that the first cut reads clearly is not cut again', async () => {
  const { strips, asked } = counted(await golden('36-closeUp.jpg'));
  const [best] = await reader.read(strips);
  expect(best?.text).toBe('8D2298');
  expect(asked()).toBe(1);
});

test('a plate that the first cut leaves in doubt is read from all cuts', async () => {
  const fromAfar = resizeArea(await golden('36-closeUp.jpg'), 44, 22);
  const { strips, asked } = counted(fromAfar);
  expect((await reader.read(strips)).length).toBeGreaterThan(1);
  expect(asked()).toBe(MARGINS.length);
});

test('a flat gray surface says nothing and is not cut again', async () => {
  const { strips, asked } = counted({ width: 320, height: 160, data: new Uint8Array(320 * 160).fill(120) });
  expect(await reader.read(strips)).toEqual([]);
  expect(asked()).toBe(1);
});

test('no strip, no text', async () => {
  expect(await reader.read([])).toEqual([]);
});
