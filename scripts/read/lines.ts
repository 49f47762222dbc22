/** What was read in a picture, as a line for programs and as a line for people. */
import type { Candidate } from '#domain/voting/observation.ts';
import type { Quad } from '#recognition/protocol.ts';
import { boxAround } from '#recognition/quad.ts';

/** One read as the command gives it. */
export interface Told {
  readonly plate: string;
  readonly confidence: number;
  readonly certain: boolean;
  /** two-letter code, or "unknown" */
  readonly jurisdiction: string;
  readonly quad: Quad;
  readonly alternatives: readonly Candidate[];
  /** the second reader's own text; null when it was not asked or gave no answer */
  readonly second: { readonly plate: string; readonly confidence: number } | null;
}

/** One file's line. `ms.total` is from opening the file to the last word, unpacking and second reader included. */
export interface Line {
  readonly file: string;
  readonly ms: { readonly detect: number; readonly read: number; readonly total: number };
  readonly reads: readonly Told[];
}

/** A file that gave no picture, and why. */
export interface ErrorLine {
  readonly file: string;
  readonly error: string;
}

/** The line as JSON, with the keys that issue 3 names and no others. */
export function jsonLine(line: Line | ErrorLine): string {
  if ('error' in line) return JSON.stringify({ file: line.file, error: line.error });
  const { detect, read, total } = line.ms;
  return JSON.stringify({
    file: line.file,
    ms: { detect: round(detect, 1), read: round(read, 1), total: round(total, 1) },
    reads: line.reads.map(({ plate, confidence, certain, jurisdiction, quad, alternatives, second }) => {
      const { left, top, right, bottom } = boxAround(quad);
      return {
        plate,
        confidence: round(confidence, 4),
        certain,
        jurisdiction,
        box: [left, top, right - left, bottom - top].map((px) => round(px, 1)),
        corners: quad.map(({ x, y }) => [round(x, 1), round(y, 1)]),
        alternatives: alternatives.map(({ text, probability }) => ({ plate: text, confidence: round(probability, 4) })),
        second: second && { plate: second.plate, confidence: round(second.confidence, 4) }
      };
    })
  });
}

/** Column heads of the table that `tableLine` fills. */
export const TABLE_HEAD = [
  row('file', 'plate', 'sure', 'from', 'second', 'also possible'),
  row('----', '-----', '----', '----', '------', '-------------')
].join('\n');

/** The line for a person: one row a read, best first; the file's name once. Control characters in names are not printed. */
export function tableLine(line: Line | ErrorLine): string {
  const file = printable(line.file);
  if ('error' in line) return row(file, `(${line.error})`);
  if (line.reads.length === 0) return row(file, '(no plate)');
  return line.reads
    .map((read, i) => {
      const others = read.alternatives.filter(({ text }) => text !== read.plate).slice(0, 3);
      return row(
        i === 0 ? file : '',
        read.plate,
        `${(100 * read.confidence).toFixed(0)} %${read.certain ? ' *' : ''}`,
        read.jurisdiction === 'unknown' ? '' : read.jurisdiction,
        read.second === null ? '' : read.second.plate || '-',
        others.map(({ text }) => text).join(' ')
      );
    })
    .join('\n');
}

/** What the star in the table means. */
export const TABLE_FOOT = '* certain: claimed to be right 99 times in 100 or more';

function row(...cells: readonly string[]): string {
  const widths = [40, 10, 8, 8, 10, 0];
  return cells
    .map((cell, i) => (i === 0 && cell.length > 40 ? `...${cell.slice(-37)}` : cell).padEnd(widths[i] ?? 0))
    .join(' ')
    .trimEnd();
}

function printable(name: string): string {
  // A file may be named to move the cursor or color the screen.
  return name.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?');
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
