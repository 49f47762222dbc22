import type { Hold, HoldGround } from '#domain/records/hold.ts';
import { anId } from './records.ts';

/** Grounds with all that the law wants in writing. */
export const INVESTIGATION: Extract<HoldGround, { kind: 'investigation' }> = {
  kind: 'investigation',
  caseNumber: 'ICR 26-1001',
  offense: 'Burglary',
  investigator: 'Det. I. Example',
  factualBasis: 'Tablet 1 stood beside the scene while the suspect drove away'
};
export const EXCULPATORY: Extract<HoldGround, { kind: 'exculpatoryRequest' }> = {
  kind: 'exculpatoryRequest',
  caseNumber: '21-CR-26-0001',
  requester: 'A. Lawyer',
  requesterIs: 'attorneyOfSubject',
  requestedOn: '2026-11-20',
  requestDocument: 'Records file 26-17',
  statement: 'The reads may show that my client was elsewhere at the time'
};

/** A hold as its author asks for it; one line makes it wrong or takes it further. */
export function aHold(given: Partial<Hold> = {}): Hold {
  return {
    _id: anId(300),
    kind: 'hold',
    schema: 1,
    ground: INVESTIGATION,
    scopeKind: 'period',
    requested: { by: anId(3), at: '2026-11-22T17:00:00.000Z' },
    decision: null,
    reaffirmed: null,
    ended: null,
    ...given
  };
}

export const APPROVED: NonNullable<Hold['decision']> = {
  kind: 'approved',
  by: anId(10),
  at: '2026-11-22T17:00:00.000Z'
};
