// cspell:ignore smpte
import { expect, test } from 'vitest';
import { grayOfRgba, lumaOf } from './luma.ts';

const WIDTH = 64;
const HEIGHT = 36;

/** An I420 frame whose gray rises from left to right between the two values. */
function cameraFrame(from: number, to: number, fullRange: boolean): VideoFrame {
  const data = new Uint8Array((WIDTH * HEIGHT * 3) / 2).fill(128);
  for (let i = 0; i < WIDTH * HEIGHT; i++) data[i] = from + ((to - from) * (i % WIDTH)) / (WIDTH - 1);
  const colorSpace = { fullRange, matrix: 'smpte170m', primaries: 'smpte170m', transfer: 'smpte170m' } as const;
  return new VideoFrame(data, { format: 'I420', codedWidth: WIDTH, codedHeight: HEIGHT, timestamp: 0, colorSpace });
}

test('the gray plane of a camera frame is taken as it is', async () => {
  const frame = cameraFrame(0, 252, true);
  const gray = await lumaOf(frame);
  frame.close();
  expect([gray.width, gray.height]).toEqual([WIDTH, HEIGHT]);
  expect([gray.data[0], gray.data[WIDTH - 1], gray.data[WIDTH]]).toEqual([0, 252, 0]);
});

test('a camera that sends 16 to 235 is stretched to 0 to 255', async () => {
  const frame = cameraFrame(16, 235, false);
  const gray = await lumaOf(frame);
  frame.close();
  expect([gray.data[0], gray.data[WIDTH - 1]]).toEqual([0, 255]);
});

test('a picture and a camera frame of the same scene give the same gray', async () => {
  const frame = cameraFrame(16, 235, false);
  const bitmap = await createImageBitmap(frame);
  const [fromCamera, fromPicture] = [await lumaOf(frame), await lumaOf(bitmap)];
  frame.close();
  bitmap.close();
  const worst = Math.max(...fromCamera.data.map((value, i) => Math.abs(value - (fromPicture.data[i] ?? 0))));
  expect(worst).toBeLessThanOrEqual(3);
});

test('red, green and blue weigh as the eye sees them', () => {
  const data = Uint8ClampedArray.of(255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255);
  expect([...grayOfRgba({ width: 4, height: 1, data }).data]).toEqual([76, 150, 29, 255]);
});

test('a closed frame cannot be read', async () => {
  const frame = cameraFrame(0, 255, true);
  frame.close();
  await expect(lumaOf(frame)).rejects.toThrow();
});
