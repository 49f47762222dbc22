/** Which scripts of a build a page needs, from Vite's manifest. */

export type BuildManifest = Readonly<Record<string, { readonly file: string; readonly imports?: readonly string[] }>>;

/** Kit's start and app scripts, the given nodes (layouts and page), and all that they import statically. */
export function scriptsOf(build: BuildManifest, nodes: readonly number[]): string[] {
  const wanted = new Set<string>();
  const follow = (key: string): void => {
    const entry = build[key];
    if (entry === undefined) throw new Error(`the build has no ${key}`);
    if (wanted.has(entry.file)) return;
    wanted.add(entry.file);
    entry.imports?.forEach(follow);
  };
  const start = Object.keys(build).find((key) => build[key]?.file.includes('/entry/start.'));
  if (start === undefined) throw new Error('the build has no start script');
  follow(start);
  follow('.svelte-kit/generated/client-optimized/app.js');
  for (const node of nodes) follow(`.svelte-kit/generated/client-optimized/nodes/${node}.js`);
  return [...wanted];
}
