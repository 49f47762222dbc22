import type { AgencyEntry } from '#domain/records/agency-entry.ts';
import { anId } from './records.ts';

/** A proper proposal of an own entry; one line makes it wrong. */
export function anEntry(given: Partial<AgencyEntry> = {}): AgencyEntry {
  return {
    _id: anId(400),
    kind: 'agencyEntry',
    schema: 1,
    jurisdiction: 'MN',
    caseNumber: '26-004412',
    offense: 'Burglary',
    factualBasis: 'A neighbor wrote this plate down as the car left the yard',
    attested: true,
    looksFor: 'vehicle',
    tracking: null,
    days: 7,
    covert: false,
    proposed: { by: anId(7), at: '2026-11-22T15:00:00.000Z' },
    decision: null,
    ended: null,
    ...given
  };
}
