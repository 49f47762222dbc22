import { expect, onTestFinished, test } from 'vitest';
import { foldPlate } from '#domain/plate/fold.ts';
import { DEMO_PLATES, drawStreet, SCENE_HEIGHT, SCENE_WIDTH } from '#lib/capture/demo-scene.ts';
import { loadPlateFace } from '#lib/capture/demo-street.ts';
import { RecognitionClient, type RecognitionEvents, type RecognitionFailed } from './client.ts';
import { engineFiles } from './engine-files.ts';
import { LARGEST_IMAGE_BYTES } from './keepsake.ts';
import type { SettledRead } from './protocol.ts';

const realWorker = (): Worker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

function aClient(events: RecognitionEvents, makeWorker = realWorker, files = engineFiles()): RecognitionClient {
  const client = new RecognitionClient(makeWorker, files, events);
  onTestFinished(() => {
    client.close();
  });
  return client;
}

/** The demo street at that moment; at 1000 ms the first plate is large and alone. */
async function street(atMs: number): Promise<VideoFrame> {
  await loadPlateFace();
  const canvas = new OffscreenCanvas(SCENE_WIDTH, SCENE_HEIGHT);
  const context = canvas.getContext('2d', { alpha: false });
  if (context !== null) drawStreet(context, DEMO_PLATES, atMs);
  return new VideoFrame(canvas, { timestamp: atMs * 1000 });
}

/** Shows the first car of the demo street `times` times, each when the one before was looked at. */
async function show(client: RecognitionClient, looked: () => Promise<void>, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    const done = looked();
    client.look(await street(1000 + i * 150), 1000 + i * 150);
    await done;
  }
}

/** A client with what it said, and a promise of its next look. */
function watched(makeWorker = realWorker) {
  const reads: SettledRead[] = [];
  const failures: (readonly [string, boolean])[] = [];
  let resolve: () => void = () => undefined;
  const client = aClient(
    {
      onLooked: () => {
        resolve();
      },
      onSettled: (read) => reads.push(read),
      onFailure: (failure, isGivenUp) => failures.push([failure.failure, isGivenUp])
    },
    makeWorker
  );
  const looked = () => new Promise<void>((done) => (resolve = done));
  return { client, reads, failures, looked };
}

test('a read comes with two small pictures without metadata, and the second reader can be asked about it', async () => {
  const { client, reads, looked } = watched();
  const ready = await client.load();
  expect(ready).toMatchObject({ engines: ['platekeeper', 'tesseract.js'], secondReader: true });
  await show(client, looked, 4);
  await client.finish();
  expect(reads).toHaveLength(1);
  const [read] = reads;
  expect(foldPlate(read?.plate ?? '')).toBe(DEMO_PLATES[0]);
  expect(read?.engine.version).toMatch(/^[0-9a-f]{12}-[0-9a-f]{12}$/);
  for (const [image, widest] of [
    [read?.plateImage, 320],
    [read?.contextImage, 960]
  ] as const) {
    const bytes = new Uint8Array(image ?? new ArrayBuffer(0));
    expect([...bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    expect(bytes.byteLength).toBeLessThanOrEqual(LARGEST_IMAGE_BYTES);
    expect(new TextDecoder('latin1').decode(bytes)).not.toContain('Exif');
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
    expect(bitmap.width).toBeLessThanOrEqual(widest);
    expect(bitmap.width).toBeGreaterThan(60);
  }
  expect(await client.secondLook(read?.passId ?? 0)).toBe('agrees');
  expect(await client.secondLook(4711)).toBe('unavailable');
});

test('what was forgotten is not settled', async () => {
  const { client, reads, looked } = watched();
  await client.load();
  await show(client, looked, 2);
  client.forget();
  await client.finish();
  expect(reads).toEqual([]);
});

test('of frames that come while one is looked at only the newest is kept, and every one is closed', async () => {
  const { client, looked } = watched();
  await client.load();
  const frames = await Promise.all([1000, 1100, 1200, 1300].map(street));
  const done = looked();
  frames.forEach((frame, i) => {
    client.look(frame, i);
  });
  // The first is with the worker, the last waits; those between are closed already.
  expect(frames.map((frame) => frame.format === null)).toEqual([true, true, true, false]);
  await done;
  await looked();
  expect(frames.every((frame) => frame.format === null)).toBe(true);
});

test('a worker that crashes is started anew, says so, and never gives a pass id twice', async () => {
  let started = 0;
  const crashing = (): Worker =>
    new Worker(URL.createObjectURL(new Blob(['setTimeout(() => { throw new Error("crash"); }, 50)'])));
  const { client, reads, failures, looked } = watched(() => (started++ === 0 ? crashing() : realWorker()));
  await client.load();
  expect(failures).toEqual([['engineCrashed', false]]);
  expect(started).toBe(2);
  await show(client, looked, 4);
  await client.finish();
  expect(reads[0]?.passId).toBeGreaterThan(1_000_000);
});

test('a worker that only crashes is given up, and whoever waits for it is told', async () => {
  const crashing = (): Worker => new Worker(URL.createObjectURL(new Blob(['throw new Error("crash")'])));
  const { client, failures } = watched(crashing);
  await expect(client.load()).rejects.toMatchObject({ name: 'RecognitionFailed', failure: 'engineCrashed' });
  expect(failures.at(-1)).toEqual(['engineCrashed', true]);
  expect(failures).toHaveLength(3);
});

test('a model that is not there is named as the reason', async () => {
  const failures: RecognitionFailed[] = [];
  const files = { ...engineFiles(), readerModel: new URL('/models/nothing.onnx', location.href).href };
  const client = aClient({ onFailure: (failure) => failures.push(failure) }, realWorker, files);
  await expect(client.load()).rejects.toMatchObject({ failure: 'modelMissing' });
  expect(failures.map(({ failure }) => failure)).toEqual(['modelMissing']);
});

test('without the second reader plates are read all the same, and it is said to be unavailable', async () => {
  const files = { ...engineFiles(), tesseractData: new URL('/models/nothing.gz', location.href).href };
  const client = aClient({}, realWorker, files);
  const ready = await client.load();
  expect(ready.secondReader).toBe(false);
  expect(ready.engines).toEqual(['platekeeper']);
}, 60_000);

test('a picture that cannot be encoded costs that read, not the engines', async () => {
  const worker = new URL('./worker.ts?worker_file&type=module', import.meta.url).href;
  const noPictures = `import ${JSON.stringify(worker)};
    OffscreenCanvas.prototype.convertToBlob = () => Promise.reject(new DOMException('no memory', 'EncodingError'));`;
  const withoutPictures = (): Worker =>
    new Worker(URL.createObjectURL(new Blob([noPictures], { type: 'text/javascript' })), { type: 'module' });
  const { client, reads, failures, looked } = watched(withoutPictures);
  await client.load();
  await show(client, looked, 4);
  await client.finish();
  expect(reads).toEqual([]);
  expect(failures).toEqual([['frameUnreadable', false]]);
  // The same worker goes on: one that was started anew would have to load its engines first.
  const done = looked();
  client.look(await street(4000), 4000);
  await done;
});
