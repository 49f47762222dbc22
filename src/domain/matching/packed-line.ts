import { ENTRY_FLAGS, HOTLIST_CATEGORIES, type HotlistEntry } from '../records/hotlist.ts';

/**
 * An entry as one line of text with tabs between its cells, empty cells at the end left out. Lists travel, are sealed and lie in memory as
 * such lines: a million entries as objects would weigh a gigabyte, as lines some sixty megabytes.
 *
 * The order of the cells is part of the stored form of a list; a new one goes to the end.
 */
const REF = 0;
export const PLATE_CELL = 1;
const JURISDICTION = 2;
const CATEGORY = 3;
const EXPIRES = 4;
const FIRST_TEXT = 5;
const TEXTS = ['plateType', 'plateYear', 'enteredOn', 'enteringAgency', 'caution', 'caseNumber'] as const;
const VEHICLE = ['year', 'make', 'model', 'style', 'color'] as const;
const MARKS = FIRST_TEXT + TEXTS.length + VEHICLE.length;
const APPROVAL = MARKS + 1;
const COVERT = 'c';
const INFORMATION = 'i';

/** The line of a proper entry (checkHotlistEntry): none of its cells has a tab or a line break. */
export function packLine(entry: HotlistEntry): string {
  const marks =
    (entry.flags ?? []).map((flag) => String(ENTRY_FLAGS.indexOf(flag))).join('') +
    (entry.covert === true ? COVERT : '') +
    (entry.informationOnly === true ? INFORMATION : '');
  const cells = [
    entry.ref,
    entry.plate,
    entry.jurisdiction,
    String(HOTLIST_CATEGORIES.indexOf(entry.category)),
    entry.expiresAt ?? '',
    ...TEXTS.map((name) => entry[name] ?? ''),
    ...VEHICLE.map((name) => entry.vehicle?.[name] ?? ''),
    marks,
    entry.approval?.author ?? '',
    entry.approval?.approver ?? '',
    entry.approval?.at ?? ''
  ];
  return cells.join('\t').replace(/\t+$/, '');
}

/** The entry of a line that `packLine` made. A category that this version does not know becomes `other`. */
export function entryOfLine(line: string): HotlistEntry {
  const cells = line.split('\t');
  const cell = (at: number): string => cells[at] ?? '';
  const texts: Partial<Record<(typeof TEXTS)[number], string>> = {};
  for (const [i, name] of TEXTS.entries()) if (cell(FIRST_TEXT + i) !== '') texts[name] = cell(FIRST_TEXT + i);
  const vehicle: Partial<Record<(typeof VEHICLE)[number], string>> = {};
  for (const [i, name] of VEHICLE.entries()) {
    const value = cell(FIRST_TEXT + TEXTS.length + i);
    if (value !== '') vehicle[name] = value;
  }
  const flags = ENTRY_FLAGS.filter((_, i) => cell(MARKS).includes(String(i)));
  return {
    ref: cell(REF),
    plate: cell(PLATE_CELL),
    jurisdiction: cell(JURISDICTION),
    category: HOTLIST_CATEGORIES[Number(cell(CATEGORY))] ?? 'other',
    expiresAt: cell(EXPIRES) === '' ? null : cell(EXPIRES),
    ...texts,
    ...(Object.keys(vehicle).length > 0 && { vehicle }),
    ...(flags.length > 0 && { flags }),
    ...(cell(MARKS).includes(COVERT) && { covert: true as const }),
    ...(cell(MARKS).includes(INFORMATION) && { informationOnly: true as const }),
    ...(cell(APPROVAL) !== '' && {
      approval: { author: cell(APPROVAL), approver: cell(APPROVAL + 1), at: cell(APPROVAL + 2) }
    })
  };
}

/** The lines of a list in the order in which its hash is taken and changes are merged: by their bytes, one after another. */
export function packList(entries: readonly HotlistEntry[]): string {
  const lines = entries.map(packLine).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return lines.length === 0 ? '' : lines.join('\n') + '\n';
}
