/** Words of the incidents at headquarters. */
import type { IncidentDuty } from '#domain/policy/incidents.ts';
import type { IncidentKind } from '#domain/records/incident.ts';

export const INCIDENTS = {
  title: 'Incidents',
  how: 'A tablet that is lost, a look without right, data that left the department. Write it down at once: who answers for security is told within an hour (CJIS IR-6), and of a breach the persons concerned are told in writing (Minn. Stat. 13.055).',
  none: 'No incident has been written down.',
  enter: 'Write an incident down',
  what: 'What it is',
  kinds: {
    lostTablet: 'A tablet is lost or stolen',
    unlawfulLook: 'Somebody looked without right',
    dataOut: 'Data left the department',
    other: 'Something else'
  } satisfies Record<IncidentKind, string>,
  device: 'Tablet',
  member: 'Member',
  choose: 'choose',
  discovered: 'Discovered on',
  discoveredTime: 'At',
  facts: 'What happened',
  factsHint: 'what is known, in your own sentences; no plate',
  enterGo: 'Write it down',
  enteredBy: (name: string, at: string) => `Written down by ${name}, ${at}`,
  discoveredAt: (at: string) => `Discovered ${at}`,
  seen: (at: string) => `last seen ${at}`,
  neverSeen: 'never seen',
  revoked: (at: string) => `revoked ${at}: it opens nothing and sends nothing`,
  revokeFirst: 'It is not revoked yet. Revoke it under Devices: its keys then open nothing from its next contact on.',
  devices: 'Devices',
  waiting: (count: number) =>
    count === 0
      ? 'Headquarters expects nothing of it that it began to send.'
      : `${count} of its records were begun and are not all here.`,
  looks: (name: string, count: number) =>
    `${name} looked at stored data ${count} ${count === 1 ? 'time' : 'times'} in the thirty days before and since.`,
  trail: 'Audit trail',
  duties: {
    tellSecurity: 'Tell who answers for security',
    assess: 'Judge whether it was a breach',
    sendNotices: 'Tell the persons concerned',
    report: 'Report the investigation'
  } satisfies Record<IncidentDuty['what'], string>,
  by: (at: string) => `by ${at}`,
  overdue: (at: string) => `overdue since ${at}`,
  closed: 'Nothing is open.',
  told: (whom: string, at: string) => `${whom} was told, ${at}`,
  wasBreach: (at: string) => `Judged a breach, ${at}`,
  wasNoBreach: (at: string) => `Judged no breach, ${at}`,
  sent: (persons: number, on: string) => `${persons} ${persons === 1 ? 'person' : 'persons'} told, ${on}`,
  reported: (at: string) => `Investigation reported, ${at}`,
  toWhom: 'Who was told',
  isBreach: 'It was a breach of the security of data: somebody reached them without right.',
  statement: 'Why it was, or was not',
  sentOn: 'Sent on',
  persons: 'Persons concerned',
  howSent: 'How, and where copies are kept',
  dataType: 'Type of data',
  outcome: 'Outcome, with the final disposition of any discipline',
  record: 'Record'
} as const;
