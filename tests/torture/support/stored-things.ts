import type { Page } from '@playwright/test';
import type { Location } from '#lib/vault/locations.ts';
import { kept } from '#tests/e2e/support/officer.ts';

export interface StoredThing {
  readonly store: Location['store'];
  readonly name: string;
}

/** Everything in the stores of the page's origin, by name. */
export async function storedThings(page: Page): Promise<readonly StoredThing[]> {
  const { files, databases } = await kept(page);
  const { bucketNames, cacheNames, remembered } = await page.evaluate(async () => ({
    bucketNames: await (
      navigator as unknown as { storageBuckets: { keys(): Promise<string[]> } }
    ).storageBuckets.keys(),
    cacheNames: await caches.keys(),
    remembered: [...Object.keys(sessionStorage), ...Object.keys(localStorage).map((name) => `localStorage ${name}`)]
  }));
  const cookies = await page.context().cookies();
  const all: readonly (readonly [Location['store'], readonly string[]])[] = [
    ['privateFiles', files],
    ['indexedDB', databases],
    ['bucket', bucketNames],
    ['cacheStorage', cacheNames],
    ['sessionStorage', remembered],
    ['cookie', cookies.map(({ name }) => name)]
  ];
  return all.flatMap(([store, names]) => names.map((name) => ({ store, name })));
}
