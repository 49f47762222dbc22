import { normalizePlate } from '#domain/plate/normalize.ts';
import { createWorker, OEM, PSM, type Worker as TesseractWorker } from 'tesseract.js';
import type { GrayImage } from '../luma.ts';
import type { EngineFiles } from '../protocol.ts';
import { characterRow } from './character-row.ts';
import type { SecondReader } from './second-reader.ts';

const LOAD_TIMEOUT_MS = 20_000;
const READ_TIMEOUT_MS = 1_500;

/** tesseract.js in a worker of its own: nothing is fetched but our own files, and nothing is cached. */
export class TesseractReader implements SecondReader {
  private constructor(private worker: TesseractWorker | undefined) {}

  /** Starts the engine; undefined when it does not start in time. The app works without it, and says so. */
  static async open(files: EngineFiles): Promise<TesseractReader | undefined> {
    const starting = start(files);
    const worker = await inTime(starting, LOAD_TIMEOUT_MS);
    // One that starts after all must not stay behind unused.
    if (worker === undefined) starting.then((late) => late.terminate()).catch(() => undefined);
    return worker && new TesseractReader(worker);
  }

  async textOf(strip: GrayImage): Promise<string | undefined> {
    if (this.worker === undefined) return undefined;
    const row = characterRow(strip);
    if (row === undefined) return '';
    const answer = await inTime(
      this.worker.recognize(pgm(row) as unknown as Blob, {}, { text: true }),
      READ_TIMEOUT_MS
    );
    // A stuck engine would hold up every later question.
    if (answer === undefined) this.close();
    return answer && normalizePlate(answer.data.text);
  }

  close(): void {
    void this.worker?.terminate();
    this.worker = undefined;
  }
}

async function start(files: EngineFiles): Promise<TesseractWorker> {
  let failed: (reason: Error) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => (failed = reject));
  const starting = createWorker('eng', OEM.LSTM_ONLY, {
    workerPath: files.tesseractWorker,
    corePath: files.tesseractCore,
    // tesseract.js appends `/eng.traineddata.gz`; behind a `#` that is no part of what is fetched, so the hashed file serves.
    langPath: `${files.tesseractData}#`,
    gzip: true,
    workerBlobURL: false,
    cacheMethod: 'none',
    // A language file that fails to load leaves createWorker waiting for ever; only this handler hears of it.
    errorHandler: () => {
      failed(new Error('The second reader did not start.'));
    }
  });
  const worker = await Promise.race([starting, failure]);
  failure.catch(() => undefined);
  await worker.setParameters({
    tessedit_char_whitelist: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    tessedit_pageseg_mode: PSM.SINGLE_LINE
  });
  return worker;
}

/** The picture as a PGM file, which tesseract takes as it is: no PNG to encode and decode. */
function pgm({ width, height, data }: GrayImage): Uint8Array {
  const head = new TextEncoder().encode(`P5\n${String(width)} ${String(height)}\n255\n`);
  const file = new Uint8Array(head.length + data.length);
  file.set(head);
  file.set(data, head.length);
  return file;
}

/** The promise's value, or undefined when it fails or takes longer than `timeoutMs`. */
async function inTime<T>(promise: Promise<T>, timeoutMs: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, undefined);
  });
  try {
    return await Promise.race([promise, late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
