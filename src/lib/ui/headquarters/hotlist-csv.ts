/** A hotlist from a CSV file with declared columns: proper lines become entries, the others are told with their line number. */
import { normalizePlate } from '#domain/plate/normalize.ts';
import {
  checkHotlistEntry,
  HOTLIST_CATEGORIES,
  type HotlistCategory,
  type HotlistEntry
} from '#domain/records/hotlist.ts';
import { isLocalDate, type Instant } from '#domain/time/instant.ts';

const REQUIRED = ['plate', 'jurisdiction', 'category'] as const;

export type CsvOutcome =
  | { readonly kind: 'read'; readonly entries: readonly HotlistEntry[]; readonly refused: readonly RefusedLine[] }
  | { readonly kind: 'columnMissing'; readonly column: string }
  | { readonly kind: 'empty' };

export interface RefusedLine {
  /** counted from 1, the header included, as an editor shows it */
  readonly line: number;
  /** never the plate itself: this is shown and may be copied into a message */
  readonly why: string;
}

/** Reads the whole file. `newRef` gives each entry its opaque reference. */
export function readHotlistCsv(text: string, newRef: () => string): CsvOutcome {
  const [header, ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const columns = cellsOf(header ?? '').map((name) => name.trim().toLowerCase());
  const missing = REQUIRED.find((name) => !columns.includes(name));
  if (missing !== undefined) return { kind: 'columnMissing', column: missing };
  const entries: HotlistEntry[] = [];
  const refused: RefusedLine[] = [];
  for (const [at, written] of lines.entries()) {
    if (written.trim() === '') continue;
    const cells = cellsOf(written);
    const cell = (name: string): string => cells[columns.indexOf(name)]?.trim() ?? '';
    const entry = entryOf(cell, newRef());
    const problem = checkHotlistEntry(entry);
    if (problem === null) entries.push(entry);
    else refused.push({ line: at + 2, why: `${problem.path} ${problem.message}` });
  }
  return entries.length + refused.length === 0 ? { kind: 'empty' } : { kind: 'read', entries, refused };
}

function entryOf(cell: (name: string) => string, ref: string): HotlistEntry {
  const vehicle = present({ year: cell('year'), make: cell('make'), model: cell('model'), color: cell('color') });
  return {
    ref,
    plate: normalizePlate(cell('plate')),
    // NCIC extracts write 0H for Ohio: the letter O as zero (LAW section 7).
    jurisdiction: cell('jurisdiction').toUpperCase().replaceAll('0', 'O') || 'unknown',
    category: categoryOf(cell('category')),
    ...(Object.keys(vehicle).length > 0 && { vehicle }),
    ...present({
      enteredOn: cell('entered'),
      enteringAgency: cell('agency'),
      caution: cell('caution'),
      caseNumber: cell('case')
    }),
    expiresAt: endOf(cell('expires'))
  };
}

/** Our own names, however they are spaced: `stolen vehicle` is stolenVehicle. What is unknown stays wrong and is refused. */
function categoryOf(written: string): HotlistCategory {
  const plain = written.replace(/[^A-Za-z]/g, '').toLowerCase();
  return HOTLIST_CATEGORIES.find((name) => name.toLowerCase() === plain) ?? (written as HotlistCategory);
}

function endOf(written: string): Instant | null {
  if (written === '') return null;
  if (isLocalDate(written)) return `${written}T23:59:59.999Z`;
  // Not a date: left as it is, so that the record's own check refuses the line.
  return written;
}

function present<T extends Record<string, string>>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')) as Partial<T>;
}

/** The cells of one line; a quoted cell may hold commas and doubled quotes. */
function cellsOf(line: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (quoted && character === '"' && line.charAt(at + 1) === '"') {
      cell += '"';
      at++;
    } else if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += character;
  }
  return [...cells, cell];
}
