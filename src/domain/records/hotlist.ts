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

/** One line of a hotlist. The vehicle is there for the officer's eye alone; nothing derives it from a picture. */
export interface HotlistEntry {
  readonly ref: string;
  readonly plate: string;
  readonly jurisdiction: string;
  readonly category: HotlistCategory;
  readonly vehicle?: {
    readonly year?: string;
    readonly make?: string;
    readonly model?: string;
    readonly color?: string;
  };
  readonly enteredOn?: string;
  readonly enteringAgency?: string;
  readonly caution?: string;
  readonly expiresAt: Instant | null;
  readonly caseNumber?: string;
}

/** Where entries come from; only these two kinds may ever be matched (426.3.1(b)). */
export interface HotlistSource {
  readonly sourceId: string;
  readonly kind: 'mnPlateFile' | 'agencyInvestigative';
  /** the name printed in the public log of use */
  readonly compareName: string;
  readonly existencePublic: boolean;
  /** for an agency entry: the active criminal investigation */
  readonly caseNumber?: string;
}

export interface HotlistVersion {
  readonly _id: string;
  readonly kind: 'hotlistVersion';
  readonly schema: 1;
  readonly source: HotlistSource;
  readonly asOf: Instant;
  readonly loadedAt: Instant;
  readonly sha256: string;
  readonly rows: number;
}

const shortText = optional(text({ min: 1, max: 60 }));

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
      color: shortText
    })
  ),
  enteredOn: shortText,
  enteringAgency: optional(text({ min: 1, max: 120 })),
  caution: optional(text({ min: 1, max: 200 })),
  expiresAt: nullable(instant),
  caseNumber: optional(caseNumber)
});

export const checkHotlistSource: Check<HotlistSource> = closed<HotlistSource>({
  sourceId: uuid,
  kind: oneOf('mnPlateFile', 'agencyInvestigative'),
  compareName: text({ min: 2, max: 120 }),
  existencePublic: yesOrNo,
  caseNumber: optional(caseNumber)
});

export const checkHotlistVersion: Check<HotlistVersion> = closed<HotlistVersion>({
  _id: uuid,
  kind: oneOf('hotlistVersion'),
  schema: oneOf(1),
  source: checkHotlistSource,
  asOf: instant,
  loadedAt: instant,
  sha256: text({ min: 64, max: 64, pattern: /^[0-9a-f]+$/, what: 'a SHA-256 in hexadecimal' }),
  rows: number({ min: 0, max: 10_000_000, integer: true })
});

/** What a tablet pulls: the version and its lines. */
export interface HotlistPackage {
  readonly version: HotlistVersion;
  readonly entries: readonly HotlistEntry[];
}

export const checkHotlistPackage: Check<HotlistPackage> = closed<HotlistPackage>({
  version: checkHotlistVersion,
  entries: list(checkHotlistEntry, { max: 2_000_000 })
});
