/** Words of the screens an officer uses in the field. */
import type { ListAge } from '#domain/policy/list-age.ts';
import type { Scanner } from '#lib/state/scanner.svelte.ts';
import type { Damage } from '#lib/vault/protocol.ts';

export const ENROLL = {
  title: 'Enroll this tablet',
  lead: 'An enrolled tablet may capture. It seals every read with a key that only the server of the agency can open.',
  code: 'One-time code',
  codeHint: 'headquarters shows it under Devices; it works once, for ten minutes',
  label: 'Name of this tablet',
  labelHint: 'as it should appear at headquarters, for example Tablet 3',
  go: 'Enroll',
  going: 'Enrolling …',
  againTitle: 'Enroll this tablet again',
  again:
    'Headquarters no longer knows this tablet. Ask the Administration Sergeant for a code by “Enroll again” beside its name. What waits here is kept, and is sent after that.',
  done: (label: string) => `This is ${label} now.`
} as const;

export const START = {
  title: 'What is this use for?',
  how: 'How is the tablet used?',
  caseNumber: 'Case or ICR number',
  caseNumberWhy: 'This use belongs to a case (policy 426.3(c)).',
  caseNumberFree: 'Routine use needs none (policy 426.3(b)).',
  incident: 'Kind of incident',
  place: 'Street words of the place',
  placeHint: 'published in the list of locations, for example Example St. at 3rd Ave.',
  attest: 'I use it for official business only',
  attestLaw:
    'Unauthorized use is a misdemeanor and just cause for suspension without pay or dismissal (Minn. Stat. 13.09).',
  attestGo: 'Attest and start',
  starting: 'Starting the camera …',
  choosePurpose: 'Choose a purpose first.',
  noCapture: 'This member may not capture now',
  resume: 'A period was under way when the app closed',
  resumeHow: 'Continue it, or stop it and look at its summary.',
  resumeGo: 'Continue',
  stopGo: 'Stop it',
  ends: (when: string) => `Your authorization on this tablet ends ${when}; capture stops then.`,
  renew: 'Sign in anew while there is a link',
  demoCamera: 'Use the demonstration street instead of the camera',
  demoCameraHint: 'drawn cars with invented plates; nothing real is captured'
} as const;

export const SCAN = {
  notKept: (records: number) =>
    `${records === 1 ? 'One record was' : `${records} records were`} not kept: the law does not list it. Tell the Administration Sergeant.`,
  title: 'Scan',
  newest: 'Newest read',
  nothingYet: 'No plate read yet',
  nothingYetHint: 'Point the camera at a license plate, two to ten meters away.',
  recent: 'Reads of this period',
  certain: 'certain',
  check: 'check',
  noMatch: 'no match',
  match: 'lead',
  notAPlate: 'Not a plate',
  correct: 'Correct',
  correctFor: (plate: string) => `Correct ${plate}`,
  itIs: 'it is',
  undo: 'Undo',
  looks: (looks: number) => (looks === 1 ? '1 look' : `${looks} looks`),
  closer: (widthPx: number) => `Closer: the plate is ${Math.round(widthPx)} px wide`,
  stop: (purpose: string) => `Stop ${purpose.toLowerCase()}`,
  stopping: 'Stopping …',
  starting: 'Starting the camera and the reader …',
  counts: (reads: number, plates: number, leads: number, answered: number) =>
    `${reads} reads · ${plates} plates · ${leads === 0 ? 'no leads' : `${answered} of ${leads} leads answered`}`,
  leads: (open: number) => (open === 1 ? '1 lead unanswered' : `${open} leads unanswered`),
  idle: 'Nothing is being captured',
  idleGo: 'Start a period',
  again: 'Try again',
  backToCamera: 'Back to the camera'
} as const;

export const FAILURES: Readonly<Record<NonNullable<Scanner['failure']>, { what: string; how: string }>> = {
  cameraDenied: {
    what: 'The camera is not allowed',
    how: 'Allow the camera for this page in the browser, then try again.'
  },
  cameraMissing: { what: 'No camera was found', how: 'Connect a camera, or check that no other app uses it.' },
  cameraLost: { what: 'The camera stopped', how: 'Everything read so far is kept. Try again to go on.' },
  engineFailed: {
    what: 'The plate reader stopped',
    how: 'Everything read so far is kept. Try again to start it anew.'
  },
  storageFull: {
    what: 'The storage of this tablet is full',
    how: 'Nothing more can be kept; what is saved stays. Get a link to headquarters so that waiting records leave this tablet. Capture then goes on by itself.'
  },
  noLease: {
    what: 'The authorization of this tablet has run out',
    how: 'Capture has stopped. Sign in with a link to headquarters to renew it. What was captured is kept.'
  },
  notEnrolled: {
    what: 'This tablet is not enrolled',
    how: 'Everything saved is kept. Ask the Administration Sergeant for a code and enroll it again.'
  },
  periodOver: { what: 'This use is over', how: 'Everything read so far is kept. Stop here and start a new one.' },
  clockWrong: {
    what: 'The clock of this tablet is wrong',
    how: 'Nothing can be dated rightly. Set date and time, or get a link to headquarters; then try again. Everything read so far is kept.'
  },
  vaultUnavailable: {
    what: 'Records cannot be kept',
    how: 'Close other tabs of Platekeeper and reload. Nothing is captured that cannot be kept.'
  }
};

export const LOCK = {
  title: 'Locked',
  officer: (name: string) => `${name} is on duty on this tablet.`,
  onDuty: 'The officer on duty unlocks it with the password.',
  why: {
    idle: 'It locked because nobody touched it.',
    twelveHours: 'Twelve hours have passed: sign in anew.',
    start: 'The app was opened afresh: sign in anew.',
    asked: 'It was locked by hand.'
  },
  capturing: 'Capture goes on behind the lock.',
  notCapturing: 'Nothing is being captured.',
  leads: (leads: number) => (leads === 1 ? '1 lead came up meanwhile' : `${leads} leads came up meanwhile`),
  password: 'Password',
  go: 'Unlock',
  going: 'Unlocking …',
  withPasskey: 'Unlock with a passkey',
  other: 'Another officer',
  otherHow: 'A period under way ends when somebody else signs in.',
  now: 'Lock now'
} as const;

export const RELEASE = {
  title: 'Locked out',
  how: 'Too many wrong passwords. Call the Administration Sergeant: headquarters releases you, over the link or with a one-time code for the radio.',
  erased:
    'After ten wrong tries your keys on this tablet were erased. Nothing captured is lost: headquarters can open it. Once released, sign in where there is a link.',
  code: 'One-time code',
  codeHint: 'headquarters shows it under Devices; it works once',
  go: 'Release',
  wrongCode: 'This code is wrong or was used. A wrong code counts as a wrong try.',
  ask: 'Ask headquarters again',
  notYet: 'Headquarters has not released you yet, or there is no link.'
} as const;

export const STRIP = {
  label: 'What works, what is lost, what waits',
  camera: (framesPerSecond: number) => `Camera ${Math.round(framesPerSecond)} fps`,
  cameraSlow: 'Camera slow',
  cameraOff: 'Camera off',
  cameraStarting: 'Camera starting',
  cameraLost: 'Camera lost',
  position: (accuracyM: number) => `Position ±${Math.round(accuracyM)} m`,
  positionPoor: (accuracyM: number) => `Position poor · ±${Math.round(accuracyM)} m`,
  positionSearching: 'Searching position',
  positionNone: 'No position',
  positionDenied: 'Position not allowed',
  linkIdle: 'Linked',
  linkSending: 'Sending',
  linkNone: 'No link',
  linkNotAccepted: 'Tablet not accepted',
  linkRefused: 'Server refused records',
  waiting: (records: number) => `${records} waiting`,
  allSent: 'all sent',
  listNone: 'No hotlist',
  list: (hours: number) => (hours < 1 ? 'List under 1 h old' : `List ${Math.floor(hours)} h old`),
  listOld: (hours: number) => `List ${Math.floor(hours)} h old: lead only`,
  listUntyped: (hours: number) => `List ${Math.floor(hours)} h old: matching waits for you`,
  listOff: (hours: number) => `List ${Math.floor(hours)} h old: matching off`,
  storage: (share: number) => `Storage ${Math.round(share * 100)} % full`,
  clock: (length: string) => `Clock off by ${length}`,
  clockSetBack: (length: string) => `Clock set back by ${length}`,
  damage: 'Storage damage: tell headquarters'
} as const;

export const NOT_AUTHORIZED = {
  title: 'This tablet may not capture now',
  how: 'Headquarters can change this. Try again after that; what waits on this tablet is kept.',
  unreachable: 'The authorization could not be fetched. It needs a link to headquarters once.'
} as const;

export const DAMAGE_WORDS: Readonly<Record<Damage, string>> = {
  journalDamaged: 'Part of a journal could not be read. Undamaged records are kept.',
  journalMissing: 'A journal is gone; its records are sent from the second copy.',
  outboxRebuilt: 'The outbox was damaged and has been rebuilt from the journal.',
  outboxFailed: 'The outbox cannot be written. Records are safe in the journal.',
  boxRediscovered: 'A box of records was found again.',
  indexedDbBroken:
    'The browser’s database on this tablet is broken and was replaced. When all is sent, headquarters should clear the browser’s data and enroll it anew.',
  trailBroken:
    'Headquarters’ audit trail does not continue what this tablet saw of it before. Records are safe. Tell the Administration Sergeant.',
  toolboxLost:
    'The settings of this tablet were lost and put back from their second copy. Records are kept and are sent. Unlock to go on.',
  deviceKeyLost:
    'The key by which headquarters knows this tablet was lost. Ask the Administration Sergeant for a code by “Enroll again” beside its name. Records are kept, and are sent after that.'
};

export const LIST_AGE_WORDS: Readonly<Record<ListAge, string>> = {
  fresh: 'fresh',
  aging: 'getting old',
  stale: 'old: lead only',
  off: 'too old: matching is off'
};

export const CORRECT = {
  title: 'Which plate is it?',
  picture: 'The plate as the camera saw it',
  wasRead: 'Read as',
  label: 'The plate on the car',
  hint: 'Letters and digits, without small stacked ones. What was read is kept beside it.',
  nothingTyped: 'Type the plate as it stands on the car, or go back.',
  notAPlateText: 'A plate has one to eight letters and digits.',
  same: 'That is what was read. Go back if it is right.',
  save: 'Save the plate',
  notAPlate: 'Not a plate',
  notAPlateHint: 'a sign, a sticker, lettering',
  afterMisread: 'Type the right plate'
} as const;

export const OFFLINE = {
  banner: (records: number) =>
    records === 0
      ? 'No link. Capture goes on; records wait on this tablet.'
      : `No link: ${records} waiting, kept on this tablet.`,
  notAccepted: 'Headquarters no longer accepts this tablet. What waits is kept; call the Administration Sergeant.',
  refused: 'The server refused records of this tablet. They are kept; call the Administration Sergeant.'
} as const;

export const ALERT = {
  unverified: 'Unverified lead',
  notGrounds: 'not grounds for a stop',
  region: 'Unverified lead',
  saw: 'What the camera saw',
  readAs: 'Read as',
  says: 'What the list says',
  context: 'Show the whole scene',
  looks: (looks: number) => (looks === 1 ? 'one look only' : `${looks} looks`),
  second: {
    agrees: 'both engines agree',
    differs: 'the second engine disagrees',
    unavailable: 'no second engine',
    notAsked: 'second engine not asked'
  },
  state: 'State on list',
  vehicle: 'Vehicle',
  vehicleUnknown: 'not on the list',
  entered: 'Entered',
  caution: 'Caution',
  list: 'List',
  listAge: (hours: number) => (hours < 1 ? 'under an hour old' : `${Math.floor(hours)} hours old`),
  stateCheck: {
    match: 'the plate agrees',
    mismatch: 'the plate looks like another state',
    unknown: 'compare it with the plate'
  },
  owner: 'The list speaks of the owner, not of the driver.',
  staleList: 'This list is old. Treat it as a hint and check the live record.',
  compare: 'Compare every character, the state and the vehicle by eye.',
  eyeStep: (at: number, of: number) => `${at} of ${of}`,
  silentBecause: 'Silent, check by eye:',
  odds: 'Odds',
  oddsAre: (odds: number) => `${Math.min(99, Math.round(100 * odds))} in 100 that it is this plate`,
  entryDoubt: 'Doubt about the entry:',
  informationOnly: 'For information only: no action.',
  priority: { high: 'High priority', normal: 'Normal priority' },
  possible: 'Possible only. If you cannot read every character, it is a misread.',
  answers: 'Your answer',
  copy: 'Copy plate',
  copied: 'Copied',
  verify: 'Verify with MNJIS or NLETS before anything else',
  verifyWhy: 'A correct read is still an unverified lead (policy 426.3(f)).',
  how: 'How did you check?',
  result: 'What did the live record say?',
  whyNot: 'Why was checking not practicable?',
  whyNotQuick: ['Moving traffic', 'No answer from dispatch', 'Danger to life'],
  record: 'Record the check',
  verified: 'Checked',
  notChecked: 'Not checked',
  outcome: 'What happened?',
  outcomeOpen: 'Stop, citation and arrest open after the check, or after a reason why it was not practicable.',
  icr: 'ICR or report number',
  finish: 'Record and close',
  reportReminder: 'An ALPR was used: say so in the report (Minn. Stat. 13.82 subd. 2).',
  recorded: (what: string) => `${what} recorded`,
  undo: 'Undo',
  undoSeconds: (seconds: number) => `${seconds} s`,
  nothingOn: 'This lead leads to nothing further.'
} as const;

export const OLD_LIST = {
  title: (hours: number) => `The hotlist is ${Math.floor(hours)} hours old`,
  how: 'Cars may have been cleared since. Leads of an old list never sound and are hints only. Capture goes on; reads are matched again once you have typed the words.',
  phrase: 'OLD LIST',
  label: 'Type OLD LIST to go on matching',
  go: 'Go on matching',
  wrong: 'Type the two words as they stand.'
} as const;

export const TRAY = {
  title: 'Leads',
  open: 'Unanswered',
  answered: 'Answered in this period',
  none: 'No lead is waiting for an answer.',
  empty: 'No leads in this period.',
  look: 'Open'
} as const;

export const PERIOD = {
  title: 'Summary',
  ended: 'The period is closed',
  running: 'The period is still open',
  none: 'No period has been closed since the app started.',
  times: 'Active',
  reads: 'Reads',
  plates: 'Different plates',
  stolen: 'Stolen',
  warrant: 'Warrant',
  license: 'License status',
  investigative: 'Active investigation',
  other: 'Other',
  publicNote: 'These counts go into the public log of use. No plate, name or position is in it.',
  waiting: (records: number) => `${records} records wait on this tablet until headquarters has them.`,
  allSent: 'Headquarters has everything. The copies on this tablet are destroyed.',
  sending: 'Sending to headquarters …',
  send: 'Send now',
  again: 'Start another period'
} as const;

export const TABLET = {
  title: 'This tablet',
  device: 'Tablet',
  member: 'Signed in',
  authorized: 'Authorized until',
  notSignedIn: 'nobody',
  link: 'Link',
  waiting: 'Waiting',
  waitingNone: 'nothing',
  waitingIn: (records: number, boxes: number) => `${records} records in ${boxes} ${boxes === 1 ? 'box' : 'boxes'}`,
  lastSent: 'Last sent',
  list: 'Hotlist',
  storage: 'Storage',
  storageUsed: (used: string, quota: string, share: number) => `${used} of ${quota} (${Math.round(share * 100)} %)`,
  persisted: 'Kept by the browser',
  persistedYes: 'yes: the browser will not clear it',
  persistedNo: 'not promised: the browser may clear it when space is short',
  persistAsk: 'Ask the browser to keep it',
  clock: 'Clock',
  clockGood: 'agrees with the server',
  clockOff: (length: string, way: 'ahead' | 'behind') => `${length} ${way}: set it right in the settings of the tablet`,
  clockSetBack: (length: string) =>
    `set back by ${length}: reads are destroyed by the time that has passed. Set it right, or get a link.`,
  clockUnknown: 'not yet compared with headquarters since the start',
  clockNotes: 'The clock was found wrong',
  clockNote: (when: string, kind: 'wrong' | 'setBack', length: string) =>
    kind === 'wrong' ? `${when}: off by ${length}` : `${when}: set back by ${length}`,
  app: 'Without a link',
  appIs: {
    kept: 'yes: this tablet starts far from any network',
    fetching: 'not yet: stay on the link until the whole app is here',
    never: 'no: this browser cannot keep the app'
  },
  update: 'A new version is ready',
  updateHow: 'It starts when you say so, never during a period.',
  updateGo: 'Use it now',
  display: 'Display',
  themes: { day: 'Day', night: 'Night', auto: 'As the tablet says' },
  hand: 'Hand that presses',
  hands: { right: 'Right', left: 'Left' },
  normalLeads: 'Sound of normal leads',
  normalLeadsHow: 'Stolen, felony and wanted always sound.',
  normalLeadsAre: { sound: 'Sound', silent: 'Silent' },
  sendNow: 'Send now',
  headquarters: 'Headquarters',
  damage: 'Damage found',
  damageSeen: 'I have read this',
  damageToTell: 'Stays here until headquarters knows.',
  lockAfter: 'Lock when nobody touches it for',
  lockMinutes: (minutes: number) => (minutes === 1 ? '1 minute' : `${minutes} minutes`),
  signOutHow: 'Nobody is on duty then. You may come back without a link while your authorization runs.'
} as const;
