/** What the tests put into the server and must never find in its log: plates, case numbers, names, passwords, tokens (S8). */
const PLATES = ['TST042', 'TSTO42', 'TST041', 'FAKE42'];
const WORDS = [
  'ICR 26-1001',
  'leaving the scene',
  'Sgt. A. Example',
  'Chief C. Example',
  'Ofc. ',
  'a long enough password'
];

/** Each canary that is in one of the lines, as it is or in base64. `tokens` are those that were given out while the lines were written. */
export function canariesIn(lines: readonly string[], tokens: Iterable<string> = []): string[] {
  const log = lines.join('\n');
  const canaries = [...PLATES, ...WORDS, ...tokens];
  return canaries.filter((canary) => log.includes(canary) || log.includes(inBase64(canary)));
}

// Two characters off at the end: how the rest is written depends on what follows.
const inBase64 = (text: string): string => Buffer.from(text).toString('base64').replace(/=/g, '').slice(0, -2);
