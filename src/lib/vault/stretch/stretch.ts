import { atLeastShipped, type KeyCost } from '#domain/policy/key-cost.ts';

/** One password on its way to the worker. */
export interface Stretching {
  readonly password: string;
  readonly salt: Uint8Array;
  readonly cost: KeyCost;
}

/**
 * Stretches a password with Argon2id, in a worker of its own: the half second it takes must not hold up the saving of reads.
 * Throws KeyTooCheap below the floor.
 */
export async function stretch(stretching: Stretching): Promise<Uint8Array<ArrayBuffer>> {
  atLeastShipped(stretching.cost);
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'stretch' });
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<Uint8Array<ArrayBuffer> | null>) => {
        if (data === null) reject(new StretchFailed());
        else resolve(data);
      });
      worker.addEventListener('error', () => {
        reject(new StretchFailed());
      });
      worker.postMessage(stretching);
    });
  } finally {
    worker.terminate();
  }
}

/** The worker could not do its work: too little memory, most likely. */
export class StretchFailed extends Error {
  override readonly name = 'StretchFailed';
  constructor() {
    super('the password could not be stretched');
  }
}
