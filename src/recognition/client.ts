import {
  PROTOCOL_VERSION,
  type EngineFiles,
  type FromWorker,
  type PlateInView,
  type RecognitionFailure,
  type SecondWord,
  type SettledRead,
  type ToWorker
} from './protocol.ts';

/** Recognition does not work, or not for this frame; `failure` says why, in the protocol's words. */
export class RecognitionFailed extends Error {
  override readonly name = 'RecognitionFailed';
  constructor(readonly failure: RecognitionFailure) {
    super(`Plate recognition failed: ${failure}.`);
  }
}

/** What the worker said when it was ready. */
export interface Ready {
  readonly engines: readonly string[];
  /** false: the second reader did not start; reads say `unavailable` */
  readonly secondReader: boolean;
}

/** One frame was looked at. */
export interface Looked {
  readonly frameId: number;
  readonly plates: readonly PlateInView[];
  readonly detectMs: number;
  readonly readMs: number;
}

export interface RecognitionEvents {
  onLooked?(looked: Looked): void;
  onSettled?(read: SettledRead): void;
  /** a frame could not be read, the worker crashed and was started anew, or it is given up */
  onFailure?(failure: RecognitionFailed, isGivenUp: boolean): void;
}

/** After so many crashes without a single frame in between, starting anew is pointless. */
const MOST_CRASHES = 3;
/** Pass ids of a worker started anew begin this much higher, so that none is given twice. */
const PASS_IDS_A_WORKER = 1_000_000;

type Frame = VideoFrame | ImageBitmap;
interface Waiting<T> {
  resolve(value: T): void;
  reject(reason: RecognitionFailed): void;
}

/**
 * The page's handle on the recognition worker. One frame is looked at at a time; of the frames that come meanwhile only
 * the newest is kept, and every frame given is closed. A worker that crashes is started anew.
 */
export class RecognitionClient {
  #worker: Worker | undefined;
  #started = 0;
  #crashes = 0;
  #nextFrameId = 1;
  #isReady = false;
  #isClosed = false;
  /** the frame the worker looks at */
  #inWork: number | undefined;
  /** the newest frame that waits */
  #next: { readonly frame: Frame; readonly atMs: number } | undefined;
  #loading: Waiting<Ready>[] = [];
  #finishing: Waiting<void>[] = [];
  #secondLooks = new Map<number, ((word: SecondWord) => void)[]>();

  constructor(
    private readonly makeWorker: () => Worker,
    private readonly files: EngineFiles,
    private readonly events: RecognitionEvents = {}
  ) {}

  /** Starts the worker and its engines. Rejects with `RecognitionFailed`. */
  load(): Promise<Ready> {
    return new Promise((resolve, reject) => {
      this.#loading.push({ resolve, reject });
      if (this.#worker === undefined) this.#start();
    });
  }

  /** Gives a frame to look at, which is closed in any case; `atMs` is the page's monotonic clock. */
  look(frame: Frame, atMs: number): void {
    if (this.#isClosed || !this.#isReady) return frame.close();
    this.#next?.frame.close();
    this.#next = { frame, atMs };
    this.#lookAtNext();
  }

  /** The second reader's word on a pass settled in the last 30 seconds. */
  secondLook(passId: number): Promise<SecondWord> {
    if (!this.#isReady) return Promise.resolve('unavailable');
    return new Promise((resolve) => {
      this.#secondLooks.set(passId, [...(this.#secondLooks.get(passId) ?? []), resolve]);
      this.#send({ kind: 'secondLook', passId });
    });
  }

  /** The camera stops: settles every pass under way; resolves when the last read was handed over. Rejects if the worker crashes meanwhile. */
  finish(): Promise<void> {
    this.#dropNext();
    if (!this.#isReady) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#finishing.push({ resolve, reject });
      this.#send({ kind: 'finish' });
    });
  }

  /** Forgets everything seen: passes, pictures, texts. Nothing is settled. */
  forget(): void {
    this.#dropNext();
    if (this.#isReady) this.#send({ kind: 'forget' });
  }

  /** Ends the worker at once. */
  close(): void {
    this.#isClosed = true;
    this.#end(new RecognitionFailed('engineUnavailable'));
  }

  #start(): void {
    const worker = this.makeWorker();
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      this.#receive(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#crashed();
    };
    worker.onmessageerror = () => {
      this.#crashed();
    };
    const firstPassId = 1 + this.#started++ * PASS_IDS_A_WORKER;
    this.#send({ kind: 'load', protocol: PROTOCOL_VERSION, files: this.files, firstPassId });
  }

  #receive(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        this.#isReady = true;
        for (const waiting of this.#loading.splice(0)) waiting.resolve(message);
        return;
      case 'looked':
        this.#crashes = 0;
        this.events.onLooked?.(message);
        return this.#frameDone(message.frameId);
      case 'settled':
        this.events.onSettled?.(message.read);
        return;
      case 'secondLooked':
        for (const resolve of this.#secondLooks.get(message.passId) ?? []) resolve(message.word);
        this.#secondLooks.delete(message.passId);
        return;
      case 'finished':
        this.#finishing.shift()?.resolve();
        return;
      case 'failed':
        return this.#failed(new RecognitionFailed(message.failure), message.frameId);
    }
  }

  #failed(failure: RecognitionFailed, frameId: number | undefined): void {
    if (failure.failure === 'engineCrashed') return this.#crashed();
    if (frameId !== undefined) {
      this.events.onFailure?.(failure, false);
      return this.#frameDone(frameId);
    }
    this.#end(failure);
    this.events.onFailure?.(failure, true);
  }

  #crashed(): void {
    if (this.#isClosed) return;
    const failure = new RecognitionFailed('engineCrashed');
    const isGivenUp = ++this.#crashes >= MOST_CRASHES;
    const loading = isGivenUp ? [] : this.#loading.splice(0);
    this.#end(failure);
    this.#loading = loading;
    if (!isGivenUp) this.#start();
    this.events.onFailure?.(failure, isGivenUp);
  }

  /** Ends the worker and answers everyone who waits for it. */
  #end(failure: RecognitionFailed): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#isReady = false;
    this.#inWork = undefined;
    this.#dropNext();
    for (const waiting of [...this.#loading.splice(0), ...this.#finishing.splice(0)]) waiting.reject(failure);
    for (const resolve of [...this.#secondLooks.values()].flat()) resolve('unavailable');
    this.#secondLooks.clear();
  }

  #frameDone(frameId: number): void {
    if (this.#inWork === frameId) this.#inWork = undefined;
    this.#lookAtNext();
  }

  #lookAtNext(): void {
    if (this.#inWork !== undefined || this.#next === undefined) return;
    const { frame, atMs } = this.#next;
    this.#next = undefined;
    const frameId = this.#nextFrameId++;
    this.#inWork = frameId;
    this.#send({ kind: 'look', frameId, frame, atMs }, [frame]);
  }

  #dropNext(): void {
    this.#next?.frame.close();
    this.#next = undefined;
  }

  #send(message: ToWorker, transfer: Transferable[] = []): void {
    this.#worker?.postMessage(message, transfer);
  }
}
