import { normalizePlate } from '../plate/normalize.ts';
import { checkHotlistEntry, HOTLIST_CATEGORIES, type HotlistCategory, type HotlistEntry } from '../records/hotlist.ts';
import { isLocalDate } from '../time/instant.ts';
import { COLUMN_NAMES, NEEDED_COLUMNS, type Column, type FileFormat } from './formats.ts';

/** What a row of a file is. A reject says why, never the plate: it is shown and may be copied into a message. */
export type Row =
  | { readonly kind: 'entry'; readonly entry: HotlistEntry }
  | { readonly kind: 'rejected'; readonly why: string }
  /** of a restricted file that the department is not entitled to */
  | { readonly kind: 'restricted' };

/** Reads the rows of one file in their order; for a format with names the first row must be told first (`columnsOf`). */
export interface RowReader {
  read(line: string, fallbackRef: string): Row;
}

export type Columns =
  | { readonly kind: 'known'; readonly columns: readonly (Column | null)[] }
  | { readonly kind: 'missing'; readonly column: Column };

/** The columns that a first row names; names that mean nothing to us are passed over. */
export function columnsOf(firstRow: string): Columns {
  const columns = cellsOf(firstRow.replace(/^\uFEFF/, '')).map(
    (name) => COLUMN_NAMES[name.trim().toLowerCase()] ?? null
  );
  const missing = NEEDED_COLUMNS.find((column) => !columns.includes(column));
  return missing === undefined ? { kind: 'known', columns } : { kind: 'missing', column: missing };
}

/** A reader for rows with these columns. `isEntitled`: restricted files are taken too. */
export function rowReader(format: FileFormat, columns: readonly (Column | null)[], isEntitled: boolean): RowReader {
  const at = new Map<Column, number>();
  for (const [i, column] of columns.entries()) if (column !== null && !at.has(column)) at.set(column, i);
  return {
    read(line, fallbackRef) {
      const cells = line.includes('"') ? cellsOf(line) : line.split(',');
      const cell = (column: Column): string => {
        const i = at.get(column);
        return i === undefined ? '' : (cells[i] ?? '').trim();
      };
      const ref = cell('ref').replace(/[^A-Za-z0-9-]/g, '') || fallbackRef;
      const category = categoryOf(format, ref, cell('category'));
      if (category === null && !isEntitled) return { kind: 'restricted' };
      if (category === undefined) return { kind: 'rejected', why: 'category is of no known kind' };
      const entry = entryOf(cell, ref, category ?? 'other');
      const problem = checkHotlistEntry(entry);
      return problem === null
        ? { kind: 'entry', entry }
        : { kind: 'rejected', why: `${problem.path} ${problem.message}` };
    }
  };
}

function categoryOf(format: FileFormat, ref: string, written: string): HotlistCategory | null | undefined {
  if (format.category.by === 'firstLetterOfRef') return format.category.letters[ref.charAt(0).toUpperCase()];
  // Our own names, however they are spaced: `stolen vehicle` is stolenVehicle.
  const plain = written.replace(/[^A-Za-z]/g, '').toLowerCase();
  return HOTLIST_CATEGORIES.find((name) => name.toLowerCase() === plain);
}

const VEHICLE = ['year', 'make', 'model', 'style', 'color'] as const;
const TEXTS = ['plateType', 'plateYear', 'enteredOn', 'enteringAgency', 'caution'] as const;

function entryOf(cell: (column: Column) => string, ref: string, category: HotlistCategory): HotlistEntry {
  const vehicle: Partial<Record<(typeof VEHICLE)[number], string>> = {};
  for (const name of VEHICLE) if (cell(name) !== '') vehicle[name] = cell(name);
  const texts: Partial<Record<(typeof TEXTS)[number], string>> = {};
  for (const name of TEXTS) if (cell(name) !== '') texts[name] = name === 'enteredOn' ? dateOf(cell(name)) : cell(name);
  return {
    ref,
    plate: normalizePlate(cell('plate')),
    // NCIC extracts write 0H for Ohio: the letter O as zero (LAW section 7).
    jurisdiction: cell('jurisdiction').toUpperCase().replaceAll('0', 'O') || 'unknown',
    category,
    ...(Object.keys(vehicle).length > 0 && { vehicle }),
    ...texts,
    expiresAt: endOf(cell('expiresAt')),
    ...(/^(yes|true|1|x)$/i.test(cell('information')) && { informationOnly: true as const })
  };
}

/** 20211122 as 2021-11-22; anything else stays as it was written. */
const dateOf = (written: string): string =>
  /^\d{8}$/.test(written) ? `${written.slice(0, 4)}-${written.slice(4, 6)}-${written.slice(6)}` : written;

function endOf(written: string): string | null {
  if (written === '') return null;
  // Not a date: left as it is, so that the record's own check rejects the row.
  return isLocalDate(written) ? `${written}T23:59:59.999Z` : written;
}

/** The cells of one row; a quoted cell may hold commas and doubled quotes. */
export function cellsOf(line: string): string[] {
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
