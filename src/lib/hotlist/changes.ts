import type { HotlistChanges } from '#domain/wire/answers.ts';

/**
 * The lines of a list after its changes: sorted lines in, sorted lines out. References are given once in a list, so that lines are told apart and
 * kept in order by them alone. What comes out is believed only when its hash is the signed one.
 */
export function changedLines(before: Uint8Array, changes: HotlistChanges): Uint8Array<ArrayBuffer> {
  const gone = new Set(changes.removed);
  const kept = linesOf(new TextDecoder().decode(before)).filter((line) => !gone.has(refOf(line)));
  const added = linesOf(changes.added);
  const merged: string[] = [];
  let next = 0;
  for (const line of kept) {
    for (; next < added.length && (added[next] ?? '') < line; next++) merged.push(added[next] ?? '');
    merged.push(line);
  }
  merged.push(...added.slice(next));
  return new TextEncoder().encode(merged.map((line) => line + '\n').join(''));
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');
const refOf = (line: string): string => line.slice(0, line.indexOf('\t'));
