import { expect, onTestFinished, test } from 'vitest';
import { foldPlate } from '#domain/plate/fold.ts';
import { RecognitionClient, type Looked, type RecognitionFailed } from '#recognition/client.ts';
import { engineFiles } from '#recognition/engine-files.ts';
import type { PlateInView, SettledRead } from '#recognition/protocol.ts';
import { carsAt, drawStreet, loopMs, SCENE_HEIGHT, SCENE_WIDTH } from './demo-scene.ts';
import { DEMO_PLATES, DemoStreet, loadPlateFace } from './demo-street.ts';

const makeWorker = (): Worker =>
  new Worker(new URL('../../recognition/worker.ts', import.meta.url), { type: 'module' });

test('every plate of the demo street is read exactly right in each of two loops, and nothing but the plates is boxed', async () => {
  const reads: SettledRead[] = [];
  const failures: RecognitionFailed[] = [];
  const boxedFalsely: string[] = [];
  let looked: (look: Looked) => void = () => undefined;
  const client = new RecognitionClient(makeWorker, engineFiles(), {
    onLooked: (look) => {
      looked(look);
    },
    onSettled: (read) => reads.push(read),
    onFailure: (failure) => failures.push(failure)
  });
  onTestFinished(() => {
    client.close();
  });
  await client.load();
  await loadPlateFace();
  const context = new OffscreenCanvas(SCENE_WIDTH, SCENE_HEIGHT).getContext('2d', { alpha: false });
  if (context === null) throw new Error('no canvas');

  // Three looks a second on a clock of our own, so that a busy machine reads the same; the loops lie a minute apart.
  for (const loop of [0, 1]) {
    for (let atMs = 0; atMs <= loopMs(DEMO_PLATES); atMs += 300) {
      drawStreet(context, DEMO_PLATES, atMs);
      const done = new Promise<Looked>((resolve) => (looked = resolve));
      client.look(new VideoFrame(context.canvas, { timestamp: atMs * 1000 }), loop * 90_000 + atMs);
      const { plates } = await done;
      boxedFalsely.push(...plates.filter((plate) => !isOnACar(plate, atMs)).map(placeAndText(atMs)));
    }
    await client.finish();
    expect(boxedFalsely).toEqual([]);
    const texts = reads.splice(0).map((read) => read.plate);
    expect(texts.map(foldPlate).sort()).toEqual(DEMO_PLATES.map(foldPlate).sort());
  }
  expect(failures).toEqual([]);
}, 240_000);

/** Whether the middle of a box lies on the plate of a car that is in the picture. */
function isOnACar({ quad }: PlateInView, atMs: number): boolean {
  const [x, y] = centerOf(quad);
  return carsAt(DEMO_PLATES, atMs).some(
    (car) => Math.abs(x - car.x) < car.plateWidth / 2 && Math.abs(y - car.y) < car.plateWidth / 4
  );
}

function centerOf(quad: PlateInView['quad']): readonly [number, number] {
  return [quad.reduce((sum, { x }) => sum + x / 4, 0), quad.reduce((sum, { y }) => sum + y / 4, 0)];
}

const placeAndText =
  (atMs: number) =>
  ({ quad, text, looks, widthPx }: PlateInView): string => {
    const [x, y] = centerOf(quad);
    return `${atMs} ms: ${text || 'unread'} at ${x.toFixed(0)}, ${y.toFixed(0)}, ${widthPx.toFixed(0)} px wide, ${looks} looks`;
  };

test('the demo street gives a stream of 1280 by 720 that moves', async () => {
  const street = new DemoStreet(document.createElement('canvas'));
  onTestFinished(() => {
    street.stop();
  });
  await street.start();
  const [track] = street.stream().getVideoTracks();
  expect(track?.readyState).toBe('live');
  const video = Object.assign(document.createElement('video'), { srcObject: street.stream(), muted: true });
  await video.play();
  expect([video.videoWidth, video.videoHeight]).toEqual([SCENE_WIDTH, SCENE_HEIGHT]);
  const first = await pixelsOf(video);
  await expect.poll(async () => (await pixelsOf(video)).some((value, i) => value !== first[i])).toBe(true);
});

async function pixelsOf(video: HTMLVideoElement): Promise<Uint8ClampedArray> {
  const context = new OffscreenCanvas(320, 180).getContext('2d');
  context?.drawImage(await createImageBitmap(video), 0, 0, 320, 180);
  return context?.getImageData(0, 0, 320, 180).data ?? new Uint8ClampedArray();
}
