/** Words of the releases to other agencies at headquarters. */
import type { WrittenRequest } from '#domain/records/data-release.ts';

const RECIPIENTS = {
  lawEnforcement: 'a law enforcement agency',
  prosecutor: 'a prosecuting office'
} satisfies Record<WrittenRequest['recipient'], string>;

export const RELEASES = {
  title: 'Releases',
  how: 'Reads go to another law enforcement or prosecuting agency only on its written request, after somebody else has approved it on reasonable suspicion that they are pertinent to an active criminal investigation (policy 426.7). What is released is what one hold in force covers. Every request stays on file.',
  others:
    'Anybody else who asks — the press, a lawyer, the person in the car — goes the way of the Records Maintenance and Release policy. Nothing is answered from here.',
  none: 'No agency has asked yet.',
  enter: 'Enter a written request',
  agencyName: 'Agency that asks',
  recipient: 'It is',
  recipients: RECIPIENTS,
  requester: 'Person who asks',
  purpose: 'What it is intended for',
  factualBasis: 'Facts that make the reads pertinent',
  caseNumber: 'Case number, complaint or incident',
  headName: 'Head of the agency, or designee, who authorized it',
  headStatement: 'Statement of that authorization',
  headOn: 'Authorized on',
  receivedOn: 'Request received on',
  requestDocument: 'Where the written request is filed',
  go: 'Put this request on file',
  entered: 'The request is on file. Somebody else decides on it, below.',
  waiting: 'waits for a decision',
  approved: 'approved',
  declined: 'declined',
  enteredBy: (name: string, when: string) => `Entered by ${name}, ${when}`,
  decidedBy: (name: string, when: string) => `decided by ${name}, ${when}`,
  authorizedBy: (name: string, on: string) => `authorized by ${name} on ${on}`,
  notYours: 'You entered this request; somebody else decides on it.',
  decide: 'Decide on this request',
  hold: 'Hold whose reads are released',
  noHold: 'No hold is in force. Ask for one that covers what is requested, then decide here.',
  holds: 'Holds',
  reasonableSuspicion: 'Why these reads are reasonably suspected to be pertinent to an active criminal investigation',
  approve: 'Approve the release',
  declineReason: 'Why it is declined',
  decline: 'Decline',
  make: 'Make the package',
  making: 'Making the package …',
  made: (reads: number) => `${reads} ${reads === 1 ? 'read' : 'reads'}, with pictures and the duties of the recipient`,
  save: 'Save the file',
  saved: 'The package is signed. Whoever receives it checks it with npm run verify:release.',
  packages: (count: number) => (count === 1 ? '1 package made' : `${count} packages made`),
  lastPackage: (reads: number, when: string, sha256: string) =>
    `${reads} ${reads === 1 ? 'read' : 'reads'}, ${when} · SHA-256 ${sha256.slice(0, 16)} …`
} as const;
