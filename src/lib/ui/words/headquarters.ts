/** Words of the desk at headquarters. */
import type { Suspicion } from '#domain/policy/misuse.ts';
import type { AuditAction, AuditEntry } from '#domain/records/audit.ts';

export const NAV = {
  label: 'Headquarters',
  search: 'Search reads',
  due: 'What is due',
  locations: 'Places and notices',
  hits: 'Hits',
  people: 'People',
  devices: 'Devices',
  boxes: 'Day boxes',
  holds: 'Holds',
  releases: 'Releases',
  hotlists: 'Hotlists',
  entries: 'Own entries',
  policy: 'Policy and settings',
  audit: 'Audit trail',
  review: 'Weekly review',
  incidents: 'Incidents',
  quarantine: 'Quarantine',
  confidential: 'Confidential addresses',
  publicLog: 'Public log',
  tablet: 'Tablet',
  logged: 'look-ups are logged',
  needsLink: 'Headquarters needs a link',
  needsLinkHow:
    'Stored reads are looked at on the server alone, so that each look is written down. What this tablet captured is kept.',
  nothing: 'No role of this account is in force',
  noSearch: 'Your roles do not include searching reads',
  nothingHow:
    'Roles count when a written authorization names them (13.824 subd. 7(c)). The Administration Sergeant sets both.'
} as const;

export const SEARCH = {
  title: 'Search reads',
  reason: 'Reason for this look',
  reasonHow:
    'Asked for by Minn. Stat. 13.824 subd. 7(b). It is written to the audit trail with your name before anything is shown.',
  purpose: 'Purpose',
  caseNumber: 'Case number',
  basis: 'Factual basis',
  basisHint: 'which facts make this data pertinent',
  plate: 'License plate',
  plateHint: 'whole plate; leave empty to search by time alone',
  needsAuthority:
    'You looked for this plate on two other days. Who goes on follows a person: write down the warrant or the exigent circumstances (426.3.1(c)).',
  otherPlate: 'Look for another plate',
  from: 'From',
  to: 'To',
  go: 'Look up',
  going: 'Looking up …',
  before: 'State the reason, then look up. Nothing is shown without one.',
  none: 'No read matches in these days.',
  logged: (rows: number, reads: number, boxes: number) =>
    `${rows} of ${reads.toLocaleString('en-US')} reads in ${boxes} day ${boxes === 1 ? 'box' : 'boxes'}`,
  entry: (id: string) => `this look is entry ${id.slice(0, 8)} of the audit trail`,
  capped: 'More were found than are shown. Narrow the days.',
  columns: {
    plate: 'Plate',
    state: 'State',
    when: 'When',
    where: 'Where',
    deployment: 'Deployment',
    destroyed: 'Destroyed on'
  },
  heldBy: (holds: number) => (holds === 1 ? 'on hold' : `on ${holds} holds`),
  hits: (hits: number) => (hits === 1 ? '1 hit' : `${hits} hits`),
  notAPlate: 'no plate, says the officer',
  typed: 'is what stands on the car, says the officer',
  typedShort: 'says the officer',
  corrected: 'Corrected',
  noPosition: 'no position',
  stateNotRead: 'not read',
  keys: 'Arrow keys move, Enter shows pictures, Esc closes.',
  detail: 'Read',
  showPictures: 'Show pictures',
  picturesLogged: 'Showing them is written to the audit trail.',
  plateImage: 'Picture of the plate',
  contextImage: 'Picture of its surroundings',
  pictureFailed: 'This picture cannot be shown.',
  confidence: 'Confidence',
  classification: 'Classification',
  collected: 'Collected',
  received: 'Received from',
  own: 'this agency',
  tablet: 'Tablet',
  lead: 'A read is a lead: machines misread. Compare the picture before you rely on it.'
} as const;

export const CLASSIFICATION_WORDS = {
  privateNonpublic: 'private or nonpublic',
  activeCriminalInvestigative: 'active criminal investigative',
  public1382: 'public under 13.82',
  inactiveInvestigative: 'inactive investigative'
} as const;

export const HITS = {
  title: 'Hits',
  none: 'No hits in the day boxes.',
  columns: {
    when: 'When',
    category: 'On the list as',
    match: 'Match',
    state: 'State',
    age: 'List age',
    answer: 'Answer',
    check: 'Live check',
    outcome: 'Outcome',
    member: 'Officer'
  },
  live: 'Live: new hits appear by themselves.',
  notLive: 'No live link: reload to see new hits.',
  newHit: (category: string) => `New hit: ${category}`,
  covert: 'headquarters only',
  duplicate: 'the same car again',
  holdSoon: (on: string) => `destroyed on ${on}: ask for a hold if the case needs it`,
  holdLast: (on: string) => `destroyed on ${on}: ask for a hold now`,
  figures: 'By month',
  figuresNone: 'No hit has come in yet.',
  figureColumns: {
    month: 'Month',
    alerts: 'Sounded',
    tray: 'In the tray',
    confirmed: 'Confirmed',
    misread: 'Misread',
    wrongState: 'Wrong state',
    otherwiseWrong: 'Wrong vehicle, driver or cleared',
    stale: 'Old list',
    unverifiedEnforcement: 'Enforcement not verified',
    unanswered: 'Unanswered'
  },
  unanswered: 'unanswered',
  unverified: 'not checked',
  summary: (hits: number, confirmed: number, misread: number, wrongState: number) =>
    `${hits} hits · ${confirmed} confirmed · ${misread} misread · ${wrongState} wrong state`,
  note: 'An alert does not constitute reasonable suspicion or probable cause.'
} as const;

export const PEOPLE = {
  title: 'People',
  how: 'A member may use the system with an account, completed training and a written authorization, each with its roles.',
  add: 'Add a member',
  name: 'Name',
  signInName: 'Sign-in name',
  signInNameHint: 'small letters and digits, such as a badge number',
  password: 'First password',
  passwordHint: 'at least 12 characters',
  roles: 'Roles',
  create: 'Create account',
  added: 'The account is there. Training and written authorization come next, above.',
  may: 'may capture',
  mayNot: 'may not capture',
  disabled: 'disabled',
  disable: 'Disable account',
  enable: 'Enable account',
  reset: 'Reset second factors',
  resetAsk: 'Reset the second factors of this member?',
  resetHow:
    'Every passkey, authenticator app and recovery code of this account stops working, and who is signed in is signed out. At the next sign-in with the password a new one is enrolled. Make sure that it is this member who asks.',
  resetDone: 'The second factors were reset.',
  trainings: 'Training',
  noTraining: 'none on file',
  addTraining: 'Record training',
  course: 'Course',
  completed: 'Completed on',
  expires: 'Valid until',
  trainer: 'Trainer',
  grants: 'Written authorizations',
  noGrant: 'none on file',
  addGrant: 'Record authorization',
  grantPurpose: 'Purpose it names',
  signedBy: 'Signed by',
  signedByHint: 'the chief, or the designee in writing',
  until: 'Until',
  record: 'Record',
  valid: (until: string) => `until ${until}`,
  changeRoles: 'Save roles',
  choose: 'Choose a member to see training and authorizations.'
} as const;

export const DEVICES = {
  title: 'Devices',
  newCode: 'Make an enrollment code',
  codeHow: 'Type it on the tablet under Enroll. It works once.',
  runsOut: (minutes: number, seconds: number) =>
    minutes < 60
      ? `Runs out in ${minutes}:${String(seconds).padStart(2, '0')}`
      : `Runs out in ${Math.floor(minutes / 60)} h ${minutes % 60} min`,
  ranOut: 'This code has run out. Make another one.',
  none: 'No tablet is enrolled yet.',
  columns: { label: 'Tablet', enrolled: 'Enrolled', seen: 'Last seen', waiting: 'Boxes under way', state: 'State' },
  active: 'accepted',
  revoked: 'revoked',
  silent: 'not seen for a week',
  enrollAgain: 'Enroll again',
  codeAgain: (label: string) => `Code to enroll ${label} again`,
  codeAgainHow: 'Type it on that very tablet under Enroll. It works once; the tablet keeps its records and its name.',
  revoke: 'Revoke',
  revokeAsk: (label: string) => `Revoke ${label}?`,
  revokeHow:
    'The server stops accepting it at once. A lost tablet holds sealed records only; they are destroyed on their date.',
  revokeGo: 'Revoke this tablet'
} as const;

export const RELEASE_OFFICER = {
  title: 'Release an officer',
  how: 'After five wrong passwords an officer is locked out on that tablet. Make sure who is calling, then release: with a link the tablet opens by itself, without one read the code over the radio.',
  tablet: 'Tablet',
  signInName: 'Sign-in name of the officer',
  go: 'Release',
  code: 'Released. Code for a tablet without a link, works once:'
} as const;

export const BOXES = {
  title: 'Day boxes',
  how: 'The reads of one date lie in one box. It is destroyed whole, pictures and indexes with it, on its date (policy 426.4).',
  none: 'No reads are stored.',
  columns: { date: 'Date', reads: 'Reads', onHold: 'Kept by holds', destroy: 'Destroyed on' },
  destroyed: 'Destroyed',
  destroyedNone: 'Nothing has been destroyed yet.',
  destroyedColumns: { date: 'Date of the reads', reads: 'Reads', at: 'Destroyed at', certificate: 'Certificate' },
  noCertificate: 'none yet',
  dueIn: (days: number) => (days <= 0 ? 'due now' : days === 1 ? 'in 1 day' : `in ${days} days`)
} as const;

export const HOTLISTS = {
  title: 'Hotlists',
  how: 'Reads are matched with the Minnesota license plate data file, and with entries of an active criminal investigation of this agency. Any other source is refused (policy 426.3.1(b)).',
  none: 'No hotlist is loaded. Reads are kept, and matched with nothing.',
  columns: { name: 'List', kind: 'Kind', asOf: 'As of', age: 'Age', rows: 'Entries', loaded: 'Loaded' },
  kinds: { mnPlateFile: 'Minnesota license plate data file', agencyInvestigative: 'Agency, active investigation' },
  load: 'Import a list',
  name: 'Name in the public log',
  existencePublic: 'The existence of this list is public',
  asOf: 'As of',
  format: 'Layout of the file',
  formats: { mnNcic: 'Minnesota NCIC hot file (no first line of names)', csv: 'CSV with a first line of names' },
  file: 'File',
  fileHints: {
    mnNcic:
      'each line: record, agency, date, plate, state, plate year, plate type, vehicle year, make, model, style, color',
    csv: 'first line: plate,jurisdiction,category and, where known, record,year,make,model,style,color,entered,agency,expires,caution,information'
  },
  checksum: 'Checksum (SHA-256), if one came with the file',
  read: 'Check the file',
  reading: 'Checking …',
  sent: (share: number) => `${Math.round(100 * share)} % sent and checked`,
  report: 'What this list would do',
  nothingYet: 'Nothing is in force yet. Tablets go on with the list they have until you release this one.',
  counts: (rows: number, taken: number) => `${numberOf(rows)} rows, ${numberOf(taken)} taken.`,
  first: 'The first list of this source.',
  before: (rows: number) => `The list in force has ${numberOf(rows)} entries.`,
  rejected: (rows: number) => `${numberOf(rows)} rows could not be taken`,
  restricted: (rows: number) =>
    `${numberOf(rows)} rows of restricted files are left out: the department has not recorded that it is entitled to them.`,
  checksumIs: (sha256: string) => `Checksum ${sha256}`,
  swing: 'This list differs by more than a fifth from the one in force. A broken file looks like that.',
  swingConfirm: 'I have looked at it: the change is right',
  findings: {
    twin: 'Both spellings of a plate (O and 0, I and 1)',
    impossibleFormat: 'A spelling that the state cannot have issued',
    old: 'Rows that have stood for more than five years',
    matchesTooMuch: 'Plates so short that they match too much',
    duplicate: 'Duplicates, of which one is kept'
  },
  silent: (rows: number) =>
    rows === 0
      ? 'Nothing in it keeps an entry from sounding.'
      : `${numberOf(rows)} flagged entries will never sound: a hit on one waits in the tray, with the reason.`,
  examples: 'Examples',
  badLine: (line: number, why: string) => `Line ${line}: ${why}`,
  chooseFile: 'Choose the file first.',
  release: 'Release to the tablets',
  releasing: 'Releasing …',
  discard: 'Do not release',
  released: (rows: number) => `${numberOf(rows)} entries are in force. Tablets take them at their next contact.`
} as const;

const numberOf = (rows: number): string => rows.toLocaleString('en-US');

export const POLICY = {
  title: 'Policy and settings',
  inForce: 'Policy in force',
  none: 'No policy is in force: nothing may be captured or looked at (Minn. Stat. 626.8472).',
  adopted: (on: string, by: string) => `adopted ${on} by ${by}`,
  earlier: 'Earlier versions',
  adopt: 'Record a new version',
  policyTitle: 'Title',
  version: 'Version',
  adoptedOn: 'Adopted on',
  adoptedBy: 'Adopted by',
  adoptGo: 'Put in force',
  settings: 'Settings',
  retention: 'Days a read is kept',
  retentionHint: '30 is shipped; the law ends at 60, with backups counted inside',
  backup: 'Days a backup lives',
  effective: (days: number) => `A read is destroyed ${days} days after collection at the latest.`,
  settingsGo: 'Save settings',
  secondFactor: 'A second factor is required at sign-in',
  secondFactorHow: '(CJIS IA-2 asks for it of everybody; switch it off for a demonstration only)',
  restrictedFiles: 'The department is entitled in writing to the restricted NCIC files',
  restrictedFilesHow:
    '(gang, threat, supervised release, offender registry, immigration; without it their rows are dropped at each import, CJIS 4.2.2)',
  suspend: 'Suspend all use',
  suspendHow:
    'Tablets stop capturing at their next contact; those without a link when their authorization runs out (13.824 subd. 6).',
  suspended: 'All use is suspended.',
  resume: 'Lift the suspension',
  suspendAsk: 'Suspend all use of the readers?'
} as const;

export const AUDIT = {
  title: 'Audit trail',
  how: 'Every query, response and action, with name, date, time and purpose (policy 426.5(a)(e)). It cannot be changed by anybody.',
  exports: 'Take it out',
  exportsHow:
    'Both are written into the trail. The whole trail is checked by anybody with npm run verify:audit and the signed heads of the public page; the table for a data request withholds plates and the facts of cases, each with its reason.',
  exportWhole: 'Export for verification',
  exportPublic: 'Export for a data request (CSV)',
  openQuery: 'Open the plate asked for',
  askedFor: 'Asked for',
  sealedQuery: 'A plate was asked for; it is sealed for the auditor.',
  none: 'No entries.',
  filter: 'Filter',
  filterHint: 'name, action or case number',
  shown: (shown: number, all: number) => `${shown} of ${all} entries`,
  columns: {
    at: 'When',
    who: 'Who',
    action: 'What',
    purpose: 'Purpose',
    case: 'Case',
    basis: 'Basis',
    result: 'Result'
  },
  results: (count: number) => (count === 1 ? '1 result' : `${count} results`)
} as const;

export const OUTCOME_WORDS: Readonly<Record<AuditEntry['outcome'], string>> = {
  ok: 'done',
  denied: 'denied',
  error: 'failed'
};

export const ACTION_WORDS: Readonly<Record<AuditAction, string>> = {
  setup: 'Set up the agency',
  signIn: 'Signed in',
  signOut: 'Signed out',
  proveAgain: 'Proved who it is',
  addFactor: 'Added a second factor',
  removeFactor: 'Removed a second factor',
  resetFactors: 'Reset the second factors of a member',
  searchReads: 'Searched reads',
  viewRead: 'Looked at a read',
  viewPicture: 'Looked at a picture',
  viewHits: 'Looked at hits',
  viewFigures: 'Looked at the figures of hits',
  viewRegister: 'Looked at the register',
  viewAudit: 'Looked at the audit trail',
  exportAudit: 'Exported the audit trail',
  openQuery: 'Opened a plate that somebody asked for',
  viewReview: 'Looked at the weekly review',
  signReview: 'Signed the weekly review off',
  viewQuarantine: 'Looked at the quarantine',
  changeMember: 'Changed a member',
  changeTraining: 'Recorded training',
  changeGrant: 'Recorded an authorization',
  changeAgency: 'Changed settings',
  adoptPolicy: 'Put a policy in force',
  changeLocation: 'Changed the list of places',
  fileNotice: 'Recorded a notice to the Bureau',
  changeIncident: 'Recorded an incident',
  issueEnrollmentCode: 'Made an enrollment code',
  enrollDevice: 'Enrolled a tablet',
  releaseOfficer: 'Officer released on a tablet',
  tabletEntry: 'On a tablet',
  tabletChainBroken: 'Trail of a tablet does not continue',
  revokeDevice: 'Revoked a tablet',
  openBox: 'Opened a box',
  replicate: 'Received sealed records',
  ingest: 'Took records in',
  issueReceipt: 'Signed a receipt',
  issueLease: 'Authorized a tablet',
  pullHotlist: 'Took a hotlist',
  loadHotlist: 'Put a hotlist in force',
  openImport: 'Began the import of a list',
  readImport: 'Checked a list file',
  discardImport: 'Put a list file away',
  viewEntries: 'Looked at the own entries',
  proposeEntry: 'Proposed an own entry',
  decideEntry: 'Decided on an own entry',
  endEntry: 'Ended an own entry',
  publishLog: 'Published the log of use',
  destroyBox: 'Destroyed a box',
  viewHolds: 'Looked at the holds',
  previewHold: 'Looked what a hold would cover',
  requestHold: 'Asked for a hold',
  decideHold: 'Decided on a hold',
  reaffirmHold: 'Reaffirmed a hold',
  endHold: 'Ended a hold',
  spareReads: 'Kept reads for a hold',
  viewHeldReads: 'Looked at reads on hold',
  viewHeldPicture: 'Looked at a picture on hold',
  destroyEarly: 'Destroyed reads before their date',
  viewReleases: 'Looked at the releases',
  enterRelease: 'Entered a request of another agency',
  decideRelease: 'Decided on a release',
  makeReleasePackage: 'Released reads to another agency',
  viewCertificates: 'Looked at certificates of destruction',
  keepConfidential: 'Opened the custodian’s register',
  makeBackup: 'Made an encrypted backup'
};

export const REVIEW = {
  title: 'Weekly review',
  how: 'What the last 30 days of the audit trail ask somebody to look at. A lead is a question, not an answer: talk to the member, look at the case.',
  none: 'Nothing in the trail stands out.',
  week: (monday: string) => `Week of ${monday}`,
  columns: { suspicion: 'Lead', who: 'Who', entries: 'Entries', last: 'Last' },
  signedOff: (name: string, at: string) => `Signed off by ${name}, ${at}`,
  statement: 'What was looked at, and what came of it',
  sign: 'Sign this week off',
  signing: 'Signing …',
  isUser: 'You looked at data in these 30 days yourself, so somebody who did not must sign this week off.'
} as const;

export const SUSPICION_WORDS: Readonly<Record<Suspicion, string>> = {
  samePlateOnSeveralDays: 'Searched the same plate on three days or more',
  manySearchesInADay: 'Forty searches or more in a day',
  sameReasonForManyPlates: 'One reason for five plates or more',
  vagueReasons: 'Refused for a vague reason, three times or more',
  atAnUnusualHour: 'Looked at an hour this member never works',
  twoTabletsAtOnce: 'Two tablets within half an hour',
  twoSessionsAtOnce: 'Signed in while another session was open',
  tabletTrailBroken: 'The trail that a tablet keeps does not continue: entries are missing, changed or set back'
};

export const QUARANTINE = {
  title: 'Quarantine',
  how: 'Records that a tablet sent and a rule refused. They stay sealed, are shown to nobody, and are destroyed on their date.',
  none: 'Nothing is in quarantine.',
  columns: { received: 'Received', tablet: 'Tablet', record: 'Record', reason: 'Why it was refused' }
} as const;

export const CONFIDENTIAL = {
  title: 'Confidential addresses',
  how: 'Requests of participants of the Address Confidentiality Program (Safe at Home). Nothing that was read of these plates is kept, except what belongs to an active criminal investigation (Minn. Stat. 13.824 subd. 3(c)). That anybody asked is private: only the Administration Sergeant sees this page, and no log tells what was done here.',
  none: 'Nobody has asked.',
  ref: 'Number of the participant’s card',
  refHint: 'from the card you have checked; no address',
  plates: 'License plates',
  platesHint: 'apart by spaces',
  add: 'Enter the request',
  columns: { ref: 'Card', plates: 'Plates', received: 'Received', by: 'Entered by', ended: 'State' },
  end: 'End',
  endAsk: 'Has the participation ended?',
  endHow: 'From now on reads of these plates are kept as any others. The request stays on file.',
  endGo: 'It has ended',
  running: 'in force',
  ended: (at: string) => `ended ${at}`,
  done: (destroyed: number, spared: number) =>
    `In force from now on. ${destroyed === 0 ? 'No earlier read was' : destroyed === 1 ? 'One earlier read was' : `${destroyed} earlier reads were`} destroyed.` +
    (spared === 0
      ? ''
      : ` ${spared === 1 ? 'One read belongs' : `${spared} reads belong`} to an active investigation or a hold: decide with the city attorney.`)
} as const;
