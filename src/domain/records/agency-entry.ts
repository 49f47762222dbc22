import { both, closed, nullable, number, oneOf, optional, tagged, text, yesOrNo, type Check } from '../check/check.ts';
import { caseNumber, instant, jurisdiction, personName, uuid } from '../check/common.ts';
import type { Instant } from '../time/instant.ts';
import type { HotlistEntry } from './hotlist.ts';

/** Who said so, and when. */
interface Signed {
  readonly by: string;
  readonly at: Instant;
}

/** What allows a person to be followed: a warrant on probable cause, or exigent circumstances (13.824 subd. 2(d); 426.3.1(c)). */
export type TrackingAuthority =
  | { readonly kind: 'warrant'; readonly number: string; readonly judge: string; readonly until: Instant }
  | { readonly kind: 'exigency'; readonly facts: string; readonly until: Instant };

/**
 * An own entry of the department: a plate that an active criminal investigation looks for (426.3.1(b); 13.824 subd. 2(c)). Proposed with its
 * ground in writing, approved by somebody else, ended or expired. The plate itself lies in the entry's own box, which is dropped with it.
 */
export interface AgencyEntry {
  readonly _id: string;
  readonly kind: 'agencyEntry';
  readonly schema: 1;
  readonly jurisdiction: string;
  readonly caseNumber: string;
  readonly offense: string;
  readonly factualBasis: string;
  /** the author attests that the investigation is criminal and active */
  readonly attested: true;
  /** what is looked for: the vehicle or plate itself, or a person, which needs an authority */
  readonly looksFor: 'vehicle' | 'person';
  readonly tracking: TrackingAuthority | null;
  readonly days: number;
  readonly vehicle?: HotlistEntry['vehicle'];
  readonly caution?: string;
  readonly covert: boolean;
  readonly proposed: Signed;
  readonly decision: (Signed & { readonly kind: 'approved' | 'declined' }) | null;
  readonly ended: Signed | null;
}

/** The plate of an entry, alone in the box that is dropped when the entry is over. */
export interface AgencyEntryPlate {
  readonly _id: 'plate';
  readonly plate: string;
}

/** Days that an entry lives unless its author asks for others, and the most it may live; the author asks anew after that (LAW 2.1). */
export const ENTRY_DAYS = 7;
export const MOST_ENTRY_DAYS = 30;

const words = (min: number, max: number): Check<string> => text({ min, max, pattern: /^\S[\s\S]*$/, what: 'words' });
const line = (max: number): Check<string> =>
  text({ min: 1, max, pattern: /^[^\u0000-\u001f\u007f]+$/, what: 'one line of text' });
const signed = { by: uuid, at: instant };

export const checkTrackingAuthority: Check<TrackingAuthority> = tagged<TrackingAuthority>('kind', {
  warrant: closed<Extract<TrackingAuthority, { kind: 'warrant' }>>({
    kind: oneOf('warrant'),
    number: caseNumber,
    judge: personName,
    until: instant
  }) as Check<never>,
  exigency: closed<Extract<TrackingAuthority, { kind: 'exigency' }>>({
    kind: oneOf('exigency'),
    facts: words(20, 2000),
    until: instant
  }) as Check<never>
});

export const checkVehicle: Check<NonNullable<HotlistEntry['vehicle']>> = closed<NonNullable<HotlistEntry['vehicle']>>({
  year: optional(line(60)),
  make: optional(line(60)),
  model: optional(line(60)),
  style: optional(line(60)),
  color: optional(line(60))
});

/** What the author writes; the rest of the record is signed by the server. */
export const AGENCY_ENTRY_WORDS = {
  jurisdiction,
  caseNumber,
  offense: words(3, 120),
  factualBasis: words(20, 2000),
  attested: oneOf(true),
  looksFor: oneOf('vehicle', 'person'),
  tracking: nullable(checkTrackingAuthority),
  days: number({ min: 1, max: MOST_ENTRY_DAYS, integer: true }),
  vehicle: optional(checkVehicle),
  caution: optional(line(200)),
  covert: yesOrNo
} as const;

export const checkAgencyEntry: Check<AgencyEntry> = both(
  closed<AgencyEntry>({
    _id: uuid,
    kind: oneOf('agencyEntry'),
    schema: oneOf(1),
    ...AGENCY_ENTRY_WORDS,
    proposed: closed<Signed>(signed),
    decision: nullable(
      closed<NonNullable<AgencyEntry['decision']>>({ ...signed, kind: oneOf('approved', 'declined') })
    ),
    ended: nullable(closed<Signed>(signed))
  }),
  (entry, path) =>
    entry.looksFor === 'person' && entry.tracking === null
      ? { path: (path === undefined ? '' : path + '.') + 'tracking', message: 'is missing' }
      : null
);
