/** Runs in a worker of Chromium: the shelf itself, as the tablet's own worker runs it. */
import type { HotlistVersion } from '#domain/records/hotlist.ts';
import { Shelf } from '#lib/hotlist/shelf.ts';
import { Chance } from '#tests/simulation/chance.ts';
import { inventedLines, inventedPlate } from '../invented.ts';

/** Milliseconds. */
export interface Measured {
  readonly entries: number;
  readonly megabytes: number;
  readonly build: number;
  readonly exact: readonly number[];
  readonly lookAlike: readonly number[];
}

const NOW = '2026-11-22T12:00:00.000Z';
const ID = '00000000-0000-4000-8000-000000000001';

onmessage = ({ data }: MessageEvent<{ entries: number; reads: number }>) => {
  const { entries, reads } = data;
  const lines = inventedLines(entries, 1);
  const bytes = new TextEncoder().encode(lines.map((line) => line + '\n').join(''));
  const listed = Array.from(
    { length: reads },
    (_, i) => lines[Math.floor((i * lines.length) / reads)]?.split('\t')[1] ?? ''
  );
  const chance = new Chance(2);
  const unlisted = Array.from({ length: reads }, () => inventedPlate(chance));
  lines.length = 0;
  const source = { sourceId: ID, kind: 'mnPlateFile', compareName: 'Invented', existencePublic: true } as const;
  const record = { _id: ID, kind: 'hotlistVersion', schema: 1, source, asOf: NOW, loadedAt: NOW } as const;
  const version: HotlistVersion = { ...record, sha256: 'a'.repeat(64), rows: entries };
  const megabytes = bytes.length / 1e6;
  const shelf = new Shelf();
  const start = performance.now();
  shelf.take(version, bytes);
  const build = performance.now() - start;
  const timesOf = (plates: readonly string[]): number[] =>
    plates.map((plate) => {
      const characterConfidences = [...plate].map(() => 0.99);
      const read = {
        plate,
        jurisdiction: 'MN',
        confidence: 0.95,
        characterConfidences,
        secondReader: 'notAsked'
      } as const;
      const began = performance.now();
      shelf.match(read, NOW);
      return performance.now() - began;
    });
  timesOf(unlisted.slice(0, 200));
  postMessage({ entries, megabytes, build, exact: timesOf(listed), lookAlike: timesOf(unlisted) } satisfies Measured);
};
