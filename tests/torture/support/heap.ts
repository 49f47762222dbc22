import type { Page } from '@playwright/test';

/** Everything the page's JavaScript holds in memory, after a garbage collection, as Chromium's own heap snapshot writes it. */
export async function heapOf(page: Page): Promise<string> {
  // A JavaScript world remembers the last text that a regular expression matched; what drives the browser has matched its buttons' names.
  await page.evaluate(() => /nothing/.exec('nothing'));
  await page.getByRole('main', { name: /nothing/ }).count();
  await page.getByRole('main').first().ariaSnapshot();
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}

/** How often each needle is in a snapshot, by what it is. */
export function foundIn(
  heap: string,
  needles: Readonly<Record<string, readonly string[]>>
): ReadonlyMap<string, number> {
  const count = (needle: string): number => heap.split(needle).length - 1;
  return new Map(Object.entries(needles).map(([what, all]) => [what, all.reduce((sum, one) => sum + count(one), 0)]));
}
