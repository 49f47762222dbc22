/** How the stand-in server on the page and the worker under test speak: what went over the network, as plain values. */
export interface Asked {
  readonly id: number;
  readonly method: string;
  readonly path: string;
  /** the proof of the tablet's key */
  readonly proof: string | null;
  readonly body: unknown;
}

export interface Answered {
  readonly id: number;
  /** 0: there is no network */
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Given to a worker as its name, because the name is there before anything else runs. */
export interface WorkerSetting {
  readonly channel: string;
  /** how far the clock of this worker is ahead */
  readonly aheadMs: number;
}
