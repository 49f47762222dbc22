/** Words of the places and notices at headquarters, and of the page that says what is due. */
import type { DueItem } from '#domain/policy/due.ts';
import type { NoticeEvent } from '#domain/policy/bca-notice.ts';
import type { Placed } from '#domain/records/location.ts';

export const DUE = {
  title: 'What is due',
  how: 'What somebody has to do so that the program stays lawful, the most pressing first. A line goes away by itself when it is done.',
  none: 'Nothing is due. Written authorizations and trainings appear here thirty days before they end.',
  columns: { what: 'What', whom: 'Of', by: 'By', where: 'Where' },
  overdue: 'overdue',
  is: {
    firstUse: 'Tell the Bureau of Criminal Apprehension of the first use',
    bcaNotice: 'Tell the Bureau of Criminal Apprehension of a place',
    withholdingReview: 'Look at a withheld place anew',
    holdReview: 'Reaffirm or end a hold',
    weeklyReview: 'Sign the weekly review off',
    tellSecurity: 'Incident: tell who answers for security',
    assess: 'Incident: judge whether it was a breach',
    sendNotices: 'Incident: tell the persons concerned',
    report: 'Incident: report the investigation',
    training: 'Training ends',
    grant: 'Written authorization ends'
  } satisfies Record<DueItem['what'], string>,
  path: {
    firstUse: '/hq/locations',
    bcaNotice: '/hq/locations',
    withholdingReview: '/hq/locations',
    holdReview: '/hq/holds',
    weeklyReview: '/hq/review',
    tellSecurity: '/hq/incidents',
    assess: '/hq/incidents',
    sendNotices: '/hq/incidents',
    report: '/hq/incidents',
    training: '/hq/people',
    grant: '/hq/people'
  } satisfies Record<DueItem['what'], string>
} as const;

export const PLACES = {
  title: 'Places and notices',
  how: 'Where readers stand and stood. The public sees this list with its dates (426.4.1), and the Bureau of Criminal Apprehension is told within ten days (426.3.1(d)). Tablets on a tripod enter themselves.',
  places: 'Current and previous places',
  notices: 'Notices to the Bureau',
  noticesNone: 'Nothing has called for a notice yet.',
  open: 'To tell',
  told: 'Told',
  by: (date: string) => `by ${date}`,
  overdue: (date: string) => `overdue since ${date}`,
  toldOn: (date: string) => `told ${date}`,
  what: {
    firstUse: 'First use of a reader',
    place: 'A reader stood or stands at',
    integration: 'Another device can read plates at'
  } satisfies Record<NoticeEvent['what'], string>,
  withheldPlace: 'a place that is withheld',
  form: 'What the form says now',
  formHow: 'It replaces the list that was sent before. Places withheld as security information are not on it.',
  formAgency: 'Agency',
  formReaders: 'Uses license plate readers',
  formOther: 'Uses other surveillance devices that can read plates',
  formPlaces: 'Current places',
  formNoPlaces: 'none',
  yes: 'yes',
  no: 'no',
  copy: 'Copy the form',
  copied: 'Copied',
  record: 'Record a notice that was sent',
  sentOn: 'Sent on',
  proof: 'Proof',
  proofHint: 'how it was sent, and where the proof is kept',
  covers: 'It told of',
  recordGo: 'Record',
  sent: 'Sent so far',
  columns: { place: 'Place', kind: 'Kind', from: 'From', to: 'To', public: 'Public' },
  kinds: {
    stationary: 'tripod',
    fixed: 'fixed reader',
    otherDevice: 'other device'
  } satisfies Record<Placed, string>,
  current: 'there now',
  shown: 'shown',
  withheld: 'withheld',
  none: 'No place yet. A tablet on a tripod enters its own when it begins.',
  change: 'Change',
  close: 'Close',
  left: 'It was removed',
  removedOn: 'Removed on',
  leftGo: 'Record the removal',
  withhold: 'Withhold from the public',
  withholdHow:
    'Only security information is withheld: the likelihood that saying the place would substantially jeopardize the security of people or property must be in a written determination (Minn. Stat. 13.37). The public reads that one place is withheld.',
  determination: 'Determination',
  determinationHint: 'why saying the place would jeopardize security; in your own sentences',
  reviewOn: 'Look at it anew on',
  reviewHint: 'within a year',
  withholdGo: 'Withhold',
  withheldSince: (date: string, review: string) => `Withheld since ${date}; to be looked at anew by ${review}.`,
  show: 'Show it to the public again',
  add: 'Enter a place',
  addHow:
    'For a fixed reader before its first use, and for any other surveillance device that can read plates (13.824 subd. 5, 8).',
  description: 'Place',
  descriptionHint: 'street and direction, as the public shall read it',
  kind: 'What stands there',
  installedOn: 'Since',
  addGo: 'Enter'
} as const;
