import { closed, list, nullable, number, oneOf, optional, text, yesOrNo, type Check } from '../check/check.ts';
import { caseNumber, instant, jurisdiction, plateText, uuid } from '../check/common.ts';
import type { Instant } from '../time/instant.ts';

/** Why an entry is wanted (LAW 4.3). */
export const HOTLIST_CATEGORIES = [
  'stolenVehicle',
  'stolenPlate',
  'felonyVehicle',
  'wantedPerson',
  'warrant',
  'licenseSuspended',
  'licenseRevoked',
  'licenseCancelled',
  'licenseDisqualified',
  'attemptToLocate',
  'missingPerson',
  'keepingOurPoliceSafe',
  'agencyInvestigative',
  'other'
] as const;
export type HotlistCategory = (typeof HOTLIST_CATEGORIES)[number];

/**
 * What the hotlist doctor found wrong with an entry; it travels with it to the officer (LAW section 7: wrongful stops came from lists
 * that held both spellings of a plate).
 */
export const ENTRY_FLAGS = ['twin', 'impossibleFormat', 'old', 'matchesTooMuch'] as const;
export type EntryFlag = (typeof ENTRY_FLAGS)[number];

/** One line of a hotlist (LAW 4.3). The vehicle is there for the officer's eye alone; nothing derives it from a picture. */
export interface HotlistEntry {
  readonly ref: string;
  readonly plate: string;
  readonly jurisdiction: string;
  readonly category: HotlistCategory;
  readonly vehicle?: {
    readonly year?: string;
    readonly make?: string;
    readonly model?: string;
    readonly style?: string;
    readonly color?: string;
  };
  readonly plateType?: string;
  readonly plateYear?: string;
  readonly enteredOn?: string;
  readonly enteringAgency?: string;
  readonly caution?: string;
  readonly expiresAt: Instant | null;
  /** of an agency entry: the active criminal investigation that makes it lawful (426.3.1(b)) */
  readonly caseNumber?: string;
  readonly flags?: readonly EntryFlag[];
  /** headquarters alone is told; the officer who passes the car sees and hears nothing */
  readonly covert?: true;
  /** for information only: it asks for no action, whatever its category */
  readonly informationOnly?: true;
  /** of an agency entry: who proposed and who approved it (rule mayMatchEntry) */
  readonly approval?: { readonly author: string; readonly approver: string; readonly at: Instant };
}

/** Where entries come from; only these two kinds may ever be matched (426.3.1(b)). */
export interface HotlistSource {
  readonly sourceId: string;
  readonly kind: 'mnPlateFile' | 'agencyInvestigative';
  /** the name printed in the public log of use */
  readonly compareName: string;
  readonly existencePublic: boolean;
}

export interface HotlistVersion {
  readonly _id: string;
  readonly kind: 'hotlistVersion';
  readonly schema: 1;
  readonly source: HotlistSource;
  readonly asOf: Instant;
  readonly loadedAt: Instant;
  /** over the lines of the list (domain/matching/packed-line.ts), so that a tablet knows it has all of it and nothing else */
  readonly sha256: string;
  readonly rows: number;
  /** of an imported list: the file it came from and what became of its rows */
  readonly file?: ImportedFile;
}

export interface ImportedFile {
  readonly name: string;
  readonly sha256: string;
  readonly rows: number;
  readonly rejected: number;
  /** of restricted files that the department is not entitled to (CJIS 4.2.2) */
  readonly restricted: number;
  readonly duplicates: number;
  readonly flagged: number;
}

// One line each: an entry is packed as a line of a table (domain/matching/packed-line.ts).
const oneLine = (max: number): Check<string> =>
  text({ min: 1, max, pattern: /^[^\u0000-\u001f\u007f]*$/, what: 'one line of text' });
const shortText = optional(oneLine(60));

export const checkHotlistEntry: Check<HotlistEntry> = closed<HotlistEntry>({
  ref: text({ min: 1, max: 64, pattern: /^[A-Za-z0-9-]+$/, what: 'an opaque reference' }),
  plate: plateText,
  jurisdiction,
  category: oneOf(...HOTLIST_CATEGORIES),
  vehicle: optional(
    closed<NonNullable<HotlistEntry['vehicle']>>({
      year: shortText,
      make: shortText,
      model: shortText,
      style: shortText,
      color: shortText
    })
  ),
  plateType: shortText,
  plateYear: shortText,
  enteredOn: shortText,
  enteringAgency: optional(oneLine(120)),
  caution: optional(oneLine(200)),
  expiresAt: nullable(instant),
  caseNumber: optional(caseNumber),
  flags: optional(list(oneOf(...ENTRY_FLAGS), { max: ENTRY_FLAGS.length })),
  covert: optional(oneOf(true)),
  informationOnly: optional(oneOf(true)),
  approval: optional(closed<NonNullable<HotlistEntry['approval']>>({ author: uuid, approver: uuid, at: instant }))
});

export const checkHotlistSource: Check<HotlistSource> = closed<HotlistSource>({
  sourceId: uuid,
  kind: oneOf('mnPlateFile', 'agencyInvestigative'),
  compareName: text({ min: 2, max: 120 }),
  existencePublic: yesOrNo
});

const hash: Check<string> = text({ min: 64, max: 64, pattern: /^[0-9a-f]+$/, what: 'a SHA-256 in hexadecimal' });
const count: Check<number> = number({ min: 0, max: 10_000_000, integer: true });

export const checkHotlistVersion: Check<HotlistVersion> = closed<HotlistVersion>({
  _id: uuid,
  kind: oneOf('hotlistVersion'),
  schema: oneOf(1),
  source: checkHotlistSource,
  asOf: instant,
  loadedAt: instant,
  sha256: hash,
  rows: count,
  file: optional(
    closed<ImportedFile>({
      name: text({ min: 1, max: 200 }),
      sha256: hash,
      rows: count,
      rejected: count,
      restricted: count,
      duplicates: count,
      flagged: count
    })
  )
});
