import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Designs } from '#designs/kinds.ts';
import { instantOf, msOf, type Instant } from '#domain/time/instant.ts';
import { openHouse, type House } from '#server/house.ts';
import { loadKeys } from '#server/keys/keys.ts';
import { openEmbedded } from '#server/store/embedded.ts';
import type { Store } from '#server/store/store.ts';

/** The server's duties on a folder, without a gateway, at a time that is given. What is due is destroyed when it opens. */
export async function houseOn(
  folder: string,
  designs: Designs,
  at: Instant,
  around: (store: Store) => Store = (store) => store
): Promise<House> {
  let now = msOf(at);
  const clock = (): number => now++;
  return openHouse({
    store: around(openEmbedded({ folder: join(folder, 'databases'), clock, functionTimeoutMs: 60_000 })),
    designs,
    given: {
      now: () => instantOf(clock()),
      newId: () => randomUUID(),
      randomBytes: (count) => new Uint8Array(randomBytes(count))
    },
    keys: await loadKeys(join(folder, 'keys')),
    hashing: { memoryKiB: 64, passes: 1 },
    version: '0.0.0-test',
    demo: false,
    failed: (error) => {
      throw error;
    }
  });
}
