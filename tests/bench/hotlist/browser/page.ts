/** Runs in Chromium: asks a worker to build and match, and hands on what it measured. */
import type { Measured } from './worker.ts';

const bench = {
  measure: (entries: number, reads: number): Promise<Measured> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
      worker.onmessage = ({ data }: MessageEvent<Measured>) => {
        worker.terminate();
        resolve(data);
      };
      worker.onerror = (fault) => {
        reject(new Error(fault.message));
      };
      worker.postMessage({ entries, reads });
    })
};
export type HotlistBench = typeof bench;
declare global {
  interface Window {
    hotlistBench?: HotlistBench;
  }
}
window.hotlistBench = bench;
