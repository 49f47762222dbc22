/** Words of the holds at headquarters. */
import type { HoldEnd, HoldGround } from '#domain/records/hold.ts';

const GROUNDS = {
  investigation: 'Active criminal investigation',
  exculpatoryRequest: 'Exculpatory request'
} satisfies Record<HoldGround['kind'], string>;

const ENDS = {
  resolved: 'Resolved',
  dismissed: 'Dismissed',
  inactive: 'Investigation became inactive',
  withdrawn: 'Withdrawn'
} satisfies Record<HoldEnd['reason'], string>;

export const HOLDS = {
  title: 'Holds',
  how: 'A hold keeps reads past their date: for an active criminal investigation, or because a person charged with a crime asks for them in writing (policy 426.4(a)). Somebody other than its author approves it. When it ends, what it kept is destroyed within 24 hours.',
  none: 'There is no hold.',
  ask: 'Ask for a hold',
  grounds: GROUNDS,
  ends: ENDS,
  ground: 'Ground',
  caseNumber: 'Case number',
  complaintNumber: 'Complaint number',
  numberMissing: 'Why there is no number yet',
  offense: 'Offense',
  investigator: 'Investigator',
  factualBasis: 'Facts that make the reads part of the investigation',
  requester: 'Who asks',
  requesterIs: 'Who asks is',
  requesters: { subject: 'the person charged', attorneyOfSubject: 'the attorney of that person' },
  requestedOn: 'Date of the written request',
  requestDocument: 'Where the written request is filed',
  statement: 'Statement that the reads may be exculpatory',
  scope: 'Which reads',
  scopes: { plate: 'One license plate', place: 'Around a place' },
  scopeWords: {
    plate: 'one license plate',
    place: 'around a place',
    period: 'one period of use',
    reads: 'chosen reads'
  },
  plate: 'License plate',
  from: 'From',
  to: 'To',
  lat: 'Latitude',
  lon: 'Longitude',
  radius: 'Within meters',
  preview: 'See what it covers',
  previewLogged: 'This look is written to the audit trail with the ground above.',
  covers: (reads: number, days: number) =>
    `Covers ${reads} ${reads === 1 ? 'read' : 'reads'} of ${days} ${days === 1 ? 'day' : 'days'} now.`,
  coversNone: 'Covers no read that is stored now. Reads that arrive later are covered too.',
  until: (date: string) =>
    `Without this hold the first of them go on ${date}. It spares nothing before it is approved.`,
  go: 'Ask for this hold',
  asked: 'The request stands. Somebody else approves it, below.',
  waiting: 'waits for approval',
  inForce: 'in force',
  declined: 'declined',
  over: (reason: string) => `ended: ${reason}`,
  askedBy: (name: string, when: string) => `Asked for by ${name}, ${when}`,
  approvedBy: (name: string, when: string) => `Approved by ${name}, ${when}`,
  declinedBy: (name: string, when: string) => `Declined by ${name}, ${when}`,
  endedBy: (name: string, when: string) => `Ended by ${name}, ${when}`,
  kept: (reads: number) => `${reads} ${reads === 1 ? 'read' : 'reads'} kept past the date`,
  review: (date: string) => `Reaffirm by ${date}`,
  reviewLate: (date: string) => `Was to be reaffirmed by ${date}`,
  approve: 'Approve',
  decline: 'Decline',
  takeBack: 'Take back',
  notYours: 'You asked for this hold; somebody else approves it.',
  reaffirm: 'Still needed',
  end: 'End this hold',
  endAsk: 'End this hold?',
  endHow:
    'What it kept is destroyed within 24 hours and cannot be brought back. Reads whose date has not come stay until then.',
  reason: 'How it ended',
  afterwards: 'Afterwards',
  afters: { destroy: 'Destroy what it kept', caseFile: 'The case file has taken it over' },
  reference: 'Case file'
} as const;
