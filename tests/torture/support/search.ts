import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Hit, Needle } from './needles.ts';
import { filesBelow } from './profile.ts';

/** Looks for the needles in every byte of every file of a profile folder; each pair of file and secret is told once. */
export function searchProfile(profile: string, needles: readonly Needle[]): readonly Hit[] {
  const hits = new Map<string, Hit>();
  for (const path of filesBelow(profile)) {
    const bytes = bytesOf(path);
    for (const { what, encoding, bytes: needle } of needles) {
      if (!bytes.includes(needle)) continue;
      const file = relative(profile, path);
      hits.set(`${what} ${encoding} ${file}`, { what, encoding, file });
    }
  }
  return [...hits.values()];
}

/** A browser that runs may remove a file while it is looked for. */
function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
