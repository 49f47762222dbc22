/** Runs in Chromium: the real camera stream, the real client and worker; gathers what is settled. */
import { RecognitionClient } from '#recognition/client.ts';
import { engineFiles } from '#recognition/engine-files.ts';
import type { SettledRead } from '#recognition/protocol.ts';

export interface Watched {
  readonly reads: readonly (Omit<SettledRead, 'plateImage' | 'contextImage'> & { readonly bytes: readonly number[] })[];
  readonly looks: number;
  readonly detectMs: number;
  readonly readMs: number;
}

async function watch(seconds: number): Promise<Watched> {
  const reads: SettledRead[] = [];
  const looked: { detectMs: number; readMs: number }[] = [];
  const client = new RecognitionClient(
    () => new Worker(new URL('../../src/recognition/worker.ts', import.meta.url), { type: 'module' }),
    engineFiles(),
    { onLooked: (one) => looked.push(one), onSettled: (read) => reads.push(read) }
  );
  await client.load();
  const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720 } });
  const video = Object.assign(document.createElement('video'), { srcObject: stream, muted: true });
  await video.play();
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    client.look(new VideoFrame(video), performance.now());
  }
  await client.finish();
  client.close();
  const mean = (of: 'detectMs' | 'readMs'): number => looked.reduce((sum, one) => sum + one[of], 0) / looked.length;
  return {
    reads: reads.map(({ plateImage, contextImage, ...read }) => ({
      ...read,
      bytes: [plateImage.byteLength, contextImage.byteLength]
    })),
    looks: looked.length,
    detectMs: mean('detectMs'),
    readMs: mean('readMs')
  };
}

declare global {
  interface Window {
    watch?: typeof watch;
  }
}
window.watch = watch;
