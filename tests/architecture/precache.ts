/** Reads the precache list out of a built service worker: Kit writes each URL as a string behind the base path. */

/** The URLs that the built worker does not name. */
export function missingFrom(worker: string, urls: readonly string[]): string[] {
  const named = new Set(urlsIn(worker));
  return urls.filter((url) => !named.has(url));
}

/** Every path with a file ending that the built worker names, from the root of the app. */
export function urlsIn(worker: string): string[] {
  const paths = [...worker.matchAll(/["'`](?:\$\{\w+\})?(\/[\w@./+~-]*\.[a-z0-9]{2,12})["'`]/gi)].map(
    ([, path = '']) => path
  );
  return [...new Set(paths)];
}
