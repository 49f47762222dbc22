/** Words that every screen shares. */
export const COMMON = {
  product: 'Platekeeper',
  demo: 'Demonstration: the agency, the people and the plates are invented.',
  demoLabel: 'Demonstration',
  loading: 'One moment …',
  tryAgain: 'Try again',
  cancel: 'Cancel',
  close: 'Close',
  back: 'Back',
  save: 'Save',
  saved: 'Saved.',
  unreachable: 'The server cannot be reached. Nothing was changed. Try again when the link is back.',
  optional: 'optional',
  skip: 'Skip to content',
  signOut: 'Sign out',
  none: 'none',
  never: 'never',
  noEnd: 'no end date'
} as const;

/** The one-word meaning of a state mark, for those who do not see its shape. */
export const STATE_WORDS = { good: 'working', warn: 'attention', lost: 'lost', off: 'off' } as const;

/** The use notice of CJIS AC-8 and Minn. Stat. 13.09, acknowledged before anybody signs in. */
export const USE_NOTICE = {
  title: 'Before you sign in',
  statements: [
    'This is a restricted information system of a law enforcement agency.',
    'Use may be monitored, recorded and audited. Each look at stored data is written down with your name.',
    'Unauthorized use is prohibited and may bring criminal and civil penalties.',
    'Using the system means consent to monitoring and recording.'
  ],
  law:
    'Willful misuse of this data is a misdemeanor and just cause for suspension without pay or dismissal ' +
    '(Minn. Stat. 13.09; policy 426.5(f)).',
  agree: 'I understand'
} as const;

export const SIGN_IN = {
  title: 'Sign in',
  name: 'Sign-in name',
  nameHint: 'your badge number or short name',
  password: 'Password',
  go: 'Sign in',
  going: 'Signing in …',
  onTablet: (label: string) =>
    `This tablet is ${label}. Your first sign-in here needs a link; after that it works without one for a day.`,
  offline: 'Signing in needs a link to headquarters. What was captured here is kept.',
  notAllowed: 'Signed in, but this member may not capture now:',
  publicLog: 'Public log of use'
} as const;

/** What came of a sign-in on a tablet. */
export const ENTRY = {
  wrong: (triesLeft: number) =>
    `The password is wrong. ${triesLeft === 1 ? 'One more wrong try locks' : `${triesLeft} more wrong tries lock`} you out on this tablet.`,
  lockedOut: 'You are locked out on this tablet. Headquarters releases you.',
  needsPassword: 'Enter your password once; from then on your passkey unlocks this tablet without a link.',
  needsLink:
    'This tablet does not know you, or your authorization has run out. Sign in where there is a link to headquarters.'
} as const;

export const ENTRANCE = {
  title: 'Platekeeper',
  notSetUp: 'This server is not set up yet',
  notSetUpHow:
    'When it started, the server printed a one-time setup link in its terminal. Open that link in this browser to create the agency, the first account and the policy in force.',
  elsewhere: 'Platekeeper is open in another tab',
  elsewhereHow: 'One tab alone may keep records. Close the other one, then try again.',
  vaultUnavailable: 'This browser cannot keep records',
  vaultUnavailableHow:
    'Platekeeper needs the private file storage of a current Chromium-based browser. A private window does not have it.',
  unreachable: 'The server cannot be reached',
  unreachableHow:
    'Check the link to headquarters. A tablet that was enrolled and signed in works without a link; this browser is not one.'
} as const;

export const TITLES = {
  setUp: 'Set up',
  signIn: 'Sign in',
  enroll: 'Enroll this tablet',
  start: 'Start',
  scan: 'Scan',
  tray: 'Leads',
  period: 'Summary',
  tablet: 'This tablet',
  publicLog: 'Public log of use'
} as const;
