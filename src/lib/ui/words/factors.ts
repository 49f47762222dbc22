/** Words around the second factor: enrolling one, proving anew, losing one. */
export const FACTORS = {
  title: 'Your sign-in',
  how: 'Two things prove that it is you: what you know or are, and what you have.',
  first: 'Add a second factor',
  firstHow:
    'A password alone can be watched or guessed. Add a passkey or an authenticator app; it takes a minute, once.',
  own: 'Second factors',
  none: 'None yet.',
  kinds: { passkey: 'Passkey', authenticator: 'Authenticator app' },
  added: (day: string) => `added ${day}`,
  used: (day: string) => `last used ${day}`,
  remove: 'Remove',
  addTitle: 'Add another one',
  passkey: 'Passkey',
  passkeyHow:
    'Fingerprint, face, PIN or a security key. Nothing to type, and a false page cannot get it. The better way.',
  passkeyGo: 'Make a passkey',
  passkeyNot: 'Passkeys do not work in this browser, or at an address in numbers.',
  passkeyLeft: 'No passkey was made. It may be here already. Try again, or add an authenticator app.',
  authenticator: 'Authenticator app',
  authenticatorHow: 'An app on your phone that shows a new six-digit code every 30 seconds.',
  authenticatorGo: 'Use an authenticator app',
  scan: 'Scan this picture with the app, or type the key. Then enter the code that the app shows.',
  picture: 'Picture to scan with an authenticator app',
  key: 'Key',
  label: 'What you call it',
  code: 'Code from the app',
  codeHint: 'six digits',
  confirm: 'Confirm',
  going: 'One moment …',
  recovery: 'Recovery codes',
  recoveryHow:
    'Each opens your account once, in the place of a code. Write them down or print them now and keep them away from this device: they are shown only this once.',
  recoveryKept: 'I have kept them',
  recoveryLeft: (count: number) => (count === 1 ? '1 recovery code left' : `${count} recovery codes left`),
  recoveryNew: 'Make new recovery codes',
  recoveryNewHow: 'The old ones stop working.',
  print: 'Print'
} as const;

export const SECOND_STEP = {
  title: 'One more step',
  how: 'Enter the code that your authenticator app shows now, or one of your recovery codes.',
  code: 'Code',
  codeHint: 'six digits, or a recovery code',
  go: 'Sign in',
  back: 'Another account',
  withPasskey: 'Sign in with a passkey',
  withPasskeyHow: 'Fingerprint, face, PIN or security key',
  passkeyLeft: 'The passkey did not answer. Try again, or sign in with your password.'
} as const;

export const PROVE = {
  title: 'Is it still you?',
  how: 'What you are about to do is privileged. It needs a fresh proof; that then counts for five minutes.',
  withPasskey: 'Use your passkey',
  passkeyLeft: 'The passkey did not answer. Try again.',
  code: 'Code',
  codeHint: 'from your authenticator app, or a recovery code',
  password: 'Password',
  go: 'Continue',
  going: 'One moment …'
} as const;
