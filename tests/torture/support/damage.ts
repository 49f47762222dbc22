import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import type { Chance } from '#tests/simulation/chance.ts';

/** Flips `count` bits of a file, anywhere in it; an empty file stays as it is. */
export function flipBits(file: string, count: number, chance: Chance): void {
  const bytes = readFileSync(file);
  if (bytes.length === 0) return;
  for (let i = 0; i < count; i++) {
    const at = chance.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(8));
  }
  writeFileSync(file, bytes);
}

export function cutInHalf(file: string): void {
  truncateSync(file, Math.floor(statSync(file).size / 2));
}
