/** Words of the page that anybody may read. */
import type { PeriodCounts } from '#domain/records/period.ts';

export const PUBLIC_LOG = {
  title: 'Public log of use',
  of: (agency: string) => `Automated license plate readers of ${agency}`,
  lead: 'When the readers were in use, how many license plates they read, what the reads were compared with, and how many matched. Minnesota Statutes section 13.824 subdivision 5 and policy 426.4.1 ask the agency to keep this log.',
  notHere: 'No plate, name or case is in it: data about vehicles is not public and is destroyed on its date.',
  note: 'Counts exclude reads destroyed at collection under 13.824 subd. 3(c).',
  csv: 'Download as a table (CSV)',
  print: 'Print',
  heads: 'Seals of the audit trail',
  headsHow:
    'Every look at the data is written into an audit trail. Each day the agency publishes a signed number that follows from every entry so far. Keep one, and it can be shown later whether the trail of that day is still complete and unchanged.',
  headsNone: 'The first seal appears once the system is in use.',
  headColumns: { date: 'Day', size: 'Entries', root: 'Number (SHA-256)' },
  headsJson: 'Download the signed seals (JSON)',
  none: 'No use has been published yet. A period appears here after it has been closed.',
  columns: {
    period: 'Period',
    deployment: 'Reader',
    times: 'In use',
    reads: 'Reads',
    plates: 'Plates',
    compared: 'compared with',
    place: 'Place'
  },
  counts: {
    reads: 'Reads',
    distinctPlates: 'Plates',
    stolen: 'Stolen',
    warrant: 'Warrant',
    license: 'License',
    investigative: 'Investigation',
    other: 'Other'
  } satisfies Record<keyof PeriodCounts, string>,
  meaning: 'What the numbers are',
  meanings: [
    ['Reads', 'every time a plate was read; one car may be read more than once.'],
    ['Plates', 'different license plates in one period of use.'],
    ['Stolen', 'plates that matched a stolen vehicle or stolen plate.'],
    ['Warrant', 'plates whose owner was wanted or had a warrant for arrest.'],
    ['License', 'plates whose owner had a suspended, revoked, canceled or disqualified license.'],
    ['Investigation', 'plates that matched an active criminal investigation.'],
    ['Other', 'plates that matched any other entry, such as a missing person.']
  ],
  matchNote: 'A match is a lead that an officer must verify. It does not mean that somebody did something wrong.',
  locations: 'Locations',
  locationsHow:
    'Current and previous places of stationary and fixed readers, and of other devices that can read plates, with their dates.',
  locationsNone: 'No stationary or fixed reader has been used.',
  locationsWithheld: (count: number) =>
    `${count} ${count === 1 ? 'location is' : 'locations are'} withheld as security information (Minn. Stat. 13.37 subd. 2). The agency explains on request.`,
  placeWithheld: 'place withheld (Minn. Stat. 13.37)',
  locationsCsv: 'Save the list of places (CSV)',
  locationColumns: { place: 'Place', kind: 'Kind', from: 'From', to: 'To' },
  current: 'in place now',
  nothing: 'nothing',
  handheld: 'carried',
  vehicle: 'vehicle',
  stationary: 'stationary',
  fixed: 'fixed',
  otherDevice: 'other device that can read plates'
} as const;

export const CERTIFICATES = {
  title: 'Destroyed reads',
  how: 'When the reads of a day are destroyed, the server signs a certificate that names the one before it. Whoever saves the list can check the whole chain, without seeing any data.',
  none: 'No day has been destroyed yet.',
  columns: { date: 'Reads of', reads: 'Reads', at: 'Destroyed at', number: 'Certificate' },
  hidden: (count: number) =>
    count === 1
      ? '1 further certificate is private by law; its fingerprint is in the list, so that the chain can be checked whole.'
      : `${count} further certificates are private by law; their fingerprints are in the list, so that the chain can be checked whole.`,
  save: 'Save the certificates'
} as const;
