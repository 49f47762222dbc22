import { normalizePlate } from '#domain/plate/normalize.ts';
import { createWorker, OEM, PSM, type Worker as TesseractWorker, type WorkerParams } from 'tesseract.js';
import type { GrayImage } from '../luma.ts';
import type { EngineFiles } from '../protocol.ts';
import type { SecondReader, SecondReading } from './second-reader.ts';
import { tesseractFiles } from './tesseract-strip.ts';

const LOAD_TIMEOUT_MS = 20_000;
const READ_TIMEOUT_MS = 1_500;

/** The name under which tesseract looks for our data: `plate.traineddata.gz`. */
const LANGUAGE = 'plate';

const PARAMETERS = {
  // The whole strip is the line: tesseract's own search for lines would cut characters off at a plate's frame.
  tessedit_pageseg_mode: PSM.RAW_LINE,
  // The network learned light on dark as well; without this an unsure strip is read twice.
  tessedit_do_invert: '0',
  invert_threshold: '0',
  user_defined_dpi: '300'
} satisfies Partial<WorkerParams> & Record<string, string>;

/** What the reader runs: in a browser all three as URLs; under Node the data alone, as a path. */
export type TesseractFiles = Pick<EngineFiles, 'tesseractData'> &
  Partial<Pick<EngineFiles, 'tesseractWorker' | 'tesseractCore'>>;

/** tesseract.js in a worker of its own: nothing is fetched but our own files, and nothing is cached. */
export class TesseractReader implements SecondReader {
  private constructor(private worker: TesseractWorker | undefined) {}

  /** Starts the engine; undefined when it does not start in time. The app works without it, and says so. */
  static async open(files: TesseractFiles): Promise<TesseractReader | undefined> {
    const starting = start(files);
    const worker = await inTime(starting, LOAD_TIMEOUT_MS);
    // One that starts after all must not stay behind unused.
    if (worker === undefined) starting.then((late) => late.terminate()).catch(() => undefined);
    return worker && new TesseractReader(worker);
  }

  async read(strip: GrayImage): Promise<SecondReading | undefined> {
    const readings: SecondReading[] = [];
    for (const file of tesseractFiles(strip)) {
      const reading = await this.#readOne(file);
      if (reading === undefined) return undefined;
      readings.push(reading);
    }
    return surest(readings);
  }

  async #readOne(file: Uint8Array): Promise<SecondReading | undefined> {
    if (this.worker === undefined) return undefined;
    const answer = await inTime(this.worker.recognize(file as unknown as Blob, {}, { text: true }), READ_TIMEOUT_MS);
    // A stuck engine would hold up every later question.
    if (answer === undefined) this.close();
    return answer && readingOf(normalizePlate(answer.data.text), answer.data.confidence);
  }

  close(): void {
    void this.worker?.terminate();
    this.worker = undefined;
  }
}

/** tesseract's confidence is 100 + 35 ln p of the least sure character, 0 at least; ours is p. */
function readingOf(plate: string, confidence: number): SecondReading {
  return { plate, confidence: plate === '' ? 0 : Math.exp((confidence - 100) / 35) };
}

/** The text with the most confidence over all cuts of a strip; its own is the mean, so that disagreement lowers it. */
function surest(readings: readonly SecondReading[]): SecondReading {
  const sums = new Map<string, number>();
  for (const { plate, confidence } of readings) sums.set(plate, (sums.get(plate) ?? 0) + confidence);
  const [[plate, sum] = ['', 0]] = [...sums].sort(([, a], [, b]) => b - a);
  return { plate, confidence: sum / Math.max(1, readings.length) };
}

async function start({ tesseractWorker, tesseractCore, tesseractData }: TesseractFiles): Promise<TesseractWorker> {
  let failed: (reason: Error) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => (failed = reject));
  const starting = createWorker(LANGUAGE, OEM.LSTM_ONLY, {
    ...(tesseractWorker === undefined ? {} : { workerPath: tesseractWorker }),
    ...(tesseractCore === undefined ? {} : { corePath: tesseractCore }),
    langPath: folderOf(tesseractData),
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
  await worker.setParameters(PARAMETERS);
  return worker;
}

/** tesseract.js appends `/plate.traineddata.gz` to what it is given. */
function folderOf(data: string): string {
  return data.slice(0, data.lastIndexOf('/'));
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
