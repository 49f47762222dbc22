import { argon2id } from 'hash-wasm';
import { atLeastShipped } from '#domain/policy/key-cost.ts';
import type { Stretching } from './stretch.ts';

/** Does one Argon2id and is then ended by who started it: 64 MiB and a password do not stay in memory. */
self.addEventListener('message', ({ data }: MessageEvent<Stretching>) => {
  const { memoryKiB, passes } = atLeastShipped(data.cost);
  void argon2id({
    password: data.password,
    salt: data.salt,
    memorySize: memoryKiB,
    iterations: passes,
    parallelism: 1,
    hashLength: 32,
    outputType: 'binary'
  }).then(
    (stretched) => {
      self.postMessage(stretched);
    },
    () => {
      self.postMessage(null);
    }
  );
});
