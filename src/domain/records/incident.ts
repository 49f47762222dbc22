import { closed, nullable, number, oneOf, text, yesOrNo, type Check } from '../check/check.ts';
import { instant, localDate, uuid } from '../check/common.ts';
import type { Instant, LocalDate } from '../time/instant.ts';
import type { Signed } from './hold.ts';

/** A tablet is lost, somebody looked without right, data left the department, or something else (426.5(d); 13.055). */
export const INCIDENT_KINDS = ['lostTablet', 'unlawfulLook', 'dataOut', 'other'] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** An incident and what was done about it, step by step; each step is signed and stands. */
export interface Incident {
  readonly _id: string;
  readonly kind: 'incident';
  readonly schema: 1;
  readonly what: IncidentKind;
  /** the tablet, or the member, it is about */
  readonly deviceId: string | null;
  readonly memberId: string | null;
  readonly discoveredAt: Instant;
  readonly facts: string;
  readonly entered: Signed;
  /** who answers for security was told (CJIS IR-6) */
  readonly told: (Signed & { readonly toWhom: string }) | null;
  /** whether the security of data was breached (13.055 subd. 1) */
  readonly assessment: (Signed & { readonly isBreach: boolean; readonly statement: string }) | null;
  /** the persons the data are about were told in writing (13.055 subd. 2) */
  readonly notices: (Signed & { readonly sentOn: LocalDate; readonly persons: number; readonly how: string }) | null;
  /** the report of the investigation (13.055 subd. 2(b)) */
  readonly report: (Signed & IncidentReport) | null;
}

export interface IncidentReport {
  /** the type of data that were reached */
  readonly dataType: string;
  /** how many persons' data */
  readonly persons: number;
  /** what became of it, also of a member who did it: the final disposition of discipline */
  readonly outcome: string;
}

export const checkFacts: Check<string> = text({ min: 20, max: 2000 });
export const checkToWhom: Check<string> = text({ min: 3, max: 120 });
export const checkPersons: Check<number> = number({ min: 0, max: 1e7, integer: true });
export const checkHowSent: Check<string> = text({ min: 10, max: 500 });
export const checkDataType: Check<string> = text({ min: 5, max: 300 });

const signed = { by: uuid, at: instant };

export const checkIncident: Check<Incident> = closed<Incident>({
  _id: uuid,
  kind: oneOf('incident'),
  schema: oneOf(1),
  what: oneOf(...INCIDENT_KINDS),
  deviceId: nullable(uuid),
  memberId: nullable(uuid),
  discoveredAt: instant,
  facts: checkFacts,
  entered: closed<Signed>(signed),
  told: nullable(closed<NonNullable<Incident['told']>>({ ...signed, toWhom: checkToWhom })),
  assessment: nullable(
    closed<NonNullable<Incident['assessment']>>({ ...signed, isBreach: yesOrNo, statement: checkFacts })
  ),
  notices: nullable(
    closed<NonNullable<Incident['notices']>>({
      ...signed,
      sentOn: localDate,
      persons: checkPersons,
      how: checkHowSent
    })
  ),
  report: nullable(
    closed<NonNullable<Incident['report']>>({
      ...signed,
      dataType: checkDataType,
      persons: checkPersons,
      outcome: checkFacts
    })
  )
});
